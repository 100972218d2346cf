#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws what kiosk_soak sampled: memory and GL objects over time, a row of graphs for each run.

  tools/soak_picture.py OUT.svg NAME=SAMPLES.csv...

Every vertical axis begins at 0, so that what is flat looks flat and what grows is seen as it is.
Exit status: 0 drawn, 2 wrong use or samples that cannot be read.
"""

import csv
import math
import sys

WIDTH, ROW, MARGIN = 1080, 300, 64
GRAPH_WIDTH, GRAPH_HEIGHT = 420, 190
COLUMNS = ("seconds", "touches", "contexts_lost", "rss_kib", "gl_textures", "gl_others")
FIGURES = (  # title, what is drawn of it: (column, divisor, colour, label)
    ("resident memory, MiB", (("rss_kib", 1024, "#9c1f3f", ""),)),
    ("GL objects", (("gl_others", 1, "#1f5c9c", "buffers, arrays, framebuffers, programs"),
                    ("gl_textures", 1, "#b07a1e", "textures"))),
)


def read_samples(path):
    """{column: [number, …]}; every column as long as the others."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if len(rows) < 2:
        raise ValueError("fewer than two samples")
    return {name: [float(row[name]) for row in rows] for name in COLUMNS}


def round_up(value):
    """The least of 1, 2, 5, 10, 20, … that is not below `value`."""
    power = 10 ** math.floor(math.log10(max(value, 1)))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value)


def text(x, y, words, anchor="start", size=13, colour="#444"):
    return (f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="{size}" '
            f'fill="{colour}">{words}</text>')


def draw_frame(left, top, highest, minutes):
    parts = []
    for share in (0, 0.5, 1):
        y = top + GRAPH_HEIGHT * (1 - share)
        parts.append(f'<path d="M{left} {y:.1f}h{GRAPH_WIDTH}" stroke="#ddd"/>')
        parts.append(text(left - 8, y + 4, f"{highest * share:g}", "end"))
        x = left + GRAPH_WIDTH * share
        parts.append(text(x, top + GRAPH_HEIGHT + 20, f"{minutes * share:g} min", "middle"))
    return parts


def draw_graph(left, top, samples, title, curves):
    seconds = samples["seconds"]
    highest = round_up(1.05 * max(max(samples[column]) / divisor for column, divisor, _, _ in curves))
    parts = [text(left, top - 12, title, size=14, colour="#111")]
    parts += draw_frame(left, top, highest, round(seconds[-1] / 60, 1))
    beside = left + GRAPH_WIDTH
    for column, divisor, colour, label in curves:
        points = [(left + GRAPH_WIDTH * second / seconds[-1],
                   top + GRAPH_HEIGHT * (1 - value / divisor / highest))
                  for second, value in zip(seconds, samples[column])]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        parts.append(text(beside, top - 12, label, "end", colour=colour))
        beside -= 7 * len(label) + 6
    return parts


def draw(runs):
    """The picture of [(name, samples), …] as SVG."""
    height = MARGIN // 2 + ROW * len(runs)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
             f'font-family="sans-serif"><rect width="{WIDTH}" height="{height}" fill="#fff"/>']
    for row, (name, samples) in enumerate(runs):
        top = MARGIN // 2 + ROW * row
        told = f'{name}: {samples["touches"][-1]:.0f} touches, {samples["contexts_lost"][-1]:.0f} contexts lost'
        parts.append(text(MARGIN, top + 8, told, size=16, colour="#111"))
        for column, (title, curves) in enumerate(FIGURES):
            parts += draw_graph(MARGIN + column * (GRAPH_WIDTH + 96), top + 54, samples, title, curves)
    return "\n".join([*parts, "</svg>"]) + "\n"


def main(arguments):
    if len(arguments) < 2 or not all("=" in argument for argument in arguments[1:]):
        print(__doc__, file=sys.stderr)
        return 2
    runs = []
    for name, _, path in (argument.partition("=") for argument in arguments[1:]):
        try:
            runs.append((name, read_samples(path)))
        except (OSError, ValueError, KeyError, TypeError) as error:
            print(f"{path}: {error}: give it the file that kiosk_soak --samples wrote", file=sys.stderr)
            return 2
    with open(arguments[0], "w", encoding="utf-8") as file:
        file.write(draw(runs))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
