#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the detector on shards of the framings frame and empty; docs/vision/training.md."""

import torch

import curves
import detector_batch
import evaluate
import nets
import training
from augment import cosine_rate
from pool import Pool


@torch.no_grad()
def best_cells(net, pool, size):
    parts = []
    for _, batch, out in detector_batch.answers(net, pool, size):
        score, middle, side = (of[:, 0] for of in detector_batch.best(out))
        face = batch.kind == 1
        away = (batch.middle - middle[:, None]).norm(dim=2) / batch.side
        ratio = (batch.side / side[:, None]).log().abs()
        right = (face & (away < 0.3) & (ratio < 0.4)).any(1)
        parts.append((score, right, face.any(1)))
    return [torch.cat(values) for values in zip(*parts)]


def figures(net, frames, empty, size):
    """Share of pictures with a face whose best cell is a face, by how many empty pictures score as high."""
    net.eval()
    score, right, has_face = best_cells(net, frames, size)
    nothing, _, _ = best_cells(net, empty, size)
    ordered = nothing.sort(descending=True)[0]
    result = {"found": evaluate.mean(right[has_face].float() * 100)}
    for alarms in (1, 10, 20):  # in a thousand empty pictures
        threshold = ordered[min(len(ordered) - 1, len(ordered) * alarms // 1000)]
        result[f"recall at {alarms} in 1000"] = evaluate.mean((right & (score > threshold))[has_face].float() * 100)
    result["missed"] = round(100 - result["recall at 20 in 1000"] + 1e-3, 3)
    result["threshold at 20 in 1000"] = round(ordered[len(ordered) * 20 // 1000].item(), 3)
    return result


def step(net, batch, optim, device):
    with training.precision(device):
        out = net(batch.pictures)
    loss = detector_batch.loss(out.float(), batch)
    optim.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
    optim.step()
    return loss.detach()


def train(chosen):
    recipe, seed = chosen.recipe["detector"], chosen.recipe["seed"]
    device = training.device_of_choice()
    torch.manual_seed(seed)
    generator = torch.Generator(device).manual_seed(seed)
    held = chosen.recipe["held_out"]
    pools = [Pool(chosen.data, "frame", recipe["capacity"], device), Pool(chosen.data, "empty", recipe["capacity"] // 2, device),
             Pool(chosen.data, "held_frame", held["frame"], device), Pool(chosen.data, "held_empty", held["empty"], device)]
    frames, empty, held_frames, held_empty = pools
    training.wait_for(pools, min(recipe["first"], 50 if chosen.samples else recipe["first"]))

    def next_batch():
        batch = detector_batch.training_windows(frames, empty, recipe["batch"], recipe["size"], generator)
        batch.pictures = nets.normalised(batch.pictures).contiguous(memory_format=torch.channels_last)
        return batch

    net = nets.Detector(recipe["width"]).to(device)
    if chosen.start:
        training.start_from(net, "detector", chosen.start, next_batch().pictures)
    net = net.to(memory_format=torch.channels_last).train()
    mean, optim = training.Averaged(net), training.optimiser(net, recipe["rate"])
    run, refresh = training.Run(chosen, "detector"), training.Refresh(pools)
    while run.share() < 1:
        for group in optim.param_groups:
            group["lr"] = cosine_rate(run.share(), recipe["rate"])
        run.losses.append(step(net, next_batch(), optim, device))
        mean.follow(net)
        run.samples += recipe["batch"]
        refresh()
        if run.time_to_validate():
            run.note(pictures=frames.count, **figures(mean.net, held_frames, held_empty, recipe["size"]))
            training.save(mean.net, chosen.out / "detector.pt")
    report = figures(mean.net, held_frames, held_empty, recipe["size"])
    run.note(pictures=frames.count, **report)
    training.save(mean.net, chosen.out / "detector.pt")
    curves.write(chosen.out / "detector_curve.svg", run.record, ("missed",), "% of faces missed at 20 false alarms in 1000")
    evaluate.write(chosen.out / "detector_report", {"figures": report})


if __name__ == "__main__":
    train(training.options(__doc__.splitlines()[0]))
