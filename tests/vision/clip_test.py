#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Clips of the renderer: the same for the same seed, with truth that belongs to their pictures."""

import json
import pathlib
import tempfile
import unittest

import support

support.need_modules("numpy")
import numpy as np  # noqa: E402

if support.missing():
    support.skip(support.missing())

WIDTH, HEIGHT = 320, 240
PICTURE = len(b"FRAME\n") + WIDTH * HEIGHT * 3 // 2


def pictures(path):
    head, film = path.read_bytes().split(b"\n", 1)
    assert head.startswith(b"YUV4MPEG2 W320 H240 F30:1"), head
    assert len(film) % PICTURE == 0
    frames = np.frombuffer(film, np.uint8).reshape(-1, PICTURE)
    return frames[:, 6:6 + WIDTH * HEIGHT].reshape(-1, HEIGHT, WIDTH).astype(int)


class ClipTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def drawn(self, clip, name, count, seed=1):
        folder = self.folder / name
        support.render(folder, "--clip", clip, "--count", count, "--seed", seed)
        lines = [json.loads(line) for line in (folder / f"{clip}.jsonl").read_text().splitlines()]
        return pictures(folder / f"{clip}.y4m"), lines[0], lines[1:]

    def test_the_same_seed_gives_the_same_film(self):
        one, _, truth = self.drawn("rest", "a", 2)
        again, _, _ = self.drawn("rest", "b", 2)
        other, _, other_truth = self.drawn("rest", "c", 2, seed=2)
        self.assertTrue((one == again).all())
        self.assertFalse((one == other).all())
        self.assertNotEqual(truth, other_truth)

    def test_of_a_head_at_rest_nothing_but_the_noise_moves(self):
        film, head, truth = self.drawn("rest", "a", 2)
        self.assertEqual((head["frames"], len(film), len(truth)), (2, 2, 2))
        self.assertEqual(truth[0]["faces"], truth[1]["faces"])
        change = np.abs(film[0] - film[1])
        self.assertGreater(change.mean(), 0.5)
        self.assertLess(change.mean(), 6)

    def test_truth_names_every_person_with_landmarks_in_the_picture(self):
        _, head, truth = self.drawn("three", "a", 1)
        self.assertEqual(head["persons"], 3)
        self.assertEqual([face["id"] for face in truth[0]["faces"]], [0, 1, 2])
        for face in truth[0]["faces"]:
            self.assertEqual(face["presence"], "face")
            places = np.array(face["tenths"]).reshape(-1, 2) / 10
            self.assertEqual(len(places), 137 - 24)
            self.assertTrue((places > 0).all() and (places < [WIDTH, HEIGHT]).all())

    def test_irises_are_darker_than_the_skin_beside_the_nose(self):
        film, _, truth = self.drawn("rest", "a", 1)
        places = np.array(truth[0]["faces"][0]["tenths"]).reshape(-1, 2) / 10
        x, y = places[127 - 24].round().astype(int)
        nose_x, nose_y = places[116 + 3 - 24].round().astype(int)
        self.assertLess(film[0][y - 1:y + 2, x - 1:x + 2].mean(),
                        film[0][nose_y - 1:nose_y + 2, nose_x - 1:nose_x + 2].mean())

    def test_a_larger_film_shows_the_same_in_more_pixels(self):
        _, _, [small] = self.drawn("rest", "a", 1)
        support.render(self.folder / "b", "--clip", "rest", "--count", 1, "--seed", 1, "--height", 360)
        self.assertTrue((self.folder / "b/rest.y4m").read_bytes().startswith(b"YUV4MPEG2 W480 H360 "))
        head, large = [json.loads(line) for line in (self.folder / "b/rest.jsonl").read_text().splitlines()]
        self.assertEqual((head["width"], head["height"], head["focal_length"]), (480, 360, 399))
        one, other = (np.array(truth["faces"][0]["tenths"]) for truth in (small, large))
        self.assertLessEqual(np.abs(one * 1.5 - other).max(), 3)  # tenths of a pixel

    def test_a_height_that_none_can_have_is_refused(self):
        for height in (0, 250, 1200):
            result = support.render(self.folder, "--clip", "rest", "--height", height, check=False)
            self.assertEqual(result.returncode, 2)
            self.assertIn("--height must be a whole number from 120 to 1080 that 120 divides", result.stderr)

    def test_a_clip_that_there_is_not_is_refused_with_those_there_are(self):
        result = support.render(self.folder, "--clip", "dance", check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn("turn, talk, hand", result.stderr)


if __name__ == "__main__":
    unittest.main()
