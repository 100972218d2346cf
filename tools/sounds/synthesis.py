# SPDX-License-Identifier: MIT
"""The parts a recipe is made of: lists of samples, -1..1, at RATE. Standard library only."""

import math
import random

RATE = 24000


def samples(seconds):
    return int(round(seconds * RATE))


def silence(seconds):
    return [0.0] * samples(seconds)


def add(into, part, at=0.0, gain=1.0):
    """Mixes `part` into `into` from `at` seconds on; what reaches beyond the end is cut."""
    start = samples(at)
    for i in range(min(len(part), len(into) - start)):
        into[start + i] += gain * part[i]
    return into


def decay(seconds, attack, time):
    """A raised-cosine attack, an exponential whose time constant is `time`, nothing at the end."""
    rise = max(1, samples(attack))
    shape = []
    for i in range(samples(seconds)):
        if i < rise:
            shape.append(0.5 - 0.5 * math.cos(math.pi * i / rise))
        else:
            shape.append(math.exp(-(i - rise) / RATE / time))
    return faded(shape, 0.3 * seconds)


def hump(seconds, peak=0.5):
    """Rises to 1 at the part `peak` of its length and falls again, by raised cosines."""
    count = samples(seconds)
    top = max(1, int(count * peak))
    return [0.5 - 0.5 * math.cos(math.pi * (i / top if i < top else (count - i) / max(1, count - top)))
            for i in range(count)]


def shaped(part, envelope):
    return [a * b for a, b in zip(part, envelope)]


def tone(seconds, frequency, to=None, phase=0.0):
    """A sine; with `to` it glides there exponentially."""
    part, angle, count = [], phase, samples(seconds)
    ratio = 1.0 if to is None else (to / frequency) ** (1.0 / max(1, count))
    step = 2 * math.pi * frequency / RATE
    for _ in range(count):
        part.append(math.sin(angle))
        angle += step
        step *= ratio
    return part


def struck(seconds, frequency, modes, attack=0.0008):
    """A thing that was hit: modes of (ratio to the frequency, gain, time constant in seconds)."""
    whole = silence(seconds)
    for ratio, gain, time in modes:
        if frequency * ratio < 0.46 * RATE:
            add(whole, shaped(tone(seconds, frequency * ratio), decay(seconds, attack, time)), gain=gain)
    return whole


def noise(seconds, seed):
    source = random.Random(seed)
    return [source.uniform(-1, 1) for _ in range(samples(seconds))]


class Biquad:
    """Second-order filters after Bristow-Johnson's Audio EQ Cookbook; the centre may move."""

    def __init__(self, kind, frequency, q=0.7071):
        self.kind, self.q = kind, q
        self.x1 = self.x2 = self.y1 = self.y2 = 0.0
        self.tune(frequency)

    def tune(self, frequency):
        w = 2 * math.pi * min(frequency, 0.48 * RATE) / RATE
        cosine, alpha = math.cos(w), math.sin(w) / (2 * self.q)
        b = {"low": ((1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2),
             "high": ((1 + cosine) / 2, -1 - cosine, (1 + cosine) / 2),
             "band": (alpha, 0.0, -alpha)}[self.kind]
        a0 = 1 + alpha
        self.b = [value / a0 for value in b]
        self.a = (-2 * cosine / a0, (1 - alpha) / a0)

    def step(self, x):
        y = (self.b[0] * x + self.b[1] * self.x1 + self.b[2] * self.x2
             - self.a[0] * self.y1 - self.a[1] * self.y2)
        self.x2, self.x1, self.y2, self.y1 = self.x1, x, self.y1, y
        return y


def filtered(part, kind, frequency, q=0.7071, to=None):
    """With `to` the frequency moves there exponentially over the part's length."""
    one = Biquad(kind, frequency, q)
    result = []
    for i, x in enumerate(part):
        if to is not None and i % 16 == 0:
            one.tune(frequency * (to / frequency) ** (i / len(part)))
        result.append(one.step(x))
    return result


def band(part, low, high):
    """Between two edges, 12 dB an octave on either side."""
    return filtered(filtered(part, "high", low), "low", high)


def room(part, wet, seconds=0.25, damping=3500):
    """A small bright room: four combs of unlike lengths, then two all-passes (Schroeder 1962)."""
    dry = list(part)
    tail = [0.0] * len(part)
    for length in (0.0197, 0.0231, 0.0269, 0.0311):
        delay = samples(length)
        feedback = 10 ** (-3 * length / seconds)
        line, low = [0.0] * delay, Biquad("low", damping)
        for i, x in enumerate(part):
            y = low.step(line[i % delay])
            line[i % delay] = x + feedback * y
            tail[i] += 0.25 * y
    for length in (0.0047, 0.0017):
        delay = samples(length)
        line = [0.0] * delay
        for i, x in enumerate(tail):
            y = line[i % delay]
            line[i % delay] = x + 0.6 * y
            tail[i] = y - 0.6 * line[i % delay]
    return [a + wet * b for a, b in zip(dry, tail)]


def faded(part, seconds=0.004):
    """Ends in nothing: half a cosine over the last `seconds`, so that no end clicks."""
    count = min(samples(seconds), len(part))
    for i in range(count):
        part[len(part) - 1 - i] *= 0.5 - 0.5 * math.cos(math.pi * i / count)
    return part
