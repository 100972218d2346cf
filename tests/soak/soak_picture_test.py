#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What tools/soak_picture.py draws, and what it says of samples it cannot read."""

import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

HEAD = "seconds,touches,contexts_lost,rss_kib,gl_textures,gl_others\n"


class SoakPicture(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def draw(self, *runs):
        names = []
        for number, text in enumerate(runs):
            path = self.folder / f"{number}.csv"
            path.write_text(text, encoding="utf-8")
            names.append(f"run {number}={path}")
        return subprocess.run([sys.executable, "-B", "tools/soak_picture.py", self.folder / "out.svg", *names],
                              capture_output=True, text=True, check=False)

    def curves(self):
        root = xml.parse(self.folder / "out.svg").getroot()
        return [[tuple(map(float, point.split(","))) for point in line.get("points").split()]
                for line in root.iter("{http://www.w3.org/2000/svg}polyline")]

    def test_what_stays_is_level_and_what_doubles_is_twice_as_high(self):
        result = self.draw(HEAD + "60,5,0,102400,10,20\n120,9,0,102400,20,20\n")
        self.assertEqual(result.returncode, 0, result.stderr)
        memory, others, textures = self.curves()
        self.assertEqual(memory[0][1], memory[1][1])
        self.assertEqual(others[0][1], others[1][1])
        self.assertEqual(textures[1][1], others[1][1])
        floor = 2 * textures[0][1] - textures[1][1]
        self.assertAlmostEqual(floor - textures[1][1], 2 * (floor - textures[0][1]))

    def test_each_run_has_a_row_of_its_own(self):
        rows = HEAD + "60,5,0,102400,10,20\n120,9,1,102400,20,20\n"
        self.assertEqual(self.draw(rows, rows).returncode, 0)
        self.assertEqual(len(self.curves()), 6)
        self.assertIn("run 1: 9 touches, 1 contexts lost", (self.folder / "out.svg").read_text("utf-8"))

    def test_samples_that_cannot_be_read_are_named(self):
        for text in ("", HEAD, HEAD + "60,5,0,1,1,1\n", HEAD + "1,2\n2,3\n",
                     HEAD + "x,5,0,1,1,1\ny,5,0,1,1,1\n", "a,b\n1,2\n3,4\n"):
            result = self.draw(text)
            self.assertEqual(result.returncode, 2, text)
            self.assertIn("0.csv", result.stderr, text)
            self.assertNotIn("Traceback", result.stderr, text)


if __name__ == "__main__":
    unittest.main()
