# SPDX-License-Identifier: MIT
"""What the trainings share: options, the clock, averaged weights, the record of a run."""

import argparse
import copy
import json
import pathlib
import time

import torch

import weights_file

RECIPE = pathlib.Path(__file__).with_name("recipe.json")


def options(description, *more):
    """`more`: of this training alone, names and meanings of files."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", required=True, type=pathlib.Path, help="folder of shards; may grow")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="folder for weights, record and curve")
    parser.add_argument("--seconds", type=float, default=480, help="length of the run")
    parser.add_argument("--samples", type=int, default=0, help="end after so many samples instead")
    parser.add_argument("--recipe", type=pathlib.Path, default=RECIPE)
    parser.add_argument("--start", type=pathlib.Path, help="weights (.pt, .net) to go on from, of the parts their folder; smaller nets grow")
    parser.add_argument("--validate-every", type=float, default=20, help="seconds")
    for name, meaning in more:
        parser.add_argument(name, type=pathlib.Path, help=meaning)
    return chosen_of(parser)


def chosen_of(parser):
    chosen = parser.parse_args()
    if not chosen.data.is_dir():
        raise SystemExit(f"{chosen.data} is no folder of pictures; vitrine-vision-render draws them (docs/vision/training.md)")
    chosen.recipe = recipe_of(chosen.recipe)
    try:
        chosen.out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SystemExit(f"{chosen.out} cannot be made: {problem.strerror}") from None
    return chosen


def recipe_of(path):
    try:
        recipe = json.loads(path.read_text())
    except OSError as problem:
        raise SystemExit(f"{path} cannot be read: {problem.strerror}") from None
    except ValueError as problem:
        raise SystemExit(f"{path} is no recipe: {problem}; {RECIPE} is one") from None
    lacking = lacking_in(recipe, json.loads(RECIPE.read_text()))
    if lacking:
        raise SystemExit(f"{path} is no recipe: it has no number as {lacking}; {RECIPE} is one")
    return recipe


def lacking_in(recipe, whole):
    """The first number of a whole recipe that one lacks, by its name, or None."""
    for name, value in whole.items():
        part = recipe.get(name) if isinstance(recipe, dict) else None
        if not isinstance(part, dict if isinstance(value, dict) else (int, float)):
            return f'"{name}"'
        inner = lacking_in(part, value) if isinstance(value, dict) else None
        if inner:
            return f'{inner} of "{name}"'
    return None


def device_of_choice():
    if torch.cuda.is_available():
        torch.backends.cudnn.benchmark = True
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
        return torch.device("cuda")
    torch.set_flush_denormal(True)
    return torch.device("cpu")


def has_half_precision(device):
    """A GPU, or a processor that multiplies bfloat16 by itself."""
    cpu = pathlib.Path("/proc/cpuinfo")
    return device.type == "cuda" or (cpu.exists() and "avx512_bf16" in cpu.read_text())


def precision(device):
    """Half the bits where that is faster; sums stay exact enough."""
    return torch.autocast(device_type=device.type, dtype=torch.bfloat16, enabled=has_half_precision(device))


def wait_for(pools, enough, patience=300):
    """Until each pool holds `enough` pictures."""
    began = time.monotonic()
    while True:
        for pool in pools:
            pool.refresh()
        if all(pool.count >= min(enough, pool.capacity) for pool in pools):
            return
        if time.monotonic() - began > patience:
            counts = ", ".join(f"{pool.prefix} {pool.count}" for pool in pools)
            raise SystemExit(f"no {enough} pictures of each kind after {patience} s: {counts}; is the renderer running?")
        time.sleep(0.5)


class Refresh:
    """Called often, takes what was drawn meanwhile: every few seconds and never much at once."""

    def __init__(self, pools, every=2):
        self.pools, self.every, self.last = pools, every, time.monotonic()

    def __call__(self):
        if time.monotonic() - self.last >= self.every:
            for pool in self.pools:
                pool.refresh(8)
            self.last = time.monotonic()


class Averaged:
    """A net whose weights are the running mean of the trained one's: smoother, better, free."""

    def __init__(self, net, keep=0.999):
        self.net, self.keep, self.steps = copy.deepcopy(net).eval(), keep, 0

    @torch.no_grad()
    def follow(self, net):
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 20))
        mine, others = [], []
        for a, b in zip(self.net.state_dict().values(), net.state_dict().values()):
            if a.dtype.is_floating_point:
                mine.append(a)
                others.append(b.to(a.dtype))
            else:
                a.copy_(b)
        torch._foreach_mul_(mine, keep)
        torch._foreach_add_(mine, others, alpha=1 - keep)


def optimiser(net, rate):
    decayed = [p for p in net.parameters() if p.dim() > 1]
    free = [p for p in net.parameters() if p.dim() <= 1]
    return torch.optim.AdamW([{"params": decayed, "weight_decay": 0.01}, {"params": free, "weight_decay": 0}], lr=rate)


def grown(mine, theirs):
    """Fresh weights `mine` with smaller ones as their corner: what those said stays, the new is free to learn."""
    mine = mine.clone()
    if mine.dim() > 1:
        mine[:len(theirs), theirs.shape[1]:] = 0  # what was there hears nothing of the new channels yet
    mine[tuple(slice(n) for n in theirs.shape)] = theirs
    return mine


def fits(name, small, large):
    """Whether a tensor of shape `small` can be the corner of one that is `large`: fewer channels, the same window."""
    if len(small) != len(large) or small[2:] != large[2:]:
        return False
    if name in ("mask.weight", "hidden.0.weight"):  # inputs of two planes, or of cells: those have no corner
        return small[1] == large[1] and small[0] <= large[0]
    return all(a <= b for a, b in zip(small, large))


def weights_in(folder, name):
    """Of a net, as trained where there are such, else as shipped."""
    for path in (folder / f"{name}.pt", folder / f"{name}.net"):
        if path.is_file():
            return path
    raise SystemExit(f"{folder} has neither {name}.pt nor {name}.net")


def save(net, path):
    """For others to read at any time: what is there is whole."""
    part = path.with_suffix(".part")
    torch.save(net.state_dict(), part)
    part.replace(path)


def tensors_of(net, kind, path):
    """Those of a file of weights as trained (.pt) or shipped (.net)."""
    if path.suffix == ".net":
        return weights_file.unfolded(net, weights_file.read(path, kind))
    try:
        tensors = torch.load(path, map_location="cpu", weights_only=True)
        if all(isinstance(tensor, torch.Tensor) for tensor in tensors.values()):
            return tensors
    except OSError as problem:
        raise SystemExit(f"{path} cannot be read: {problem.strerror}") from None
    except Exception:  # a damaged pickle raises whatever its bytes say
        pass
    raise SystemExit(f"{path} is no file of weights that training wrote; train or fetch it again")


def load(net, kind, path):
    """Takes all of the net's weights from `path`, which must have them; counts of batches, which no shipped file has,
    are not used."""
    mine, theirs = net.state_dict(), tensors_of(net, kind, path)
    missing = [name for name in mine if name not in theirs and not name.endswith("num_batches_tracked")]
    if missing:
        raise SystemExit(f"{path} lacks {missing[0]} of the net of {kind}")
    other = [name for name, tensor in mine.items() if name in theirs and theirs[name].shape != tensor.shape]
    if other or not theirs.keys() <= mine.keys():
        raise SystemExit(f"{path} is of another net of {kind} than the recipe describes")
    net.load_state_dict({**mine, **theirs})
    return net


def start_from(net, kind, path, pictures=None):
    """Takes every tensor that fits; says how many. The rest stays as it is: of another size, or new. `pictures`: a
    batch as the net will see them, where it is to be trained."""
    theirs = tensors_of(net, kind, path)
    mine = net.state_dict()
    taken = {name: grown(mine[name], tensor) for name, tensor in theirs.items()
             if name in mine and fits(name, tensor.shape, mine[name].shape)}
    if not taken:
        raise SystemExit(f"{path} has nothing that fits the net of {kind}")
    net.load_state_dict({**mine, **taken})
    if path.suffix == ".net" and pictures is not None:
        weights_file.settle(net, pictures)
    print(f"{len(taken)} of {len(mine)} tensors taken from {path}", flush=True)


class Run:
    """How far a run is, and what it measured on the way."""

    def __init__(self, chosen, name):
        self.chosen, self.name = chosen, name
        self.began = self.validated = time.monotonic()
        self.samples, self.losses, self.record = 0, [], []

    def share(self):
        if self.chosen.samples:
            return self.samples / self.chosen.samples
        return (time.monotonic() - self.began) / self.chosen.seconds

    def time_to_validate(self):
        return time.monotonic() - self.validated >= self.chosen.validate_every

    def note(self, **figures):
        self.validated = time.monotonic()
        mean = float(torch.stack(self.losses).mean()) if self.losses else None
        self.losses = []
        line = {"seconds": round(self.validated - self.began, 1), "samples": self.samples, "loss": mean, **figures}
        self.record.append(line)
        print(self.name, json.dumps(line), flush=True)
        (self.chosen.out / f"{self.name}_curve.json").write_text(json.dumps(self.record, indent=1))
