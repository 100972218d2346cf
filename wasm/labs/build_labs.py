#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the page /labs/tracker: its script and style in one file each, named by content, beside the modules,
the weights and the clip, all with the sums that the page will ask for.

  labs/tracker.html           the page; its <meta> policy serves hosts that send no headers
  labs/tracker/main.*.js      the compiled TypeScript (tsc), joined
  labs/tracker/style.*.css
  labs/tracker/simd.*.wasm    the tracker; plain.*.wasm for browsers without SIMD
  labs/tracker/detector.*.net, landmarks.*.net, lips.*.net, eye.*.net, clip.*.webm
  labs/tracker/policy.txt     the Content-Security-Policy header
"""

import argparse
import base64
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys

NETS = ("detector", "landmarks", "lips", "eye")
HERE = pathlib.Path(__file__).resolve().parent
# Modules in the order in which they need one another.
MODULES = ("shared", "faults", "record", "files", "tracker", "frame_paths", "frame_pump", "camera", "film", "texts",
           "overlay", "panel", "live", "main")
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "connect-src 'self'",
    "media-src blob:", "img-src data:", "base-uri 'none'", "form-action 'none'"))


def sum_of(data):
    return "sha256-" + base64.b64encode(hashlib.sha256(data).digest()).decode()


class Folder:
    """Where the page's files go, under names that tell their content."""

    def __init__(self, path):
        self.path = path
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)

    def add(self, stem, suffix, data):
        name = "%s.%s%s" % (stem, hashlib.sha256(data).hexdigest()[:16], suffix)
        (self.path / name).write_bytes(data)
        if suffix in (".js", ".css", ".wasm", ".net"):
            subprocess.run(["brotli", "-q", "11", "-f", str(self.path / name)], check=True)
        return name

    def entry(self, stem, suffix, data):
        name = self.add(stem, suffix, data)
        return {"name": stem + suffix, "path": "tracker/" + name, "integrity": sum_of(data), "bytes": len(data)}


def joined(folder, files):
    """Our modules are joined by their order; names that two of them use for themselves stay apart in blocks."""
    parts = []
    for place, name in enumerate(MODULES):
        text = "export const files = %s;\n" % json.dumps(files) if name == "files" else (folder / (name + ".js")).read_text()
        imports = re.findall(r"^import \{([^}]*)\} from '\./(\w+)\.js';\n", text, re.MULTILINE)
        for _, module in imports:
            if module not in MODULES[:place]:
                sys.exit("build_labs: %s imports %s, which MODULES has not before it" % (name, module))
        text = re.sub(r"^import .*;\n", "", text, flags=re.MULTILINE)
        names = re.findall(r"^export (?:async )?(?:const|let|function|class) (\w+)", text, re.MULTILINE)
        text = re.sub(r"^export (?=async|const|let|function|class)", "", text, flags=re.MULTILINE)
        text = re.sub(r"^export \{\};\n", "", text, flags=re.MULTILINE)
        taken = "".join("const {%s} = %s_;\n" % (list_.strip(), module) for list_, module in imports)
        parts.append("const %s_ = (() => {\n%s%sreturn { %s };\n})();\n" % (name, taken, text, ", ".join(names)))
    return "".join(parts).encode()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scripts", required=True, type=pathlib.Path, help="folder of what tsc made")
    parser.add_argument("--simd", required=True, type=pathlib.Path)
    parser.add_argument("--plain", required=True, type=pathlib.Path)
    parser.add_argument("--models", required=True, type=pathlib.Path, help="folder of weights")
    parser.add_argument("--clip", type=pathlib.Path, help="what plays in place of a camera")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the page's folder; labs/ is made in it")
    options = parser.parse_args()

    folder = Folder(options.out / "labs/tracker")
    files = {
        "simd": folder.entry("simd", ".wasm", options.simd.read_bytes()),
        "plain": folder.entry("plain", ".wasm", options.plain.read_bytes()),
        **{name: folder.entry(name, ".net", (options.models / f"{name}.net").read_bytes()) for name in NETS},
        "clip": folder.entry("clip", options.clip.suffix, options.clip.read_bytes()) if options.clip else None,
    }
    script = joined(options.scripts, files)
    style = re.sub(rb"/\*.*?\*/\n?", b"", (HERE / "style.css").read_bytes(), flags=re.S)
    values = {
        "policy": POLICY, "portrait": (HERE / "portrait.svg").read_text(encoding="utf-8").strip(),
        "main": folder.add("main", ".js", script), "main_sum": sum_of(script),
        "style": folder.add("style", ".css", style), "style_sum": sum_of(style),
    }
    page = (HERE / "tracker.html").read_text(encoding="utf-8")
    page = re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], page)
    (options.out / "labs/tracker.html").write_text(page, encoding="utf-8")
    (folder.path / "policy.txt").write_text(POLICY + "; frame-ancestors 'none'\n", encoding="utf-8")


if __name__ == "__main__":
    main()
