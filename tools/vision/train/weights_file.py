# SPDX-License-Identifier: MIT
"""A file of weights as export.py writes it, to go on from: what is shipped can be taught further by anyone."""

import itertools
import struct
import zlib

import numpy as np
import torch
from torch import nn

MAGIC = "vitrine-net 1"


def _layer(line):
    """Name and shape of the weights, from a line of the file's head."""
    kind, name, *numbers = line.split()
    if kind == "dense":
        inputs, outputs = map(int, numbers)
        return name, (outputs, inputs)
    inputs, outputs, kernel, *_, groups = map(int, numbers)
    return name, (outputs, inputs // groups, kernel, kernel)


def _head(data, path):
    """(kind, layers, where the arrays begin)."""
    end = data.find(b"\nend\n")
    try:
        magic, kind, size, *lines = data[:max(0, end)].decode("ascii").split("\n")
        if magic != MAGIC or not kind.startswith("kind ") or not size.startswith("size "):
            raise ValueError
        return kind.removeprefix("kind "), [_layer(line) for line in lines], end + len(b"\nend\n")
    except ValueError:
        raise SystemExit(f"{path} is no file of weights that export.py wrote; docs/vision/training.md describes them") from None


def read(path, wanted):
    """{layer's name: (weight, bias)} of a file of the kind `wanted`, batch norms folded in."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise SystemExit(f"{path} cannot be read: {problem.strerror}") from None
    kind, lines, at = _head(data, path)
    if kind != wanted:
        raise SystemExit(f"{path} holds the net of {kind}, not of {wanted}")
    start, layers = at, {}
    for name, shape in lines:
        count, outputs = int(np.prod(shape)), shape[0]
        if at + count + 8 * outputs + 4 > len(data):
            raise SystemExit(f"{path} is cut off in layer {name}: fetch or export it again")
        values = np.frombuffer(data, np.int8, count, at).reshape(shape)
        scale, bias = np.frombuffer(data, "<f4", 2 * outputs, at + count).reshape(2, outputs)
        layers[name] = (torch.from_numpy(values * scale.reshape(-1, *[1] * (len(shape) - 1))), torch.from_numpy(bias.copy()))
        at += count + 8 * outputs
    if struct.unpack_from("<I", data, at)[0] != zlib.crc32(data[start:at]) or at + 4 != len(data):
        raise SystemExit(f"{path} is damaged (its CRC-32 does not fit): fetch or export it again")
    return layers


def unfolded(net, layers):
    """The net's tensors with these weights. Before a batch norm the size of a channel's weights says nothing but how
    fast they learn: it is made 1, whatever folding made of it, and the norm undoes that."""
    tensors = {}
    modules = list(net.named_modules())
    for (name, module), (next_name, after) in itertools.zip_longest(modules, modules[1:], fillvalue=("", None)):
        if name not in layers:
            continue
        weight, bias = layers[name]
        if isinstance(after, (nn.BatchNorm1d, nn.BatchNorm2d)):
            size = weight.flatten(1).norm(dim=1).clamp(min=1e-6)
            weight = weight / size.reshape(-1, *[1] * (weight.dim() - 1))
            tensors.update({f"{next_name}.weight": size, f"{next_name}.bias": bias,
                            f"{next_name}.running_mean": 0 * size, f"{next_name}.running_var": 0 * size + 1 - after.eps})
        else:
            tensors[f"{name}.bias"] = bias
        tensors[f"{name}.weight"] = weight
    return tensors


@torch.no_grad()
def settle(net, pictures):
    """Gives each batch norm the mean and spread of what it sees, without changing what the net says: from folded
    weights it would else see at its first step of training something else than it says it saw."""
    def note(norm, inputs):
        x = inputs[0].float()
        axes = [axis for axis in range(x.dim()) if axis != 1]
        mean, variance = x.mean(axes), x.var(axes, unbiased=False)
        gain = norm.weight / (norm.running_var + norm.eps).sqrt()
        norm.bias += gain * (mean - norm.running_mean)
        norm.weight.copy_(gain * (variance + norm.eps).sqrt())
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)

    norms = [module for module in net.modules() if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d))]
    hooks = [norm.register_forward_pre_hook(note) for norm in norms]
    was = net.training
    net.eval()(pictures)
    net.train(was)
    for hook in hooks:
        hook.remove()
