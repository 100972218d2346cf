# SPDX-License-Identifier: MIT
"""Batches made ahead in a process of their own: on a CPU one core cuts and colours while another learns.

They cross in a few blocks of memory that both processes share for good: a new mapping a batch costs a page fault
each 4 kB, which was a quarter of a step.
"""

import io
import mmap
import os
import pickle
from queue import Empty

import torch
from torch import multiprocessing

BLOCKS, BLOCK = 3, 256 << 20  # bytes; pages that no batch reaches cost nothing
LOOK = 5  # seconds between two questions whether the other process is still there


class _Pickler(pickle.Pickler):
    """Tensors as arrays, whose bytes go beside the pickle."""

    def reducer_override(self, value):
        if not isinstance(value, torch.Tensor):
            return NotImplemented
        if value.dim() == 4 and value.is_contiguous(memory_format=torch.channels_last):
            return _channels_last, (value.permute(0, 2, 3, 1).numpy(),)
        return torch.from_numpy, (value.contiguous().numpy(),)


def _channels_last(array):
    return torch.from_numpy(array).permute(0, 3, 1, 2)


def _write(batch, block):
    """The pickle of `batch` and where in `block` its arrays lie."""
    spans, end = [], 0

    def put(buffer):
        nonlocal end
        raw = buffer.raw()
        if end + len(raw) > len(block):
            raise SystemExit(f"a batch of over {len(block) >> 20} MiB: make the recipe's batch smaller")
        block[end:end + len(raw)] = raw
        spans.append((end, len(raw)))
        end += -(-len(raw) // 64) * 64

    text = io.BytesIO()
    _Pickler(text, protocol=5, buffer_callback=put).dump(batch)
    return text.getvalue(), spans


def _read(text, spans, block):
    """The batch, copied out of `block`."""
    return pickle.loads(text, buffers=[bytearray(block[a:a + n]) for a, n in spans])


def _make(make, blocks, free, full, parent):
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    for batch in make():
        index = _next(free, lambda: os.getppid() == parent)
        if index is None:  # the training was killed
            return
        full.put((index, *_write(batch, blocks[index])))


def _next(queue, other_lives):
    """What comes next, or None when nobody is left who could send it."""
    while True:
        try:
            return queue.get(timeout=LOOK)
        except Empty:
            if not other_lives():
                return None


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
    blocks = [memoryview(mmap.mmap(-1, BLOCK)) for _ in range(BLOCKS)]
    free, full = context.Queue(), context.Queue()
    for index in range(BLOCKS):
        free.put(index)
    worker = context.Process(target=_make, args=(make, blocks, free, full, os.getpid()), daemon=True)
    worker.start()
    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
    try:
        while True:
            made = _next(full, worker.is_alive)
            if made is None:
                raise RuntimeError("the process that makes batches has ended; it says why above")
            index, text, spans = made
            batch = _read(text, spans, blocks[index])
            free.put(index)
            yield batch
    finally:
        worker.terminate()
        worker.join()
