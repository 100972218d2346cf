# SPDX-License-Identifier: MIT
"""The course of a run as a picture (SVG): figures on the held-out pictures over the samples seen."""

import math

COLORS = ("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad")
WIDTH, HEIGHT, MARGIN = 720, 400, 56


def axis_values(low, high):
    """About five round values between."""
    step = 10 ** math.floor(math.log10(max(high - low, 1e-9)))
    for factor in (1, 0.5, 0.2):
        if (high - low) / (step * factor) >= 4:
            step *= factor
            break
    first = math.ceil(low / step)
    return [round(step * k, 9) for k in range(first, int(math.floor(high / step)) + 1)]


class Scale:
    """Logarithmic both ways: a power law is a straight line."""

    def __init__(self, values, begin, end):
        positive = [v for v in values if v and v > 0]
        self.low, self.high = math.log10(min(positive)), math.log10(max(positive) * 1.02)
        self.begin, self.end = begin, end

    def __call__(self, value):
        share = (math.log10(value) - self.low) / max(self.high - self.low, 1e-9)
        return self.begin + (self.end - self.begin) * share


def text(x, y, words, anchor="middle", color="#333"):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{color}">{words}</text>'


def write(path, record, names, unit):
    """`record`: a list of {"samples": …, name: value …}."""
    record = [line for line in record if line["samples"] > 0 and all(line.get(name) for name in names)]
    if len(record) < 2:
        return
    values = [line[name] for line in record for name in names]
    x = Scale([line["samples"] for line in record], MARGIN, WIDTH - 20)
    y = Scale(values, HEIGHT - MARGIN, 20)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
             'font-size="12"><rect width="100%" height="100%" fill="white"/>']
    for value in axis_values(min(values), max(values)):
        parts.append(f'<path d="M{MARGIN} {y(value):.1f}H{WIDTH - 20}" stroke="#ddd"/>' + text(MARGIN - 6, y(value) + 4, f"{value:g}", "end"))
    for line in (record[0], record[len(record) // 4], record[len(record) // 2], record[-1]):
        parts.append(text(x(line["samples"]), HEIGHT - MARGIN + 18, f"{line['samples'] / 1e6:.2f} M"))
    parts.append(text(WIDTH / 2, HEIGHT - 12, f"samples seen; {unit}, both scales logarithmic"))
    for i, name in enumerate(names):
        points = " ".join(f"{x(line['samples']):.1f},{y(line[name]):.1f}" for line in record)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{COLORS[i]}" stroke-width="2"/>')
        parts.append(text(WIDTH - 24, 34 + 16 * i, f"{name}: {record[-1][name]:g}", "end", COLORS[i]))
    path.write_text("\n".join(parts) + "\n</svg>\n")
