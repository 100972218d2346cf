# SPDX-License-Identifier: MIT
"""Hard negatives: squares of pictures without a face that the detector takes for one before all others."""

import time

import torch

import detector_batch
import nets
import training

EACH = 3  # squares of a picture at most
HARDEST = 0.1  # of all squares, those of the highest score
AGAIN = 10  # times what a search took, until all are searched again if the detector has learned meanwhile
LEAST = 30  # seconds until then


class Mistaken:
    """Squares (their picture's row, middle and side in its pixels) of a pool that may grow, found by weights that may
    come later and change."""

    def __init__(self, empty, recipe, weights):
        self.empty, self.size, self.weights = empty, recipe["size"], weights
        self.net = nets.Detector(recipe["width"]).to(empty.device).eval()
        self.written, self.next = None, 0  # when the weights were, and when to look for newer ones
        self._forget()

    def _forget(self):
        self.done = 0
        of_kind = lambda kind, *shape: torch.empty(0, *shape, dtype=kind, device=self.empty.device)  # noqa: E731
        self.score, self.middle, self.side = of_kind(torch.float), of_kind(torch.float, 2), of_kind(torch.float)
        self.rows, self.hardest = of_kind(torch.long), of_kind(torch.long)

    def refresh(self):
        """Searches what is new."""
        if not self.weights or not self.weights.is_file():
            return
        began, written = time.monotonic(), self.weights.stat().st_mtime_ns
        if self.written is None or (written != self.written and began >= self.next):
            training.load(self.net, "detector", self.weights)
            self.written = written
            self._forget()
        if self.done < self.empty.count:
            self._search(began)

    def _search(self, began):
        is_anew = self.done == 0
        for answer in detector_batch.answers(self.net, self.empty, self.size, self.done):
            self._add(*answer)
        self.done = self.empty.count
        self.hardest = self.score.topk(max(1, int(HARDEST * len(self.score))))[1]
        if is_anew:
            self.next = time.monotonic() + max(LEAST, AGAIN * (time.monotonic() - began))
            print(f"{len(self)} squares of {self.done} pictures without a face are the hardest for {self.weights}", flush=True)

    def _add(self, rows, _, out):
        score, middle, side = detector_batch.best(detector_batch.peaks(out), EACH)
        scale = self.empty.header.size / self.size
        self.score = torch.cat([self.score, score.flatten()])
        self.rows = torch.cat([self.rows, rows.repeat_interleave(EACH)])
        self.middle = torch.cat([self.middle, middle.flatten(0, 1) * scale - 0.5])
        self.side = torch.cat([self.side, side.flatten() * scale])

    def __len__(self):
        return len(self.hardest)

    def sample(self, count, generator):
        """`count` of the hardest: rows, middles, sides."""
        chosen = self.hardest[torch.randint(len(self), (count,), generator=generator, device=self.rows.device)]
        return self.rows[chosen], self.middle[chosen], self.side[chosen]
