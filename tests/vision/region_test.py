#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The face region that the trainer crops is that of engine/vision/face_region.cpp: its rule is part of the models."""

import re
import unittest

import support

support.need_modules("numpy", "torch")
import torch  # noqa: E402

import pool  # noqa: E402

RULE = (support.ROOT / "engine/vision/face_region.cpp").read_text(encoding="utf-8")
LANDMARKS = (support.ROOT / "engine/vision/landmarks.h").read_text(encoding="utf-8")


def constant(name):
    return float(re.search(r"\b%s = ([\d.]+)f;" % name, RULE)[1])


def counted():
    """Numbers of the landmarks that the engine's rule counts."""
    ranges = {name: range(int(first), int(first) + int(count)) for name, first, count in re.findall(
        r'\{LandmarkGroup::(\w+), "\w+", (\d+), (\d+)\}', LANDMARKS)}
    names = re.findall(r"LandmarkGroup::(\w+)", re.search(r"kCounted\[\] = \{(.*?)\};", RULE, re.S)[1])
    return [number for name in names for number in ranges[name]]


class RegionTest(unittest.TestCase):
    def test_the_trainers_region_is_the_engines(self):
        points = torch.randn(4, 137, 2, generator=torch.Generator().manual_seed(3))
        inner = points[:, counted()]
        middle = inner.mean(1)
        side = constant("kSidePerSpread") * (inner - middle[:, None]).square().sum(2).mean(1).sqrt()
        middle[:, 1] += constant("kMiddleBelow") * side
        found_middle, found_side = pool.region(points)
        torch.testing.assert_close(found_middle, middle)
        torch.testing.assert_close(found_side, side)


if __name__ == "__main__":
    unittest.main()
