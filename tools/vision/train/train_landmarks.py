#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the landmark net on shards of the framings crop and empty; docs/vision/training.md."""

import torch

import ahead
import curves
import evaluate
import landmark_batch
import nets
import training
from augment import cosine_rate
from mistaken import Mistaken
from pool import Pool, region


def mean_face(pool):
    points = pool.point[:pool.count, 0]
    middle, side = region(points)
    return ((points - middle[:, None]) / (side[:, None, None] / 2)).mean(0)


def batch_maker(pool, empty, mistaken, recipe, seed):
    """Yields (pictures, faces, pictures in the pool) for ever; takes shards that are drawn meanwhile."""
    def make():
        generator = torch.Generator(pool.device).manual_seed(seed)
        refresh = training.Refresh((pool, empty))
        while True:
            refresh()
            mistaken.refresh()
            rows = pool.sample_more_of_dark(recipe["batch"], recipe["dark"], generator)
            faces = landmark_batch.augmented_crops(pool, rows, recipe["size"], generator)
            none = landmark_batch.background_crops(empty, mistaken, pool, recipe["backgrounds"], recipe["size"], generator)
            pictures = nets.normalised(torch.cat([faces.pictures, none]))
            yield pictures.contiguous(memory_format=torch.channels_last), faces, pool.count
    return make


def step(net, pictures, faces, groups, weight, optim, device):
    with training.precision(device):
        out = net(pictures)
    out = {name: value.float() for name, value in out.items()}
    loss = landmark_batch.loss(out, faces, len(faces.points), groups, weight)
    optim.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
    optim.step()
    return loss.detach()


def new_net(pool, recipe, start, pictures):
    net = nets.LandmarkNet(recipe["size"], pool.header.points, recipe["width"], recipe["hidden"]).to(pool.device)
    net.start_from_mean(mean_face(pool))
    if start:
        training.start_from(net, "landmarks", start, pictures)
    return net.to(memory_format=torch.channels_last).train()


def train(chosen):
    recipe, seed = chosen.recipe["landmarks"], chosen.recipe["seed"]
    device = training.device_of_choice()
    ahead.prepare(device)
    torch.manual_seed(seed)
    pool = Pool(chosen.data, "crop", recipe["capacity"], device)
    empty = Pool(chosen.data, "empty", recipe["capacity"] // 8, device)
    held_out = Pool(chosen.data, "held_crop", chosen.recipe["held_out"]["crop"], device)
    training.wait_for((pool, empty, held_out), min(recipe["first"], 50 if chosen.samples else recipe["first"]))
    mistaken = Mistaken(empty, chosen.recipe["detector"], chosen.detector)
    made = ahead.batches(batch_maker(pool, empty, mistaken, recipe, seed), device)
    net = new_net(pool, recipe, chosen.start, next(made)[0])
    mean, optim = training.Averaged(net), training.optimiser(net, recipe["rate"])
    weight = landmark_batch.point_weights(pool.header.groups, pool.header.points, device)
    run, refresh = training.Run(chosen, "landmarks"), training.Refresh((held_out,))
    for pictures, faces, drawn in made:
        if run.share() >= 1:
            break
        for group in optim.param_groups:
            group["lr"] = cosine_rate(run.share(), recipe["rate"])
        run.losses.append(step(net, pictures, faces, pool.header.groups, weight, optim, device))
        mean.follow(net)
        run.samples += recipe["batch"]
        refresh()
        if run.time_to_validate():
            run.note(pictures=drawn, **evaluate.brief(mean.net, held_out, recipe["size"]))
            training.save(mean.net, chosen.out / "landmarks.pt")
    held_out.refresh()
    run.note(pictures=drawn, **evaluate.brief(mean.net, held_out, recipe["size"]))
    training.save(mean.net, chosen.out / "landmarks.pt")
    curves.write(chosen.out / "landmarks_curve.svg", run.record, ("all", "frontal", "lips_lids"), "% of eye distance")
    report = evaluate.landmarks(mean.net, held_out, recipe["size"])
    evaluate.write(chosen.out / "landmarks_alone_report", report)


if __name__ == "__main__":
    train(training.options(__doc__.splitlines()[0], ("--detector", "weights of the detector, to show its mistakes; may come later")))
