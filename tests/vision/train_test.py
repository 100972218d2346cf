#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The trainer's geometry, targets and export; with a head and the renderer, a training on fifty pictures."""

import json
import multiprocessing
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import types
import unittest
import unittest.mock

import support

support.need_modules("numpy", "torch")
import torch  # noqa: E402

import ahead  # noqa: E402
import augment  # noqa: E402
import card  # noqa: E402
import correction  # noqa: E402
import curves  # noqa: E402
import detector_batch  # noqa: E402
import evaluate  # noqa: E402
import export  # noqa: E402
import nets  # noqa: E402
import parts  # noqa: E402
import rounding  # noqa: E402
import shards  # noqa: E402
import train_correction  # noqa: E402
import training  # noqa: E402

TINY = {"seed": 1,
        "landmarks": {"size": 96, "width": 8, "hidden": 64, "batch": 16, "backgrounds": 4, "dark": 0.2, "rate": 0.003, "capacity": 50, "first": 50},
        "parts": {"size": 48, "width": 4, "hidden": 16, "batch": 16, "dark": 0.2, "rate": 0.003, "capacity": 50, "first": 50},
        "correction": {"steps": 2000},
        "detector": {"size": 128, "width": 4, "batch": 16, "rate": 0.003, "capacity": 50, "first": 50},
        "held_out": {"crop": 50, "frame": 50, "empty": 50, "seed": 9}}


def generator():
    return torch.Generator().manual_seed(3)


class GeometryTest(unittest.TestCase):
    def test_a_landmark_stays_on_its_pixel_when_cropped(self):
        picture = torch.zeros(1, 1, 60, 60)
        picture[0, 0, 22, 35] = 1  # row, column
        maps = augment.affine(torch.tensor([[30.0, 25.0]]), torch.tensor([40.0]), torch.tensor([0.4]), 80)
        out = augment.crop(picture, maps, 80)[0, 0]
        y, x = divmod(int(out.argmax()), 80)
        place = augment.to_crop(torch.tensor([[[35.0, 22.0]]]), maps, 80)[0, 0] * 40 + 39.5
        self.assertLess((place - torch.tensor([x, y])).abs().max(), 1.5)

    def test_mirroring_twice_changes_nothing(self):
        pictures, points, pose = torch.rand(64, 3, 8, 8), torch.rand(64, 4, 2), torch.rand(64, 3)
        mirror = torch.tensor([1, 0, 3, 2])
        once = augment.mirrored(pictures, points, pose, mirror, generator())
        twice = augment.mirrored(*once[:3], mirror, generator())
        self.assertTrue(0 < once[3].sum() < 64)
        for before, after in zip((pictures, points, pose), twice):
            self.assertTrue(torch.allclose(before, after))

    def test_the_rate_rises_and_falls_to_almost_nothing(self):
        rates = [augment.cosine_rate(share, 1.0) for share in (0, 0.02, 0.5, 1)]
        self.assertLess(rates[0], 0.01)
        self.assertGreater(rates[1], 0.9)
        self.assertLess(rates[3], 1e-5)


class DetectorTargetTest(unittest.TestCase):
    def windows(self, kind):
        return detector_batch.Windows(None, torch.tensor([[[50.0, 30.0]]]), torch.tensor([[32.0]]), torch.tensor([[kind]]))

    def test_a_face_is_found_again_where_it_was(self):
        score, place = detector_batch.targets(self.windows(1), 16)
        self.assertEqual(torch.nonzero(score[0] == 1).tolist(), [[3, 6]])
        logits = torch.where(score == 1, 9.0, -9.0)
        found = detector_batch.best(torch.cat([logits[:, None], place], 1))
        self.assertTrue(torch.allclose(found[1], torch.tensor([[50.0, 30.0]]), atol=1e-4))
        self.assertAlmostEqual(found[2].item(), 32, places=3)

    def test_neighbours_and_doubtful_faces_are_not_counted(self):
        score, _ = detector_batch.targets(self.windows(1), 16)
        self.assertEqual(int((score == -1).sum()), 8)
        score, _ = detector_batch.targets(self.windows(2), 16)
        self.assertEqual(int((score == 1).sum()), 0)
        self.assertGreaterEqual(int((score == -1).sum()), 9)

    def test_a_right_answer_costs_less_than_a_wrong_one(self):
        batch = self.windows(1)
        score, place = detector_batch.targets(batch, 16)
        right = torch.cat([torch.where(score == 1, 6.0, -6.0)[:, None], place], 1)
        wrong = torch.cat([torch.where(score == 1, -6.0, 6.0)[:, None], place + 1], 1)
        self.assertLess(detector_batch.loss(right, batch), 0.1)
        self.assertGreater(detector_batch.loss(wrong, batch), 3)


class ExportTest(unittest.TestCase):
    def trained(self, net, shape):
        net.train()
        for _ in range(5):
            net(torch.randn(8, *shape) + 0.3)  # batch norms get means of their own
        return net.eval()

    def test_folding_and_rounding_hardly_change_what_the_net_says(self):
        torch.manual_seed(1)
        for net, shape in ((nets.LandmarkNet(96, 137, 8, 64), (3, 96, 96)), (nets.Detector(4), (3, 64, 64)),
                           (nets.PartNet(48, 31, 3, 4, 16), (3, 48, 48))):
            net = self.trained(net, shape)
            x = torch.randn(4, *shape)
            pick = (lambda out: out) if isinstance(net, nets.Detector) else (lambda out: out["points"])
            with torch.no_grad():
                plain = rounding.folded(net)
                self.assertFalse(any(isinstance(m, (torch.nn.BatchNorm1d, torch.nn.BatchNorm2d)) for m in plain.modules()))
                self.assertTrue(torch.allclose(pick(net(x)), pick(plain(x)), atol=1e-3))
                off = (pick(rounding.with_rounded_weights(plain)(x)) - pick(net(x))).abs().mean()
                self.assertLess(off, 0.05 * pick(net(x)).abs().mean() + 0.01)

    def test_the_file_names_every_layer_and_its_sum_fits(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "detector.net"
            plain = rounding.folded(self.trained(nets.Detector(4), (3, 64, 64)))
            export.pack(plain, "detector", {"size": 128}, path)
            data = path.read_bytes()
            head, body = data.split(b"\nend\n", 1)
            self.assertEqual(head.count(b"\nconv "), 8)
            self.assertEqual(int.from_bytes(body[-4:], "little"), export.zlib.crc32(body[:-4]))
            layers = [layer for _, layer in rounding.weighted(plain)]
            self.assertEqual(len(body) - 4, sum(layer.weight.numel() + 8 * len(layer.weight) for layer in layers))


class PartTest(unittest.TestCase):
    """A face of dark pixels with one bright one, which a stand-in for the net finds."""

    class Brightest(torch.nn.Module):
        def __init__(self, size, points):
            super().__init__()
            self.size, self.points = size, points

        def forward(self, x):
            place = x.sum(1).flatten(1).argmax(1)
            at = torch.stack([place % self.size, place // self.size], 1) + 0.5
            return {"points": (at / self.size * 2 - 1)[:, None].expand(-1, self.points, 2)}

    def test_what_is_seen_closely_lies_where_it_is_in_the_picture_for_either_side_and_any_roll(self):
        points = torch.rand(1, 137, 2, generator=generator()) * 60 + 40
        for name, part in parts.PARTS.items():
            for index in part.sides:
                for roll in (0.0, 0.3):
                    spot = points[0, index][part.middle].mean(0).round().long() + torch.tensor([3, 2])
                    picture = torch.zeros(1, 3, 144, 144)
                    picture[:, :, spot[1] - 1:spot[1] + 2, spot[0] - 1:spot[0] + 2] = 0.5
                    picture[:, :, spot[1], spot[0]] = 1
                    net = self.Brightest(96, part.points)
                    found = parts.refined(points, torch.tensor([roll]), picture, {name: net})
                    self.assertLess((found[0, index] - spot).abs().max(), 1.0, (name, roll))

    def test_squares_are_turned_as_the_head_is_in_the_picture_however_the_crop_is_turned(self):
        class Says(torch.nn.Module):
            def forward(self, x):
                said = {"points": (len(x), 137, 2), "pose": (len(x), 3), "log_spread": (len(x), 10)}
                return {name: torch.full(shape, 0.3) for name, shape in said.items()}

        pool = types.SimpleNamespace(
            point=torch.rand(40, 1, 137, 2, generator=generator()) * 60 + 40, seen=torch.ones(40, 1, 137), device="cpu",
            pose=torch.zeros(40, 1, 3), rgb=torch.zeros(40, 3, 144, 144, dtype=torch.uint8), count=40,
            mask=torch.zeros(40, 144, 144), header=types.SimpleNamespace(size=144))
        with unittest.mock.patch.object(parts, "refined", side_effect=lambda points, *_: points) as refined:
            [(_, _, _, batch)] = evaluate.answers(Says(), pool, 96, {"lips": None}, generator(), 1)
        turn = torch.atan2(batch.maps[:, 1, 0], batch.maps[:, 0, 0])
        self.assertGreater(turn.abs().max(), 0.2)
        self.assertLess((refined.call_args.args[1] - (0.3 - turn)).abs().max(), 1e-5)

    def test_landmarks_of_no_part_stay_as_they_are(self):
        points = torch.rand(2, 137, 2, generator=generator()) * 60 + 40
        nets_of_parts = {name: self.Brightest(24, part.points) for name, part in parts.PARTS.items()}
        found = parts.refined(points, torch.zeros(2), torch.rand(2, 3, 144, 144), nets_of_parts)
        self.assertTrue(torch.equal(found[:, 92:127], points[:, 92:127]))
        self.assertFalse((found[:, :92] == points[:, :92]).all(2).any())


class CorrectionTest(unittest.TestCase):
    def test_the_layers_see_the_same_of_a_head_however_it_leans_and_wherever_it_is(self):
        points = torch.rand(1, 137, 2, generator=generator())
        angle = torch.tensor([0.5])  # anticlockwise on a screen, where y points down
        cos, sin = torch.cos(angle), torch.sin(angle)
        leaning = points @ torch.tensor([[cos, -sin], [sin, cos]]) * 30 + torch.tensor([70.0, 20.0])
        seen = correction.upright(points, torch.zeros(1))
        self.assertTrue(torch.allclose(correction.upright(leaning, angle), seen, atol=1e-4))
        self.assertAlmostEqual(seen[0, [*range(20), *range(40, 92), *range(116, 127)], 1].mean().item(), -0.12, places=4)

    def test_an_untaught_net_leaves_landmarks_and_pose(self):
        net = nets.LandmarkNet(96, 137, 8, 64)
        net.start_from_mean(torch.zeros(137, 2))
        points, pose = torch.rand(3, 137, 2, generator=generator()), torch.rand(3, 3, generator=generator())
        found, said = correction.corrected(net, points, pose, torch.zeros(3, 10))
        self.assertTrue(torch.equal(found, points) and torch.equal(said, pose))

    def test_whoever_says_all_that_is_wrong_makes_it_right(self):
        random = generator()
        points, pose = torch.rand(3, 137, 2, generator=random) * 60, torch.rand(3, 3, generator=random) - 0.5
        true, true_pose = points + torch.randn(3, 137, 2, generator=random), pose + 0.1
        all_wrong = correction.wrong(points, pose, true, true_pose)
        net = type("Net", (), {"correction": staticmethod(lambda seen: all_wrong)})
        found, said = correction.corrected(net, points, pose, torch.zeros(3, 10))
        self.assertTrue(torch.allclose(found, true, atol=1e-4))
        self.assertTrue(torch.allclose(said, true_pose, atol=1e-6))

    def test_what_is_wrong_is_told_along_the_heads_own_axes(self):
        points, angle = torch.rand(1, 137, 2, generator=generator()), torch.tensor([0.5])
        true = points + 0.1 * torch.rand(1, 137, 2, generator=generator())
        upright, leaning = torch.zeros(1, 3), torch.tensor([[0, 0, 0.5]])
        lean = lambda each: correction.turned(each, -angle) * 30 + torch.tensor([70.0, 20.0])  # noqa: E731
        said = correction.wrong(points, upright, true, upright)
        self.assertTrue(torch.allclose(correction.upright(lean(points), angle), correction.upright(points, torch.zeros(1)), atol=1e-4))
        self.assertTrue(torch.allclose(correction.wrong(lean(points), leaning, lean(true), leaning), said, atol=1e-4))

    def test_what_depends_on_what_is_seen_is_learned(self):
        random = generator()
        net = nets.LandmarkNet(96, 137, 8, 64)
        seen = torch.randn(2000, net.correction[0].in_features, generator=random) * 0.1 + 1
        wrong = (seen[:, :4] - 1) @ torch.randn(4, 277, generator=random)
        train_correction.begin(net.correction)
        train_correction.learn(net.correction, seen, wrong, 300, random)
        left = (net.correction(seen) - wrong).abs()
        for kind in (slice(0, 274), slice(274, 277)):
            self.assertLess(left[:, kind].mean(), 0.3 * wrong[:, kind].abs().mean())

    def test_in_a_mirror_left_and_right_change_places(self):
        self.assertEqual(correction.mirrored_groups(["nose", "lid_left", "lid_right"]), [0, 2, 1])

    def test_the_layers_are_taught_as_they_are_shipped(self):
        random = generator()
        net = nets.LandmarkNet(96, 137, 8, 64)
        seen = torch.randn(400, net.correction[0].in_features, generator=random) * 0.05 + 1
        mean, spread = seen.mean(0), seen.std(0) + 0.01
        expected = train_correction.said(net.correction, seen, mean, spread)
        train_correction.with_spread_taken_in(net.correction, mean, spread)
        self.assertTrue(torch.allclose(rounding.with_rounded_weights(net).correction(seen), expected, atol=1e-4))


class CurveTest(unittest.TestCase):
    def test_a_curve_is_a_picture_with_its_last_figures(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "curve.svg"
            curves.write(path, [{"samples": 0, "all": 9}] + [{"samples": 10 ** k, "all": 10 / k} for k in range(1, 6)], ("all",), "%")
            self.assertIn("all: 2", path.read_text())


class CardTest(unittest.TestCase):
    def test_both_sizes_stand_in_their_own_column(self):
        def report(figure):
            named = {"1-3": [figure, 6], "8-10": [figure * 1.2, 4]}
            figures = {name: figure for name in ("frontal", "all", "lips_lids", "yaw, degrees", "pitch, degrees", "other")}
            return {"figures": figures, "by": {what: named for what in card.PARTS}}
        lines = card.goals(report(2.5), report(1.5))
        self.assertIn("| all poses | 2.50 | 1.50 | 3.0 |", lines)
        self.assertIn("| other | 2.50 | 1.50 |  |", lines)
        self.assertIn("| darkest third of the tones over the lightest | 20 % | 20 % | 10 % |", lines)
        self.assertIn("| 1-3 | 2.5 | 1.5 | 6 |", card.parts(report(2.5), report(1.5)))

    def test_the_same_faces_in_other_skin_are_compared_with_the_best_third(self):
        lines = card.same_faces([{"figures": {"all": error}} for error in (2.0, 1.6, 2.4)])
        self.assertEqual(lines[2:], ["| 1-3 | 2.00 | 25.0 % |", "| 4-7 | 1.60 | 0.0 % |", "| 8-10 | 2.40 | 50.0 % |"])

    def test_figures_come_between_the_marks_and_the_words_stay(self):
        old = "words\n<!-- goals -->\nold figures\n<!-- end -->\nmore words\n"
        new = card.filled(old, goals=["| 2.0 |"])
        self.assertEqual(new, "words\n<!-- goals -->\n\n| 2.0 |\n\n<!-- end -->\nmore words\n")
        self.assertEqual(card.filled(new, goals=["| 2.0 |"]), new)

    def test_a_card_without_the_mark_is_refused(self):
        with self.assertRaises(SystemExit):
            card.filled("words only", goals=["| 2.0 |"])


class AheadTest(unittest.TestCase):
    def test_batches_come_in_order_and_the_maker_ends_with_its_reader(self):
        def make():
            number = 0
            while True:
                yield torch.full((4,), float(number)), multiprocessing.current_process().pid
                number += 1
        made = ahead.batches(make, torch.device("cpu"))
        firsts, makers = zip(*(next(made) for _ in range(6)))
        self.assertEqual([int(batch[0]) for batch in firsts], list(range(6)))
        self.assertNotIn(os.getpid(), makers)
        made.close()
        self.assertFalse(multiprocessing.active_children())

    def test_no_batch_is_written_over_while_it_is_read(self):
        def make():
            number = 0
            while True:
                yield torch.full((200000,), float(number))
                number += 1
        made = ahead.batches(make, torch.device("cpu"))
        for number in range(3 * ahead.BLOCKS):
            batch = next(made)
            time.sleep(0.02)
            self.assertTrue((batch == number).all(), number)
        made.close()

    def test_a_batch_that_is_too_large_ends_the_training(self):
        self.addCleanup(setattr, ahead, "BLOCK", ahead.BLOCK)
        ahead.BLOCK = 4096
        with self.assertRaises(RuntimeError):
            next(ahead.batches(lambda: iter([torch.zeros(2000)]), torch.device("cpu")))

    def test_the_maker_ends_when_its_reader_was_killed(self):
        program = ("import sys; sys.path.insert(0, sys.argv[1]); import ahead, torch, time; ahead.LOOK = 0.1\n"
                   "def make():\n"
                   "    while True: yield torch.zeros(9)\n"
                   "made = ahead.batches(make, torch.device('cpu')); next(made)\n"
                   "print(torch.multiprocessing.active_children()[0].pid, flush=True); time.sleep(60)\n")
        reader = subprocess.Popen([sys.executable, "-B", "-c", program, support.TOOLS / "train"], stdout=subprocess.PIPE, text=True)
        maker = int(reader.stdout.readline())
        reader.kill()
        try:
            reader.communicate(timeout=60)  # the maker holds the pipe's other end, too: this returns when both have ended
        except subprocess.TimeoutExpired:
            os.kill(maker, signal.SIGKILL)
            self.fail("the maker lives on")

    def test_a_batch_comes_as_it_was_made_with_all_that_is_in_it(self):
        pictures = torch.rand(5, 3, 8, 6).contiguous(memory_format=torch.channels_last)
        faces = {"seen": torch.tensor([True, False]), "none": torch.zeros(0), "turned": torch.rand(4, 3).t(), "count": 7}

        def make():
            while True:
                yield pictures, faces
        made = ahead.batches(make, torch.device("cpu"))
        kept = [next(made) for _ in range(2 * ahead.BLOCKS)]
        made.close()
        for got, other in kept:
            self.assertTrue(got.is_contiguous(memory_format=torch.channels_last))
            self.assertTrue(torch.equal(got, pictures))
            self.assertEqual(other["count"], 7)
            for name in ("seen", "none", "turned"):
                self.assertTrue(torch.equal(other[name], faces[name]), name)

    def test_a_maker_that_fails_ends_the_training_too(self):
        def make():
            yield torch.zeros(1)
            raise ValueError("a shard went away")
        with self.assertRaises(RuntimeError):
            for _ in ahead.batches(make, torch.device("cpu")):
                pass


@unittest.skipIf(support.missing(), support.missing())
class TrainingTest(unittest.TestCase):
    def run_training(self, program, folder, *more):
        recipe = folder / "tiny.json"
        recipe.write_text(json.dumps(TINY))
        return subprocess.run([sys.executable, "-B", support.TOOLS / "train" / program, "--data", folder, "--out", folder / "out", "--recipe",
                               recipe, *more], check=True, env={**os.environ, "OMP_NUM_THREADS": "1"}, capture_output=True, text=True).stdout

    def test_fifty_pictures_train_every_net(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for kind, framing in (("crop", "crop"), ("held_crop", "crop"), ("frame", "frame"), ("held_frame", "frame"),
                                  ("empty", "empty"), ("held_empty", "empty")):
                support.render(folder, "--name", kind, "--count", 50, "--framing", framing, "--seed", 7, "--first", 100 * kind.startswith("held"))
            for program in ("train_detector.py", "train_landmarks.py", "train_parts.py"):
                more = ("--detector", folder / "out/detector.pt") if program == "train_landmarks.py" else ()
                said = self.run_training(program, folder, "--samples", "480", "--validate-every", "1e9", *more)
                self.assertEqual("are the hardest for" in said, bool(more), said)
            before = torch.load(folder / "out/landmarks.pt")
            self.run_training("train_correction.py", folder, "--start", folder / "out/landmarks.pt", "--parts", folder / "out")
            after = torch.load(folder / "out/landmarks.pt")
            changed = {name for name in after if not torch.equal(after[name], before[name])}
            self.assertEqual(changed, {f"correction.{layer}.{what}" for layer in (0, 2) for what in ("weight", "bias")})
            record = json.loads((folder / "out/landmarks_curve.json").read_text())
            self.assertLess(record[-1]["loss"], 5.2)  # the mean of the run; an untaught net's is 6.2
            looked = json.loads((folder / "out/parts_curve.json").read_text())
            self.assertLess(looked[-1]["eye"], 40)
            corrected = json.loads((folder / "out/correction_curve.json").read_text())
            for figure in ("pose", "all"):
                self.assertLess(corrected[-1][figure], 2 * record[-1][figure])
            for kind, program in (("landmarks", "train_landmarks.py"), ("detector", "train_detector.py")):
                subprocess.run([sys.executable, "-B", support.TOOLS / "train/export.py", kind, folder / f"out/{kind}.pt",
                                folder / f"out/{kind}.net", "--recipe", folder / "tiny.json"], check=True, capture_output=True)
                self.run_training(program, folder, "--start", folder / f"out/{kind}.net", "--samples", "32")
            header = shards.read(next(folder.glob("crop*.faces")))[0]
            self.assertEqual(list(header.mirror[:40]), parts.PARTS["lips"].mirrored)
            self.assertEqual([header.mirror[i] for i in parts.PARTS["eye"].sides[0]], parts.PARTS["eye"].sides[1].tolist())
            for file in ("landmarks.pt", "detector.pt", "lips.pt", "eye.pt", "landmarks_alone_report.md", "detector_report.md"):
                self.assertTrue((folder / "out" / file).stat().st_size > 0, file)


if __name__ == "__main__":
    unittest.main()
