#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the layers that see the pose in landmarks, after all other nets; docs/vision/training.md.

  tools/vision/train/train_pose.py --data FOLDER --start landmarks.pt --parts FOLDER --out FOLDER

Writes landmarks.pt with those layers; the others stay as they are.
"""

import argparse
import pathlib

import torch
from torch.nn import functional

import augment
import evaluate
import nets
import parts
import pose_again
import training
from augment import cosine_rate
from pool import Pool

BATCH, STEPS, RATE, DECAY = 512, 40000, 0.003, 0.05
MOST_FACES = 66000


@torch.no_grad()
def answers(net, part_nets, pool, size):
    """What the layers see of every face and by how much the pose is wrong, and of each face mirrored."""
    mirror = torch.as_tensor(pool.header.mirror, device=pool.device)
    seen, wrong = [], []
    for rows in torch.arange(pool.count, device=pool.device).split(250):
        out, batch = evaluate.outputs(net, pool, size, rows)
        pictures, pose = pool.rgb[rows].float() / 255, out["pose"]
        points = evaluate.looked_closer(out["points"], pose[:, 2], batch.maps, pictures, size, part_nets)
        for turned, said, true in ((points, pose, batch.pose),
                                   (*augment.turned_over(points, pose, mirror), augment.pose_turned_over(batch.pose))):
            seen.append(pose_again.seen(turned, said))
            wrong.append(true - said)
    return torch.cat(seen), torch.cat(wrong)


def with_spread_taken_in(layers, mean, spread):
    """Layers that were taught (x - mean) / spread see x."""
    first = layers[0]
    first.weight.data /= spread
    first.bias.data -= first.weight.data @ mean


def learn(layers, seen, wrong, generator):
    mean, spread = seen.mean(0), seen.std(0) + 0.01
    seen = (seen - mean) / spread
    optim = torch.optim.AdamW(layers.parameters(), lr=RATE, weight_decay=DECAY)
    for done in range(STEPS):
        for group in optim.param_groups:
            group["lr"] = cosine_rate(done / STEPS, RATE)
        rows = torch.randint(len(seen), (BATCH,), generator=generator, device=seen.device)
        loss = functional.smooth_l1_loss(layers(seen[rows]), wrong[rows], beta=0.02)
        optim.zero_grad()
        loss.backward()
        optim.step()
    with_spread_taken_in(layers, mean, spread)


def train(chosen):
    recipes = chosen.recipe
    recipe, device = recipes["landmarks"], training.device_of_choice()
    torch.manual_seed(recipes["seed"])
    pool = Pool(chosen.data, "crop", min(recipe["capacity"], MOST_FACES), device)
    held_out = Pool(chosen.data, "held_crop", recipes["held_out"]["crop"], device)
    training.wait_for((pool, held_out), 50)
    net = nets.LandmarkNet(recipe["size"], pool.header.points, recipe["width"], recipe["hidden"]).to(device)
    training.load(net, "landmarks", chosen.start)
    net.eval()
    part_nets = parts.load(chosen.parts, recipes["parts"], device)
    run = training.Run(chosen, "pose")
    seen, wrong = answers(net, part_nets, pool, recipe["size"])
    run.samples = len(seen)
    for layer in net.pose_again[::2]:
        layer.reset_parameters()
    learn(net.pose_again, seen, wrong, torch.Generator(device).manual_seed(recipes["seed"]))
    run.note(**evaluate.brief(net, held_out, recipe["size"], part_nets))
    torch.save(net.state_dict(), chosen.out / "landmarks.pt")


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
