# SPDX-License-Identifier: MIT
"""Hard negatives: the squares of pictures without a face that the detector takes for faces before all others."""

import time

import torch

import detector_batch
import nets
import training

EACH = 3  # squares of a picture
AGAIN = 300  # seconds until all are searched again, if the detector has learned meanwhile


class Mistaken:
    """Squares (their picture's row, middle and side in its pixels) of a pool that may grow, found by weights that may
    come later and change."""

    def __init__(self, empty, recipe, weights):
        self.empty, self.size, self.weights = empty, recipe["size"], weights
        self.net = nets.Detector(recipe["width"]).to(empty.device).eval()
        self.searched, self.learned = 0, None
        self._forget()

    def _forget(self):
        device = self.empty.device
        self.rows, self.middle, self.side = (torch.empty(0, *shape, dtype=kind, device=device) for shape, kind in
                                             (((), torch.long), ((2,), torch.float), ((), torch.float)))
        self.done, self.searched = 0, time.monotonic()

    def __len__(self):
        return len(self.rows)

    def refresh(self):
        """Searches what is new."""
        if not self.weights or not self.weights.is_file():
            return
        learned = self.weights.stat().st_mtime_ns
        if self.learned is None or (learned != self.learned and time.monotonic() - self.searched >= AGAIN):
            training.load(self.net, "detector", self.weights)
            self.learned = learned
            self._forget()
        for first in range(self.done, self.empty.count, 250):
            self._search(torch.arange(first, min(first + 250, self.empty.count), device=self.empty.device))
        self.done = self.empty.count

    @torch.no_grad()
    def _search(self, rows):
        pictures = detector_batch.windows(self.empty, rows, self.size, None, False).pictures
        _, middle, side = detector_batch.best(self.net(nets.normalised(pictures)).float(), EACH)
        scale = self.empty.header.size / self.size
        self.rows = torch.cat([self.rows, rows.repeat_interleave(EACH)])
        self.middle = torch.cat([self.middle, middle.flatten(0, 1) * scale - 0.5])
        self.side = torch.cat([self.side, side.flatten() * scale])

    def sample(self, count, generator):
        """`count` of them: rows, middles, sides."""
        chosen = torch.randint(len(self), (count,), generator=generator, device=self.rows.device)
        return self.rows[chosen], self.middle[chosen], self.side[chosen]
