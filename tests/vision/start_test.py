#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Training that goes on from weights: as trained, as shipped, of a smaller net, of files that are none."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import support

support.need_modules("numpy", "torch")
import torch  # noqa: E402

import nets  # noqa: E402
import parts  # noqa: E402
import rounding  # noqa: E402
import training  # noqa: E402
import weights_file  # noqa: E402

MODELS = support.ROOT / "assets/models"
RECIPES = json.loads(training.RECIPE.read_text())


def new_net(kind):
    """As shipped, untaught, and its recipe."""
    if kind in parts.PARTS:
        return parts.new_net(parts.PARTS[kind], RECIPES["parts"]), RECIPES["parts"]
    recipe = RECIPES[kind]
    if kind == "detector":
        return nets.Detector(recipe["width"]), recipe
    return nets.LandmarkNet(recipe["size"], 137, recipe["width"], recipe["hidden"]), recipe


def said(net, pictures):
    """All that it says of them, in one list."""
    with torch.no_grad():
        out = net(pictures)
    return [out] if isinstance(out, torch.Tensor) else [out[name] for name in sorted(out)]


class StartTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def check_alike(self, some, others):
        for a, b in zip(some, others, strict=True):
            self.assertLess((a - b).abs().max(), 2e-3 * max(1, b.abs().max()))

    def test_a_shipped_net_goes_on_from_all_that_it_says(self):
        for kind in ("detector", "landmarks", "lips", "eye"):
            with self.subTest(kind):
                shipped, recipe = new_net(kind)
                training.load(shipped.eval(), kind, MODELS / f"{kind}.net")
                pictures = torch.randn(32, 3, recipe["size"], recipe["size"], generator=torch.Generator().manual_seed(3))
                taught = new_net(kind)[0].train()
                training.start_from(taught, kind, MODELS / f"{kind}.net", pictures)
                self.assertTrue(taught.training)
                expected = said(shipped, pictures)
                self.check_alike(said(taught.eval(), pictures), expected)
                before = weights_file.read(MODELS / f"{kind}.net", kind)
                for name, layer in rounding.weighted(rounding.folded(taught)):
                    self.assertLess((layer.weight - before[name][0]).abs().max(), 1e-4 * layer.weight.abs().max(), name)
                self.check_alike(said(taught.train(), pictures), expected)

    def test_a_file_of_weights_that_is_none_or_damaged_is_refused(self):
        data = (MODELS / "eye.net").read_bytes()
        middle = len(data) // 2
        for wrong, words in ((b"", "is no file of weights"), (b"PK" + data, "is no file of weights"), (data[:100], "is no file of weights"),
                             (data.replace(b"conv", b"c nv", 1), "is no file of weights"), (data[:-9000], "is cut off in layer"),
                             (data + b"more", "is damaged"), (data[:-1], "is cut off|is damaged"),
                             (data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1:], "is damaged")):
            path = self.folder / "bad.net"
            path.write_bytes(wrong)
            with self.assertRaisesRegex(SystemExit, words):
                weights_file.read(path, "eye")

    def test_weights_of_another_net_are_refused(self):
        with self.assertRaisesRegex(SystemExit, "lips.net holds the net of lips, not of landmarks"):
            training.start_from(new_net("landmarks")[0], "landmarks", MODELS / "lips.net")
        torch.save({"something.weight": torch.zeros(3)}, self.folder / "other.pt")
        with self.assertRaisesRegex(SystemExit, "other.pt has nothing that fits the net of eye"):
            training.start_from(new_net("eye")[0], "eye", self.folder / "other.pt")
        half = {name: tensor for name, tensor in new_net("eye")[0].state_dict().items() if not name.startswith("outputs")}
        torch.save(half, self.folder / "half.pt")
        with self.assertRaisesRegex(SystemExit, "half.pt lacks outputs.weight of the net of eye"):
            training.load(new_net("eye")[0], "eye", self.folder / "half.pt")

    def run_tool(self, program, *options):
        return subprocess.run([sys.executable, "-B", support.TOOLS / "train" / program, *options], capture_output=True, text=True, timeout=600)

    def check_refused(self, words, program, *options):
        result = self.run_tool(program, *options)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn(words, result.stderr)
        self.assertNotIn("Traceback", result.stderr)

    def test_a_training_without_pictures_or_recipe_ends_at_once(self):
        bad = self.folder / "bad.json"
        for recipe, words in (("[]", '"seed"'), ("{", "Expecting"), (json.dumps({**RECIPES, "parts": 3}), '"parts"'),
                              (json.dumps({**RECIPES, "parts": {**RECIPES["parts"], "rate": "fast"}}), '"rate" of "parts"')):
            bad.write_text(recipe)
            with self.assertRaisesRegex(SystemExit, f"bad.json is no recipe.*{words}"):
                training.recipe_of(bad)
        for program in ("train_landmarks.py", "train_parts.py", "train_detector.py"):
            self.check_refused("none is no folder of pictures", program, "--data", self.folder / "none", "--out", self.folder / "out")
            self.check_refused("bad.json is no recipe", program, "--data", self.folder, "--out", self.folder / "out", "--recipe", bad)
        missing = ("--recipe", self.folder / "none.json")
        self.check_refused("none.json cannot be read", "train_landmarks.py", "--data", self.folder, "--out", self.folder / "out", *missing)
        self.assertFalse((self.folder / "out").exists())

    def test_an_export_of_what_is_none_or_to_nowhere_is_refused(self):
        good, bad, out = self.folder / "eye.pt", self.folder / "bad.pt", self.folder / "eye.net"
        torch.save(new_net("eye")[0].state_dict(), good)
        self.check_refused("none.pt cannot be read: No such file", "export.py", "eye", self.folder / "none.pt", out)
        for data in (b"", b"words", good.read_bytes()[:-500]):
            bad.write_bytes(data)
            self.check_refused("bad.pt is no file of weights", "export.py", "eye", bad, out)
        self.check_refused("another net of lips than the recipe", "export.py", "lips", good, out)
        self.check_refused("none/eye.net cannot be written: No such file", "export.py", "eye", good, self.folder / "none/eye.net")
        self.check_refused("has no pictures held_crop*.faces", "export.py", "eye", good, out, "--data", self.folder)

    def test_a_length_that_is_none_ends_training_before_anything_is_drawn(self):
        for seconds in ("abc", "0", "-1", "60x", "1e3"):
            result = subprocess.run(["bash", support.TOOLS / "train/run.sh", "none.head", self.folder / "out", seconds],
                                    capture_output=True, text=True)
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn(f'SECONDS must be a number of at least 1, not "{seconds}"', result.stderr)
            self.assertFalse((self.folder / "out").exists())

    def test_weights_as_trained_come_before_shipped_ones_and_none_are_missed(self):
        with self.assertRaisesRegex(SystemExit, "has neither lips.pt nor lips.net"):
            training.weights_in(self.folder, "lips")
        for name in ("lips.net", "lips.pt"):
            (self.folder / name).write_bytes(b"")
            self.assertEqual(training.weights_in(self.folder, "lips").name, name)

    def grow(self, small, large, kind):
        torch.save(small.state_dict(), self.folder / "small.pt")
        training.start_from(large, kind, self.folder / "small.pt")

    def test_a_net_that_grows_says_what_the_smaller_one_said(self):
        torch.manual_seed(1)
        small, large = nets.PartNet(48, 31, 3, 4, 16).eval(), nets.PartNet(48, 31, 3, 6, 24).eval()
        self.grow(small, large, "eye")
        x = torch.randn(4, 3, 48, 48)
        with torch.no_grad():
            self.assertTrue(torch.allclose(large(x)["points"], small(x)["points"], atol=1e-5))
        self.assertGreater(large.body[0].weight[4:].abs().min(), 0)

    def test_a_landmark_net_grows_but_for_what_has_no_corner(self):
        torch.manual_seed(1)
        small = nets.LandmarkNet(96, 137, 4, 32).eval()
        for size, width in ((96, 6), (64, 4)):
            large = nets.LandmarkNet(size, 137, width, 48).eval()
            fresh = {name: tensor.clone() for name, tensor in large.state_dict().items()}
            self.grow(small, large, "landmarks")
            kept = {name for name, tensor in large.state_dict().items() if torch.equal(tensor, fresh[name])}
            untouched = {"mask.weight"} if width > 4 else {"hidden.0.weight"}
            self.assertLessEqual(untouched, kept)
            self.assertNotIn("early.0.weight", kept)
            if size == 96:
                x = torch.randn(2, 3, 96, 96)
                with torch.no_grad():
                    self.assertTrue(torch.allclose(large(x)["points"], small(x)["points"], atol=1e-5))


if __name__ == "__main__":
    unittest.main()
