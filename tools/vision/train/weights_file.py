# SPDX-License-Identifier: MIT
"""A file of weights as export.py writes it, to go on from: what is shipped can be taught further by anyone."""

import itertools

import numpy as np
import torch
from torch import nn


def _layer(words):
    """Name, shape of the weights, from a line of the file's head."""
    kind, name, *numbers = words
    if kind == "dense":
        inputs, outputs = map(int, numbers)
        return name, (outputs, inputs)
    inputs, outputs, kernel, *_, groups = map(int, numbers)
    return name, (outputs, inputs // groups, kernel, kernel)


def read(path):
    """{layer's name: (weight, bias)}, batch norms folded in; docs/vision/training.md describes the file."""
    data = path.read_bytes()
    head, end, body = data.partition(b"\nend\n")
    if not data.startswith(b"vitrine-net 1\n") or not end:
        raise SystemExit(f"{path} is no file of weights that export.py wrote")
    layers, at = {}, 0
    for line in head.decode("ascii").splitlines()[3:]:
        name, shape = _layer(line.split())
        count, outputs = int(np.prod(shape)), shape[0]
        if at + count + 8 * outputs + 4 > len(body):
            raise SystemExit(f"{path} is cut off in layer {name}")
        values = np.frombuffer(body, np.int8, count, at).reshape(shape)
        scale, bias = np.frombuffer(body, "<f4", 2 * outputs, at + count).reshape(2, outputs)
        layers[name] = (torch.from_numpy(values * scale.reshape(-1, *[1] * (len(shape) - 1))), torch.from_numpy(bias.copy()))
        at += count + 8 * outputs
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
