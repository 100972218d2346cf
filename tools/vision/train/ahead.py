# SPDX-License-Identifier: MIT
"""Batches made ahead in a process of their own: on a CPU one core cuts and colours while another learns."""

import os
from queue import Empty

import torch
from torch import multiprocessing


def _make(make, queue, parent):
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    for batch in make():
        queue.put(batch)
        if os.getppid() != parent:  # the training was killed: nobody reads any more
            return


def _next(queue, worker):
    while True:
        try:
            return queue.get(timeout=5)
        except (Empty, OSError, EOFError):  # no batch yet, or one whose memory went with its maker
            if not worker.is_alive():
                raise RuntimeError("the process that makes batches has ended; it says why above") from None


def prepare(device):
    """Before anything is computed: a process with threads at work cannot be forked."""
    if device.type == "cpu":
        torch.set_num_threads(1)


def batches(make, device):
    """What the generator function `make` yields (tensors): made at once on a GPU, ahead on a CPU."""
    if device.type != "cpu":
        yield from make()
        return
    context = multiprocessing.get_context("fork")
    queue = context.Queue(maxsize=4)
    worker = context.Process(target=_make, args=(make, queue, os.getpid()), daemon=True)
    worker.start()
    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
    try:
        while True:
            yield _next(queue, worker)
    finally:
        worker.terminate()
        worker.join()
