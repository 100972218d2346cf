# SPDX-License-Identifier: MIT
"""What the tests of tools/vision share: where things are, and saying that something is missing."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools/vision"
sys.path[:0] = [str(TOOLS), str(TOOLS / "head"), str(TOOLS / "train")]
SKIPPED = 77


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def need_modules(*names):
    for name in names:
        try:
            __import__(name)
        except ImportError:
            skip(f"python3-{name} is not installed")


RENDERER = pathlib.Path(os.environ.get("VITRINE_RENDER") or ROOT / "build/vision/vitrine-vision-render")
HEAD = pathlib.Path(os.environ.get("VITRINE_HEAD") or ROOT / "build/vision/ict.head")


def missing():
    """Why nothing can be rendered here; "" when it can. The program is built on demand, the head never stored."""
    if not RENDERER.exists():
        return f"{RENDERER} is not built (cmake --build BUILD --target vitrine-vision-render)"
    if not HEAD.exists():
        return "no head file; docs/vision/head.md says how to make it, -DVITRINE_HEAD=FILE names it"
    return ""


def render(out, *options, head=None, check=True):
    return subprocess.run([RENDERER, "--head", head or HEAD, "--out", out, *map(str, options)],
                          check=check, capture_output=True, text=True)
