#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the layers that see landmarks and pose once more, after all other nets; docs/vision/training.md.

  tools/vision/train/train_correction.py --data FOLDER --start landmarks.pt --parts FOLDER --out FOLDER

Writes landmarks.pt with those layers; the others stay as they are.
"""

import argparse
import pathlib

import torch
from torch.nn import functional

import augment
import correction
import evaluate
import nets
import parts
import rounding
import training
from augment import cosine_rate
from landmark_batch import FOLLOWED_ROUGH
from pool import Pool

BATCH, RATE, DECAY = 512, 0.003, 0.05
POSE = 0.3  # of the loss, a radian against half a side of the region
MOST_FACES = 66000
# How rough the squares are that each face is looked at in: mostly a followed face's, and a first guess.
LOOKS = (FOLLOWED_ROUGH, FOLLOWED_ROUGH, 1)


def lessons(net, part_nets, pool, size, generator):
    """What the layers see of every face and what is wrong with it, of several looks, and of each mirrored."""
    mirror = torch.as_tensor(pool.header.mirror, device=pool.device)
    groups = correction.mirrored_groups(list(pool.header.groups))
    seen, wrong = [], []
    for rough in LOOKS:
        for points, pose, spread, batch in evaluate.answers(net, pool, size, part_nets, generator, rough):
            found, true = (points, pose), (batch.points, batch.pose)
            seen.append(correction.seen(*found, spread))
            wrong.append(correction.wrong(*found, *true))
            found, true = (augment.turned_over(*each, mirror) for each in (found, true))
            seen.append(correction.seen(*found, spread[:, groups]))
            wrong.append(correction.wrong(*found, *true))
    return torch.cat(seen), torch.cat(wrong)


def in_use(weight, layer):
    """The weight as it is shipped, a whole number of steps; gradients pass as if it were not. Landmarks of one head are so
    much alike that weights nearly cancel, and what rounding does to them must be learned with them."""
    values, scale = rounding.in_steps(weight, rounding.steps(layer))
    return weight + (values * scale[:, None] - weight).detach()


def said(layers, seen, mean, spread):
    """What the layers will say, of what differs from the mean by how much it usually does."""
    first, bend, last = layers
    inner = functional.linear(seen - mean, in_use(first.weight / spread, first), first.bias)
    return functional.linear(bend(inner), in_use(last.weight, last), last.bias)


def with_spread_taken_in(layers, mean, spread):
    """Layers that were taught by said() see what differs from nothing."""
    first = layers[0]
    first.weight.data /= spread
    first.bias.data -= in_use(first.weight.data, first) @ mean


def loss_of(off):
    """The mean distance of landmarks, and of the pose."""
    places = off[:, :-3].reshape(len(off), -1, 2)
    return (places.pow(2).sum(2) + 1e-6).sqrt().mean() + POSE * off[:, -3:].abs().mean()


def learn(layers, seen, wrong, steps, generator):
    mean, spread = seen.mean(0), seen.std(0) + 0.01
    optim = torch.optim.AdamW(layers.parameters(), lr=RATE, weight_decay=DECAY)
    for done in range(steps):
        for group in optim.param_groups:
            group["lr"] = cosine_rate(done / steps, RATE)
        rows = torch.randint(len(seen), (BATCH,), generator=generator, device=seen.device)
        loss = loss_of(said(layers, seen[rows], mean, spread) - wrong[rows])
        optim.zero_grad()
        loss.backward()
        optim.step()
    with_spread_taken_in(layers, mean, spread)


def begin(layers):
    """From nothing known: what is said at first is that nothing is wrong."""
    layers[0].reset_parameters()
    layers[2].weight.data.zero_()
    layers[2].bias.data.zero_()


def train(chosen):
    recipes = chosen.recipe
    recipe, steps, device = recipes["landmarks"], recipes["correction"]["steps"], training.device_of_choice()
    torch.manual_seed(recipes["seed"])
    generator = torch.Generator(device).manual_seed(recipes["seed"])
    pool = Pool(chosen.data, "crop", min(recipe["capacity"], MOST_FACES), device)
    held_out = Pool(chosen.data, "held_crop", recipes["held_out"]["crop"], device)
    training.wait_for((pool, held_out), 50)
    net = nets.LandmarkNet(recipe["size"], pool.header.points, recipe["width"], recipe["hidden"]).to(device)
    training.load(net, "landmarks", chosen.start)
    net.eval()
    shipped = {name: rounding.shipped(each) for name, each in parts.load(chosen.parts, recipes["parts"], device).items()}
    run = training.Run(chosen, "correction")
    seen, wrong = lessons(rounding.shipped(net), shipped, pool, recipe["size"], generator)
    run.samples = len(seen)
    begin(net.correction)
    learn(net.correction, seen, wrong, steps, generator)
    run.note(**evaluate.brief(rounding.shipped(net), held_out, recipe["size"], shipped))
    training.save(net, chosen.out / "landmarks.pt")


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, type=pathlib.Path, help="folder of shards")
    parser.add_argument("--start", required=True, type=pathlib.Path, help="landmarks.pt")
    parser.add_argument("--parts", required=True, type=pathlib.Path, help="folder of lips.pt and eye.pt")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="folder for weights and record")
    parser.add_argument("--recipe", type=pathlib.Path, default=training.RECIPE)
    return training.chosen_of(parser)


if __name__ == "__main__":
    train(options())
