#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""tools/sounds: that the stored sounds are what the recipes make, and how they have to be. Run in the
repository's root."""
import array
import math
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, "tools/sounds")
import loudness  # noqa: E402
import make_sounds  # noqa: E402
import recipes  # noqa: E402
from synthesis import RATE  # noqa: E402

STORED = pathlib.Path("assets/sounds")
NAMES = [recipe.__name__ for recipe, _, _ in recipes.SOUNDS]


def stored(name):
    return make_sounds.values_of((STORED / (name + ".wav")).read_bytes())


def check(folder):
    return subprocess.run([sys.executable, "-B", "tools/sounds/make_sounds.py", str(folder), "--check"],
                          capture_output=True, text=True, check=False)


def sine(frequency, decibels, seconds=1.0, rate=48000):
    gain = 10 ** (decibels / 20)
    return [gain * math.sin(2 * math.pi * frequency * i / rate) for i in range(int(seconds * rate))]


class Stored(unittest.TestCase):
    def test_they_are_what_the_recipes_make(self):
        result = check(STORED)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_the_engine_knows_the_same_in_the_same_order(self):
        source = pathlib.Path("engine/audio/sound.cpp").read_text(encoding="utf-8")
        self.assertEqual(re.findall(r'\{"(\w+)", \{Group::', source), NAMES)
        self.assertEqual(sorted(p.stem for p in STORED.glob("*")), sorted(NAMES))

    def test_nothing_is_clipped_and_no_end_clicks(self):
        for name in NAMES:
            values = stored(name)
            self.assertLess(max(map(abs, values)), 24000, name)
            self.assertLess(abs(values[0]), 300, name)
            self.assertLess(max(map(abs, values[-8:])), 12, name)

    def test_none_is_louder_than_said_and_none_is_long(self):
        for name in NAMES:
            sound = [value / 32768 for value in stored(name)]
            self.assertLess(loudness.loudness(sound, RATE), -17.9, name)
            self.assertLess(len(sound) / RATE, 1.01, name)

    def test_no_constant_part_moves_the_cone(self):
        for name in NAMES:
            values = stored(name)
            self.assertLess(abs(sum(values)) / len(values), 60, name)


class Check(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for file in STORED.glob("*.wav"):
            shutil.copy(file, self.folder)

    def spoil(self, change):
        file = self.folder / "tick.wav"
        file.write_bytes(change(bytearray(file.read_bytes())))
        result = check(self.folder)
        self.assertEqual(result.returncode, 1)
        self.assertIn("tick.wav", result.stderr)
        return result.stderr

    def test_a_changed_sample_is_found(self):
        def change(data):
            data[201] ^= 0x40
            return data
        self.assertIn("differs", self.spoil(change))

    def test_a_cut_file_is_found(self):
        self.spoil(lambda data: data[:100])

    def test_something_else_under_the_name_is_found(self):
        self.assertIn("not a WAV", self.spoil(lambda data: b"OggS" + data))

    def test_a_missing_file_is_found(self):
        (self.folder / "soft.wav").unlink()
        result = check(self.folder)
        self.assertEqual(result.returncode, 1)
        self.assertIn("soft.wav: missing", result.stderr)

    def test_a_sine_of_another_system_passes(self):
        file = self.folder / "tick.wav"
        data = file.read_bytes()
        values = array.array("h", data[44:])
        values[50] += 1
        file.write_bytes(data[:44] + values.tobytes())
        self.assertEqual(check(self.folder).returncode, 0)


class Loudness(unittest.TestCase):
    """The compliance points of ITU-R BS.1770 and EBU Tech 3341, for one channel."""

    def test_a_full_sine_of_997_hz_is_3_below(self):
        self.assertAlmostEqual(loudness.loudness(sine(997, 0), 48000), -3.01, delta=0.05)

    def test_a_bass_counts_less_and_a_treble_more(self):
        middle = loudness.loudness(sine(997, -20), 48000)
        self.assertLess(loudness.loudness(sine(40, -20), 48000), middle - 5)
        self.assertAlmostEqual(loudness.loudness(sine(8000, -20), 48000), middle + 3.3, delta=0.3)

    def test_another_sampling_rate_measures_the_same(self):
        for rate in (24000, 44100):
            self.assertAlmostEqual(loudness.loudness(sine(997, -12, rate=rate), rate), -15.01, delta=0.05)

    def test_silence_has_a_number(self):
        self.assertLessEqual(loudness.loudness([0.0] * 100, RATE), -120)


if __name__ == "__main__":
    unittest.main()
