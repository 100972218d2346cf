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


def renderer():
    """The program, built on demand: it is no part of the product's build."""
    program = pathlib.Path(os.environ.get("VITRINE_RENDER") or ROOT / "build/vision/vitrine-vision-render")
    if not program.exists():
        skip(f"{program} is not built (cmake --build BUILD --target vitrine-vision-render)")
    return program


def head_file():
    path = pathlib.Path(os.environ.get("VITRINE_HEAD") or ROOT / "build/vision/ict.head")
    if not path.exists():
        skip("no head file; docs/vision/head.md says how to make it, -DVITRINE_HEAD=FILE names it")
    return path


def render(out, *options, head=None, check=True):
    return subprocess.run([renderer(), "--head", head or head_file(), "--out", out, *map(str, options)],
                          check=check, capture_output=True, text=True)
