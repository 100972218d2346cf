#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Figures of a landmark net on pictures it never saw: by part, pose, tone, light and what is worn or held.

  tools/vision/train/evaluate.py --data FOLDER --weights landmarks.pt --parts FOLDER --rounded --out REPORT
  tools/vision/train/evaluate.py --data FOLDER --weights assets/models/landmarks.net --parts assets/models --rounded --out REPORT

An error is the mean distance of landmarks, % of the distance of the eyes' outer corners (of faces turned away: of at
least a third of the region). Writes REPORT.json and REPORT.md.
"""

import argparse
import json
import math
import pathlib

import torch

import augment
import correction
import landmark_batch
import nets
import parts
import rounding
import training
from pool import Pool

INNER = [*range(0, 92), *range(116, 137)]
LIPS_LIDS = [*range(0, 72)]


def looked_closer(points, roll, maps, pictures, size, part_nets):
    """Landmarks in half crops after the nets of the parts have looked at theirs. `roll`: of the heads in the pictures."""
    closer = parts.refined(augment.from_crop(points, maps, size), roll, pictures, part_nets)
    return augment.to_crop(closer, maps, size)


@torch.no_grad()
def answers(net, pool, size, part_nets, generator, rough):
    """Yields for some faces at a time landmarks, pose and log spread as the nets, and those of the parts, say them before
    any correction, and the batch with the truth. `rough`: crops()."""
    net.eval()
    for rows in torch.arange(pool.count, device=pool.device).split(250):
        batch = landmark_batch.crops(pool, rows, size, generator, rough)
        out = net(nets.normalised(batch.pictures))
        points, pose, spread = out["points"].float(), out["pose"].float(), out["log_spread"].float()
        if part_nets:
            roll = pose[:, 2] - batch.turn
            points = looked_closer(points, roll, batch.maps, pool.rgb[rows].float() / 255, size, part_nets)
        yield points, pose, spread, batch


@torch.no_grad()
def errors(net, pool, size, part_nets=None, rough=0):
    """(N, P) errors in % and (N, 3) of the pose in degrees, of all faces of the pool."""
    points, poses = [], []
    generator = torch.Generator(pool.device).manual_seed(0)
    for found, pose, spread, batch in answers(net, pool, size, part_nets, generator, rough):
        if part_nets:
            found, pose = correction.corrected(net, found, pose, spread)
        eyes = (batch.points[:, 40] - batch.points[:, 56]).norm(dim=1).clamp(min=0.35)
        points.append(100 * (found - batch.points).norm(dim=2) / eyes[:, None])
        poses.append((pose - batch.pose).abs() * (180 / math.pi))
    return torch.cat(points), torch.cat(poses)


@torch.no_grad()
def closer_alone(part_nets, pool, rows=500):
    """Frontal errors in % of the parts' landmarks in squares that lie where they should, of the first faces."""
    count = min(rows, pool.count)
    truth = pool.point[:count, 0]
    found = parts.refined(truth, pool.pose[:count, 0, 2], pool.rgb[:count].float() / 255, part_nets)
    eyes = (truth[:, 40] - truth[:, 56]).norm(dim=1)
    error = (100 * (found - truth).norm(dim=2) / eyes[:, None])[frontal(pool)[:count]]
    return {name: mean(error[:, torch.cat(parts.PARTS[name].sides)]) for name in part_nets}


def mean(values):
    return round(values.mean().item(), 3) if values.numel() else None


def frontal(pool):
    return pool.pose[:pool.count, 0, 0].abs() < math.radians(30)


def brief(net, pool, size, part_nets=None):
    return figures_of(*errors(net, pool, size, part_nets), frontal(pool))


def figures_of(error, pose, is_frontal):
    ahead = error[is_frontal]
    return {"all": mean(error[:, INNER]), "frontal": mean(ahead[:, INNER]), "lips_lids": mean(ahead[:, LIPS_LIDS]),
            "pose": mean(pose[:, :2])}


def landmarks(net, pool, size, part_nets=None, rough=0):
    """Everything: {"figures": {...}, "by": {what: {name: [error, faces]}}}."""
    error, pose = errors(net, pool, size, part_nets, rough)
    count, header, ahead = pool.count, pool.header, frontal(pool)
    inner = error[:, INNER].mean(1)
    by = {"part (frontal)": {name: (error[ahead][:, part].mean(1)) for name, part in header.groups.items()}}
    by["tone"] = {str(t + 1): inner[pool.tone[:count, 0] == t] for t in range(10)}
    by["third of the tones"] = {name: inner[(pool.tone[:count, 0] >= a) & (pool.tone[:count, 0] < b)]
                                for name, a, b in (("1-3", 0, 3), ("4-7", 3, 7), ("8-10", 7, 10))}
    by["light"] = {name: inner[pool.light[:count, 0] == i] for i, name in enumerate(header.lights)}
    flags = pool.flags[:count, 0]
    by["worn or held"] = {name: inner[(flags >> i) & 1 == 1] for i, name in enumerate(header.flags)}
    by["worn or held"]["nothing of these"] = inner[flags == 0]
    yaw = pool.pose[:count, 0, 0].abs() * (180 / math.pi)
    by["yaw"] = {f"{a}-{a + 15}": inner[(yaw >= a) & (yaw < a + 15)] for a in (0, 15, 30, 45)}
    seen = pool.seen[:count, 0] == 1
    of_seen = lambda faces, part: mean(error[faces][:, part][seen[faces][:, part]])  # noqa: E731
    figures = {**figures_of(error, pose, ahead), "seen landmarks, all poses": of_seen(slice(None), INNER),
               "seen landmarks, frontal": of_seen(ahead, INNER), "seen lips and lids, frontal": of_seen(ahead, LIPS_LIDS),
               "median of faces, frontal": round(inner[ahead].median().item(), 3),
               "yaw, degrees": mean(pose[:, 0]), "pitch, degrees": mean(pose[:, 1]), "roll, degrees": mean(pose[:, 2])}
    return {"figures": figures,
            "by": {what: {name: [mean(v), int(v.numel())] for name, v in named.items()} for what, named in by.items()}}


def write(path, report):
    path = pathlib.Path(path)
    path.with_suffix(".json").write_text(json.dumps(report, indent=1))
    lines = ["| Figure | |", "|---|---|"] + [f"| {name} | {value} |" for name, value in report["figures"].items()]
    for what, named in report.get("by", {}).items():
        lines += ["", f"| {what} | error, % | faces |", "|---|---|---|"]
        lines += [f"| {name} | {error} | {faces} |" for name, (error, faces) in named.items()]
    path.with_suffix(".md").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--prefix", default="held_crop")
    parser.add_argument("--weights", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--parts", type=pathlib.Path, help="folder of the weights of lips and eye")
    parser.add_argument("--rough", type=float, default=0, help="how far off the squares are: 1, a first guess; 0.25, followed")
    parser.add_argument("--rounded", action="store_true", help="weights as export.py rounds them")
    parser.add_argument("--recipe", type=pathlib.Path, default=training.RECIPE)
    chosen = parser.parse_args()
    chosen.out.parent.mkdir(parents=True, exist_ok=True)  # told now if it cannot be, not after minutes
    recipes = training.recipe_of(chosen.recipe)
    recipe = recipes["landmarks"]
    device = training.device_of_choice()
    pool = Pool(chosen.data, chosen.prefix, 20000, device).filled()
    net = nets.LandmarkNet(recipe["size"], pool.header.points, recipe["width"], recipe["hidden"]).to(device)
    training.load(net, "landmarks", chosen.weights)
    part_nets = parts.load(chosen.parts, recipes["parts"], device) if chosen.parts else None
    if chosen.rounded:
        net, part_nets = rounding.shipped(net), {name: rounding.shipped(each) for name, each in (part_nets or {}).items()}
    write(chosen.out, landmarks(net, pool, recipe["size"], part_nets, chosen.rough))


if __name__ == "__main__":
    main()
