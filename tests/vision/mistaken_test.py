#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Squares without a face that the detector takes for one: where they are, and how they come as it learns."""

import contextlib
import io
import os
import pathlib
import tempfile
import types
import unittest
import unittest.mock

import support

support.need_modules("numpy", "torch")
import torch  # noqa: E402

import detector_batch  # noqa: E402
import landmark_batch  # noqa: E402
import nets  # noqa: E402
import training  # noqa: E402
from mistaken import EACH, HARDEST, Mistaken  # noqa: E402

RECIPE = {"size": 128, "width": 4}
SIZE = 64  # of the pictures, half of what the detector sees


def generator():
    return torch.Generator().manual_seed(3)


class Rooms:
    """As much of a Pool as is asked of one without faces."""

    def __init__(self, count):
        self.rgb = (torch.rand(20, 3, SIZE, SIZE, generator=generator()) * 255).byte()
        self.point, self.present = torch.zeros(20, 1, 137, 2), torch.zeros(20, 1, dtype=torch.uint8)
        self.header, self.device, self.count = types.SimpleNamespace(size=SIZE), torch.device("cpu"), count

    def sample(self, count, source):
        return torch.randint(self.count, (count,), generator=source)


class Faces(Rooms):
    def __init__(self):
        super().__init__(20)
        self.point = SIZE / 2 + 8 * torch.randn(20, 1, 137, 2, generator=generator())


def one_cell(x, y):
    """An answer that is sure of one cell of 16 x 16: its middle, and a side of 40 pixels."""
    out = torch.zeros(1, 4, 16, 16)
    out[0, 0, y, x] = 5
    return out


class BestTest(unittest.TestCase):
    def test_the_best_cells_come_in_their_order(self):
        out = one_cell(3, 9)
        out[0, 0, 2, 12] = 4
        score, middle, side = detector_batch.best(out, 2)
        self.assertEqual(score.tolist(), [[5, 4]])
        self.assertEqual(middle.tolist(), [[[28, 76], [100, 20]]])
        self.assertEqual(side.tolist(), [[40, 40]])


    def test_a_cell_beside_a_better_one_sees_the_same(self):
        out = one_cell(3, 9)
        out[0, 0, 10, 4] = 4.5
        out[0, 0, 2, 12] = 4
        self.assertEqual(detector_batch.best(detector_batch.peaks(out), 2)[0].tolist(), [[5, 4]])


class MistakenTest(unittest.TestCase):
    def setUp(self):
        self.weights = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "detector.pt"
        self.learn(1)
        self.enterContext(contextlib.redirect_stdout(io.StringIO()))

    def learn(self, seed):
        torch.manual_seed(seed)
        training.save(nets.Detector(RECIPE["width"]), self.weights)
        os.utime(self.weights, (seed, seed))

    def mistaken(self, rooms):
        made = Mistaken(rooms, RECIPE, self.weights)
        made.refresh()
        return made

    def test_a_square_lies_where_the_detector_saw_it(self):
        rooms = Rooms(0)
        mistaken = self.mistaken(rooms)
        mistaken.net, rooms.count = lambda pictures: one_cell(3, 9), 1
        mistaken.refresh()
        rows, middle, side = mistaken.sample(1, generator())
        self.assertEqual(rows.tolist(), [0])
        self.assertEqual(middle[0].tolist(), [28 / 2 - 0.5, 76 / 2 - 0.5])  # pixels are counted from their middles
        self.assertEqual(side[0], 20)

    def test_the_pictures_that_it_is_surest_of_are_taken(self):
        rooms = Rooms(0)
        mistaken = self.mistaken(rooms)
        sure = torch.zeros(20)
        sure[[4, 17]] = torch.tensor([3.0, 5.0])
        mistaken.net = lambda pictures: torch.cat([one_cell(3, 9) * (1 + each) for each in sure])
        rooms.count = 20
        mistaken.refresh()
        self.assertEqual(len(mistaken), int(HARDEST * 20 * EACH))
        self.assertEqual(mistaken.rows[mistaken.hardest[:2]].tolist(), [17, 4])

    def test_pictures_that_come_later_are_searched_too(self):
        rooms = Rooms(7)
        mistaken = self.mistaken(rooms)
        rooms.count = 20
        mistaken.refresh()
        self.assertEqual(mistaken.rows.bincount().tolist(), [EACH] * 20)

    def test_what_the_detector_has_learned_is_asked_for_after_a_while(self):
        mistaken = self.mistaken(Rooms(5))
        before = mistaken.side.clone()
        self.learn(2)
        mistaken.refresh()
        self.assertTrue(torch.equal(mistaken.side, before))
        mistaken.next = 0
        mistaken.refresh()
        self.assertFalse(torch.equal(mistaken.side, before))
        self.assertEqual(len(mistaken.rows), 5 * EACH)

    def test_without_a_detector_backgrounds_are_of_anywhere(self):
        rooms = Rooms(20)
        for weights in (None, self.weights.with_name("not_yet.pt")):
            mistaken = Mistaken(rooms, RECIPE, weights)
            mistaken.refresh()
            self.assertEqual(len(mistaken), 0)
            crops = landmark_batch.background_crops(rooms, mistaken, Faces(), 8, 96, generator())
            self.assertEqual(crops.shape, (8, 3, 96, 96))

    def test_a_quarter_of_the_backgrounds_are_mistakes(self):
        rooms = Rooms(20)
        rooms.rgb[:] = 0
        rooms.rgb[7, :, 30:42, 8:20] = 255  # the only light there is; half the pictures' pixels
        mistaken = self.mistaken(rooms)
        mistaken.sample = lambda count, source: (torch.full((count,), 7), torch.tensor([[13.5, 35.5]] * count), torch.full((count,), 12.0))
        with unittest.mock.patch.object(landmark_batch.augment, "recoloured", lambda pictures, source: pictures):
            crops = landmark_batch.background_crops(rooms, mistaken, Faces(), 8, 96, generator())
        first = crops[:4, :, 20:76, 20:76].mean((1, 2, 3))  # the other half are of faces
        self.assertEqual((first > 0.95).tolist(), [False, False, True, True])

    def test_weights_of_another_net_are_told(self):
        with self.assertRaisesRegex(SystemExit, "another net of detector"):
            Mistaken(Rooms(1), {**RECIPE, "width": 8}, self.weights).refresh()


if __name__ == "__main__":
    unittest.main()
