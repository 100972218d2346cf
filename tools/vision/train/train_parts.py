#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the nets of lips and eyes on shards of the framing crop; docs/vision/training.md."""

import torch

import ahead
import curves
import evaluate
import parts
import training
from augment import cosine_rate
from pool import Pool


def batch_maker(pool, recipe, seed):
    """Yields {part: (pictures, landmarks, seen)} for ever."""
    def make():
        generator = torch.Generator(pool.device).manual_seed(seed)
        refresh = training.Refresh((pool,))
        while True:
            refresh()
            yield {name: batch(pool, part, recipe, generator) for name, part in parts.PARTS.items()}
    return make


def batch(pool, part, recipe, generator):
    sides = range(len(part.sides))
    made = [parts.crops(pool, pool.sample_more_of_dark(recipe["batch"] // len(sides), recipe["dark"], generator), part, i,
                        recipe["size"], generator) for i in sides]
    pictures, points, seen = (torch.cat(values) for values in zip(*made))
    return pictures.contiguous(memory_format=torch.channels_last), points, seen


class Learner:
    """One part's net with all that its training needs."""

    def __init__(self, name, first, recipe, device, start):
        self.part = parts.PARTS[name]
        self.net = parts.new_net(self.part, recipe).to(device)
        self.net.start_from_mean(first[1].mean(0))
        if start:
            training.start_from(self.net, name, training.weights_in(start, name), first[0])
        self.net = self.net.to(memory_format=torch.channels_last).train()
        self.mean, self.optim = training.Averaged(self.net), training.optimiser(self.net, recipe["rate"])

    def step(self, pictures, points, seen, rate, device):
        for group in self.optim.param_groups:
            group["lr"] = rate
        with training.precision(device):
            out = self.net(pictures)
        loss = parts.loss({name: value.float() for name, value in out.items()}, points, seen, self.part)
        self.optim.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optim.step()
        self.mean.follow(self.net)
        return loss.detach()


def train(chosen):
    recipe, seed = chosen.recipe["parts"], chosen.recipe["seed"]
    device = training.device_of_choice()
    ahead.prepare(device)
    torch.manual_seed(seed)
    pool = Pool(chosen.data, "crop", recipe["capacity"], device)
    held_out = Pool(chosen.data, "held_crop", chosen.recipe["held_out"]["crop"], device)
    training.wait_for((pool, held_out), min(recipe["first"], 50 if chosen.samples else recipe["first"]))
    learners, run = {}, training.Run(chosen, "parts")
    for made in ahead.batches(batch_maker(pool, recipe, seed), device):
        if not learners:
            learners = {name: Learner(name, made[name], recipe, device, chosen.start) for name in made}
        if run.share() >= 1:
            break
        rate = cosine_rate(run.share(), recipe["rate"])
        run.losses.append(torch.stack([learners[name].step(*made[name], rate, device) for name in made]))
        run.samples += recipe["batch"]
        if run.time_to_validate():
            save(learners, run, held_out, chosen.out)
    held_out.refresh()
    save(learners, run, held_out, chosen.out)
    curves.write(chosen.out / "parts_curve.svg", run.record, tuple(parts.PARTS), "% of eye distance, frontal")


def save(learners, run, held_out, out):
    run.note(**evaluate.closer_alone({name: learner.mean.net for name, learner in learners.items()}, held_out))
    for name, learner in learners.items():
        training.save(learner.mean.net, out / f"{name}.pt")


if __name__ == "__main__":
    train(training.options(__doc__.splitlines()[0]))
