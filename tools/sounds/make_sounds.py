#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the product's sounds from their recipes: WAV, 24 kHz, one channel, 16 bits.

  tools/sounds/make_sounds.py DIR            writes DIR/NAME.wav
  tools/sounds/make_sounds.py DIR --check    whether DIR holds what the recipes make
  tools/sounds/make_sounds.py DIR --figures  also prints length, loudness and peak, as docs/sound.md has them

Every run makes the same: noise is seeded. Exit status: 0, or 1 when --check finds a difference.
"""

import argparse
import array
import io
import pathlib
import sys
import wave

import loudness
import recipes
from synthesis import RATE

# Systems' sines differ in their last digit, which may round to a neighbour.
SAME = 1


def normalised(sound, target, ceiling):
    """As loud as `target` LUFS, unless its peak would pass `ceiling` dBFS."""
    gain = min(target - loudness.loudness(sound, RATE), ceiling - loudness.peak(sound))
    return [x * 10 ** (gain / 20) for x in sound]


def quantised(sound):
    return array.array("h", (max(-32767, min(32767, int(round(x * 32767)))) for x in sound))


def wav(values):
    if sys.byteorder == "big":
        values.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((1, 2, RATE, 0, "NONE", ""))
        writer.writeframes(values.tobytes())
    return file.getvalue()


def values_of(data):
    with wave.open(io.BytesIO(data)) as reader:
        if (reader.getnchannels(), reader.getsampwidth(), reader.getframerate()) != (1, 2, RATE):
            return array.array("h")
        values = array.array("h", reader.readframes(reader.getnframes()))
    if sys.byteorder == "big":
        values.byteswap()
    return values


def difference(path, wanted):
    """What is wrong with the file at `path`; "" when nothing."""
    if not path.exists():
        return "missing"
    try:
        found = values_of(path.read_bytes())
    except (wave.Error, EOFError) as error:
        return "not a WAV file: %s" % error
    if len(found) != len(wanted):
        return "%d samples, the recipe makes %d" % (len(found), len(wanted))
    worst = max(abs(a - b) for a, b in zip(found, wanted))
    return "" if worst <= SAME else "differs from its recipe by up to %d steps" % worst


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--figures", action="store_true")
    options = parser.parse_args()
    status = 0
    for recipe, target, ceiling in recipes.SOUNDS:
        name = recipe.__name__
        sound = normalised(recipes.finished(recipe), target, ceiling)
        path = options.folder / (name + ".wav")
        if options.figures:
            print("| %s | %d | %.1f | %.1f |" % (name, len(sound) * 1000 // RATE,
                                                 loudness.loudness(sound, RATE), loudness.peak(sound)))
        if not options.check:
            options.folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wav(quantised(sound)))
            continue
        wrong = difference(path, quantised(sound))
        if wrong:
            print("%s: %s; run tools/sounds/make_sounds.py %s" % (path, wrong, options.folder), file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
