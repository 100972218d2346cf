#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Cuts the characters that campaigns and the engine show out of the Noto CJK fonts.

usage: subset_fonts.py --noto DIR --out DIR FILE...

Every character of the FILEs (campaigns, sources) goes in, with ASCII and the punctuation of both
languages. Written: text-regular.otf, text-bold.otf, display-bold.otf. The fonts are under the SIL
Open Font License 1.1, and so are these subsets.
"""

import argparse
import pathlib
import subprocess
import sys

# Face 2 of each collection is the one for simplified Chinese.
SIMPLIFIED_CHINESE = 2
FACES = {
    "text-regular.otf": "NotoSansCJK-Regular.ttc",
    "text-bold.otf": "NotoSansCJK-Bold.ttc",
    "display-bold.otf": "NotoSerifCJK-Bold.ttc",
}
ALWAYS = (
    "".join(chr(c) for c in range(0x20, 0x7F))
    + "".join(chr(c) for c in range(0xA0, 0x100))
    + "‐‑–—‘’“”†•…‰′″‹›€™←↑→↓−×÷≈≤≥■□▲△▼●○★☆♥✓✕"
    + "、。〈〉《》「」『』【】〔〕！（），．：；？～￥％＋－／０１２３４５６７８９"
    + "零一二三四五六七八九十百千万元年月日时分秒号第"
)


def characters(files):
    found = set(ALWAYS)
    for name in files:
        found.update(pathlib.Path(name).read_text(encoding="utf-8"))
    return "".join(sorted(c for c in found if c.isprintable()))


def subset(source, text_file, target):
    command = [
        sys.executable, "-m", "fontTools.subset", str(source),
        f"--font-number={SIMPLIFIED_CHINESE}", f"--text-file={text_file}", "--no-hinting",
        "--desubroutinize", "--layout-features=kern", "--notdef-outline", "--no-recommended-glyphs",
        "--drop-tables+=vhea,vmtx,VORG", f"--output-file={target}",
    ]
    subprocess.run(command, check=True)


def up_to_date(out, text_file, text):
    """A source changed but no new character came: the fonts only get a new time stamp."""
    targets = [out / name for name in FACES]
    if not text_file.exists() or not all(target.exists() for target in targets):
        return False
    if text_file.read_text(encoding="utf-8") != text:
        return False
    for target in targets:
        target.touch()
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--noto", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    text_file = arguments.out / "characters.txt"
    text = characters(arguments.files)
    if up_to_date(arguments.out, text_file, text):
        return
    for target, source in FACES.items():
        path = arguments.noto / source
        if not path.exists():
            sys.exit(f"subset_fonts: {path} is missing: apt-get install fonts-noto-cjk")
        text_file.write_text(text, encoding="utf-8")
        subset(path, text_file, arguments.out / target)


if __name__ == "__main__":
    main()
