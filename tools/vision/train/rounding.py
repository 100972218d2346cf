# SPDX-License-Identifier: MIT
"""A trained net as the engine has it: batch norms folded into the layers before them, weights rounded."""

import copy

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval


def folded(module):
    """A copy in which no batch norm is left."""
    module = copy.deepcopy(module).eval()
    for child_name, child in module.named_modules():
        if not isinstance(child, nn.Sequential):
            continue
        layers = list(child)
        for i in range(len(layers) - 1):
            if isinstance(layers[i + 1], (nn.BatchNorm2d, nn.BatchNorm1d)):
                fuse = fuse_conv_bn_eval if isinstance(layers[i], nn.Conv2d) else fuse_linear_bn_eval
                layers[i], layers[i + 1] = fuse(layers[i], layers[i + 1]), nn.Identity()
        for i, layer in enumerate(layers):
            child[i] = layer
    return module


def weighted(module):
    return [(name, layer) for name, layer in module.named_modules() if isinstance(layer, (nn.Conv2d, nn.Linear))]


def steps(layer):
    """To how many a weight is rounded on either side of 0; docs/vision/training.md says what fewer cost."""
    if layer.weight[0].numel() >= 512:
        return 31
    return 127 if isinstance(layer, nn.Linear) else 63


def in_steps(weight, most):
    """Weights as whole numbers up to `most` either way, and their scale by output channel."""
    flat = weight.detach().flatten(1)
    scale = flat.abs().amax(1).clamp(min=1e-9) / most
    return torch.round(flat / scale[:, None]), scale


def rounded(layer):
    """int8 weights, their scale by output channel."""
    values, scale = in_steps(layer.weight, steps(layer))
    return values.to(torch.int8), scale


def with_rounded_weights(module):
    module = copy.deepcopy(module)
    for _, layer in weighted(module):
        values, scale = in_steps(layer.weight, steps(layer))
        layer.weight.data = (values * scale[:, None]).reshape(layer.weight.shape)
    return module


def shipped(net):
    return with_rounded_weights(folded(net))
