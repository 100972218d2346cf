# SPDX-License-Identifier: MIT
"""Loudness after ITU-R BS.1770-4: K weighting, then the mean square over 400 ms. One channel, heard
alone. A sound shorter than that is measured as if silence followed, as an ear would hear it."""

import math

WINDOW = 0.4
HOP = 0.01


def high_shelf(rate):
    """The recommendation's first stage, +4 dB above 1.7 kHz, for any sampling rate."""
    gain, q, frequency = 3.999843853973347, 0.7071752369554196, 1681.974450955533
    k = math.tan(math.pi * frequency / rate)
    high = 10 ** (gain / 20)
    mid = high ** 0.4996667741545416
    a0 = 1 + k / q + k * k
    return ([(high + mid * k / q + k * k) / a0, 2 * (k * k - high) / a0, (high - mid * k / q + k * k) / a0],
            [2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0])


def high_pass(rate):
    """The second stage, below 38 Hz."""
    q, frequency = 0.5003270373238773, 38.13547087602444
    k = math.tan(math.pi * frequency / rate)
    a0 = 1 + k / q + k * k
    return [1.0, -2.0, 1.0], [2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]


def weighted(part, rate):
    for b, a in (high_shelf(rate), high_pass(rate)):
        x1 = x2 = y1 = y2 = 0.0
        result = []
        for x in part:
            y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2
            x2, x1, y2, y1 = x1, x, y1, y
            result.append(y)
        part = result
    return part


def loudness(part, rate):
    """LUFS in the loudest 400 ms; -120 for silence."""
    squares, total = [0.0], 0.0
    for y in weighted(part, rate):
        total += y * y
        squares.append(total)
    window, hop, last = int(WINDOW * rate), int(HOP * rate), len(squares) - 1
    loudest = max(squares[min(last, at + window)] - squares[at] for at in range(0, last, hop))
    return -0.691 + 10 * math.log10(max(loudest / window, 1e-12))


def peak(part):
    """dBFS."""
    return 20 * math.log10(max(max(abs(x) for x in part), 1e-6))
