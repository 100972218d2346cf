# SPDX-License-Identifier: MIT
"""Shards in memory, on the device that trains. The folder may grow while training goes on."""

import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import shards  # noqa: E402

DARK_TONE = 7  # of 0…9: the first of the darkest third


BELOW = 0.06  # of a face region's middle below the mean of its landmarks, in sides


def mean_and_side(points):
    """Of the landmarks that count for the face region of (B, P, 2) landmarks, and its side: docs/vision/landmarks.md."""
    inner = torch.cat([points[:, :20], points[:, 40:92], points[:, 116:127]], 1)
    mean = inner.mean(1)
    return mean, 3.4 * ((inner - mean[:, None]) ** 2).sum(2).mean(1).sqrt()


def region(points):
    """Middle and side of the face region of an upright head."""
    mean, side = mean_and_side(points)
    return mean + torch.stack([torch.zeros_like(side), BELOW * side], 1), side


class Pool:
    """All pictures of a kind with their truth, as tensors of `capacity` rows of which `count` are filled."""

    def __init__(self, folder, prefix, capacity, device):
        self.folder, self.prefix, self.capacity, self.device = pathlib.Path(folder), prefix, capacity, device
        self.count, self.taken, self.header = 0, set(), None

    def _reserve(self, header):
        self.header = header
        n, s, m, f, p = self.capacity, header.size, header.mask, header.faces, header.points
        empty = lambda *shape, kind: torch.empty((n, *shape), dtype=kind, device=self.device)  # noqa: E731
        self.rgb = empty(3, s, s, kind=torch.uint8)
        self.mask = empty(m, m, kind=torch.uint8)
        self.point = empty(f, p, 2, kind=torch.float32)
        self.seen = empty(f, p, kind=torch.uint8)
        self.pose = empty(f, 3, kind=torch.float32)
        self.present = empty(f, kind=torch.uint8)
        self.tone = empty(f, kind=torch.uint8)
        self.light = empty(f, kind=torch.uint8)
        self.flags = empty(f, kind=torch.int32)

    def _take(self, path):
        try:
            header, records = shards.read(path)
        except shards.BadShard as problem:
            raise SystemExit(str(problem)) from None
        if self.header is None:
            self._reserve(header)
        rows = slice(self.count, min(self.count + len(records), self.capacity))
        records = records[:rows.stop - rows.start]
        put = lambda target, array: target[rows].copy_(torch.from_numpy(np.ascontiguousarray(array)))  # noqa: E731
        put(self.rgb, records["rgb"].transpose(0, 3, 1, 2))
        put(self.mask, records["mask"])
        face = records["face"]
        for name in ("point", "seen", "pose", "present", "tone", "light"):
            put(getattr(self, name), face[name])
        put(self.flags, face["flags"].astype(np.int32))
        self.count = rows.stop

    def refresh(self, at_most=1000):
        """Takes up to `at_most` new shards; True when there were any."""
        new = [path for path in sorted(self.folder.glob(f"{self.prefix}*.faces")) if path.name not in self.taken]
        for path in new[:at_most]:
            if self.count < self.capacity:
                self._take(path)
            self.taken.add(path.name)
        return bool(new)

    def filled(self):
        """With what is there now, which must be something."""
        self.refresh()
        if not self.count:
            raise SystemExit(f"{self.folder} has no pictures {self.prefix}*.faces; draw them first (docs/vision/training.md)")
        return self

    def sample(self, batch, generator):
        return torch.randint(self.count, (batch,), generator=generator, device=self.device)

    def sample_more_of_dark(self, batch, share, generator):
        """As sample(), but `share` of the rows are drawn among faces of the darkest third of the tones."""
        rows = self.sample(batch, generator)
        dark = torch.nonzero(self.tone[:self.count, 0] >= DARK_TONE)[:, 0]
        few = int(batch * share)
        if not len(dark) or not few:
            return rows
        rows[:few] = dark[torch.randint(len(dark), (few,), generator=generator, device=self.device)]
        # Mixed: what is done to the first third of a batch must not fall on dark faces alone.
        return rows[torch.randperm(batch, generator=generator, device=self.device)]
