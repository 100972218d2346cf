#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a run's figures into the model card, between its marks; the words around them stay as they are.

  tools/vision/train/card.py --reports FOLDER [--card docs/vision/model_card.md] [--models assets/models]
"""

import argparse
import hashlib
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[3]
THIRDS = ("1-3", "4-7", "8-10")
PARTS = ("part (frontal)", "third of the tones", "tone", "light", "worn or held", "yaw")
GOALS = (("frontal (yaw to ±30°)", "frontal", 2.0), ("all poses", "all", 3.0), ("lips and lids, frontal", "lips_lids", 1.8),
         ("yaw, degrees", "yaw, degrees", 2), ("pitch, degrees", "pitch, degrees", 2))


def files(models):
    lines = ["| | SHA-256 begins | bytes, int8 | input |", "|---|---|---|---|"]
    for path in sorted(models.glob("*.net")):
        data = path.read_bytes()
        side = re.search(rb"^size (\d+)$", data[:200], re.M).group(1).decode()
        lines.append(f"| {path.name} | `{hashlib.sha256(data).hexdigest()[:16]}` | {len(data):,} | {side} x {side} RGB |")
    return lines


def gap(report):
    thirds = report["by"]["third of the tones"]
    return f"{100 * (thirds['8-10'][0] / thirds['1-3'][0] - 1):.0f} %"


def same_faces(thirds):
    """Reports of the same faces in skin of each third of the tones."""
    errors = [report["figures"]["all"] for report in thirds]
    lines = ["| tones | error, % | over the least |", "|---|---|---|"]
    return lines + [f"| {name} | {error:.2f} | {100 * (error / min(errors) - 1):.1f} % |" for name, error in zip(THIRDS, errors)]


def goals(far, near):
    """Figures of the same faces drawn small and twice as large."""
    lines = ["| Figure | region 96 pixels | 192 pixels | Goal |", "|---|---|---|---|"]
    row = lambda words, name, goal: f"| {words} | {far['figures'][name]:.2f} | {near['figures'][name]:.2f} | {goal} |"  # noqa: E731
    lines += [row(*each) for each in GOALS]
    lines.append(f"| darkest third of the tones over the lightest | {gap(far)} | {gap(near)} | 10 % |")
    others = [name for name in far["figures"] if name not in {name for _, name, _ in GOALS}]
    return lines + [row(name, name, "") for name in others]


def parts(far, near):
    lines = []
    for what in PARTS:
        lines += [f"| {what} | error, % | twice as large | faces |", "|---|---|---|---|"]
        lines += [f"| {name} | {error} | {near['by'][what][name][0]} | {faces} |"
                  for name, (error, faces) in far["by"][what].items()] + [""]
    return lines[:-1]


def filled(card, **blocks):
    """`card` with each block NAME put between the lines <!-- NAME --> and <!-- end -->."""
    for name, lines in blocks.items():
        text = f"<!-- {name} -->\n\n" + "\n".join(lines) + "\n\n<!-- end -->"
        card, count = re.subn(rf"<!-- {name} -->.*?<!-- end -->", lambda _: text, card, flags=re.S)
        if count != 1:
            raise SystemExit(f"the card has {count} places <!-- {name} --> … <!-- end -->; it needs one")
    return card


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", required=True, type=pathlib.Path, help="folder of the run: landmarks_*_report.json")
    parser.add_argument("--card", default=ROOT / "docs/vision/model_card.md", type=pathlib.Path)
    parser.add_argument("--models", default=ROOT / "assets/models", type=pathlib.Path)
    chosen = parser.parse_args()
    far, near, *thirds = (json.loads((chosen.reports / f"landmarks_{name}_report.json").read_text())
                          for name in ("crop", "near", *(f"tones_{third}" for third in THIRDS)))
    chosen.card.write_text(filled(chosen.card.read_text(), files=files(chosen.models), goals=goals(far, near),
                                  same=same_faces(thirds), parts=parts(far, near)))


if __name__ == "__main__":
    main()
