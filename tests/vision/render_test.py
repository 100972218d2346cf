#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The renderer of training faces: the same everywhere, true to what it draws, clear about bad input."""

import pathlib
import struct
import tempfile
import unittest
import zlib

import support

support.need_modules("numpy")
import numpy as np  # noqa: E402

import shards  # noqa: E402

if support.missing():
    support.skip(support.missing())
HEAD = support.HEAD


def drawn(folder, *options):
    support.render(folder, *options)
    return shards.read(sorted(pathlib.Path(folder).glob("*.faces"))[0])


def skin_over_the_rest(records):
    """Brightness of the skin in that of the rest: the exposure takes part of the difference back."""
    skin = np.kron(records["mask"], np.ones((2, 2), np.uint8)) > 200
    grey = records["rgb"].mean(3)
    return grey[skin].mean() / grey[~skin].mean()


class RenderTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_a_picture_depends_on_seed_and_index_alone(self):
        _, one = drawn(self.folder / "a", "--count", 12, "--seed", 5, "--threads", 1, "--size", 72)
        _, many = drawn(self.folder / "b", "--count", 12, "--seed", 5, "--threads", 5, "--size", 72)
        self.assertEqual(one.tobytes(), many.tobytes())
        _, later = drawn(self.folder / "c", "--first", 7, "--count", 2, "--seed", 5, "--size", 72)
        self.assertEqual(one[7:9].tobytes(), later.tobytes())
        _, other = drawn(self.folder / "d", "--count", 2, "--seed", 6, "--size", 72)
        self.assertNotEqual(one[:2].tobytes(), other.tobytes())

    def test_tones_and_lights_are_spread_evenly_over_all_poses(self):
        _, records = drawn(self.folder, "--count", 480, "--seed", 2, "--size", 36)
        faces = records["face"][:, 0]
        self.check_poses(faces)
        for name, kinds in (("tone", 10), ("light", 6)):
            counts = np.bincount(faces[name], minlength=kinds)
            self.assertEqual(len(counts), kinds)
            # A fair die of 480 throws leaves these bounds once in some thousand runs; this seed is one run.
            self.assertGreater(counts.min(), 0.55 * 480 / kinds, name)
            self.assertLess(counts.max(), 1.6 * 480 / kinds, name)

    def test_other_tones_give_the_same_faces_in_other_skin(self):
        light, dark = (drawn(self.folder / tones, "--count", 40, "--seed", 3, "--size", 72, "--tones", tones)[1]
                       for tones in ("1-3", "8-10"))
        self.assertEqual(set(light["face"]["tone"][:, 0]), {0, 1, 2})
        self.assertEqual(set(dark["face"]["tone"][:, 0]), {7, 8, 9})
        for name in ("point", "pose", "light"):
            self.assertTrue((light["face"][name] == dark["face"][name]).all(), name)
        # Where the tone chooses braids there is no fringe.
        self.assertGreater((light["face"]["flags"] == dark["face"]["flags"])[:, 0].mean(), 0.9)
        self.assertGreater(skin_over_the_rest(light), 1.3 * skin_over_the_rest(dark))

    def test_tones_that_are_none_are_refused(self):
        for tones in ("0-3", "8-11", "5", "7-6", "1-3x", "a-b", "", "+1-3", " 1-3", "1--3"):
            result = support.render(self.folder, "--tones", tones, check=False)
            self.assertEqual(result.returncode, 2, tones)
            self.assertIn("--tones must be two of the numbers 1 to 10", result.stderr)
        result = support.render(self.folder, "--clip", "rest", "--tones", "8-10", check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn("--tones is not for films", result.stderr)

    def check_poses(self, faces):
        """They reach sixty degrees to the sides, thirty up and down."""
        yaw, pitch, _ = np.degrees(np.abs(faces["pose"])).T
        self.assertGreater(yaw.max(), 55)
        self.assertGreater(pitch.max(), 25)
        self.assertLess(yaw.max(), 62)
        self.assertLess(pitch.max(), 32)

    def test_landmarks_lie_on_what_is_drawn(self):
        """Inside the lips it is redder than just outside of them; the pupil is darker than the white."""
        header, records = drawn(self.folder, "--count", 120, "--seed", 4, "--size", 288)
        redder, darker = [], []
        for record in records:
            face = record["face"][0]
            if face["flags"] & 0b1111111 or np.abs(face["pose"][0]) > 0.5 or face["light"] > 2:
                continue  # something may be before it
            redder += lip_contrast(record, header)
            darker += pupil_contrast(record, header)
        self.assertGreater(len(redder), 60)
        self.assertGreater(np.mean(np.array(redder) > 0), 0.8)
        self.assertGreater(len(darker), 15)
        self.assertGreater(np.mean(np.array(darker) > 0), 0.85)

    def test_faces_are_where_the_crop_says(self):
        _, records = drawn(self.folder, "--count", 50, "--seed", 6, "--size", 144)
        for face in records["face"][:, 0]:
            inner = np.r_[face["point"][:20], face["point"][40:92], face["point"][116:127]]
            side = 3.4 * np.sqrt(((inner - inner.mean(0)) ** 2).sum(1).mean())
            self.assertAlmostEqual(side, 96, delta=6.5)

    def test_seen_landmarks_are_inside_the_picture(self):
        _, records = drawn(self.folder, "--count", 60, "--seed", 7, "--size", 96, "--framing", "frame")
        for face in records["face"].reshape(-1):
            seen = face["point"][face["seen"] == shards.VISIBLE]
            if face["present"]:
                self.assertTrue(((seen > -1) & (seen < 96)).all())

    def test_an_empty_frame_has_no_face(self):
        _, records = drawn(self.folder, "--count", 20, "--seed", 8, "--size", 72, "--framing", "empty")
        self.assertEqual(records["face"]["present"].sum(), 0)
        self.assertEqual(records["mask"].sum(), 0)
        self.assertGreater(records["rgb"].std(), 10)

    def test_covered_places_are_marked_hidden(self):
        header, records = drawn(self.folder, "--count", 200, "--seed", 9, "--size", 72)
        masked = [face for face in records["face"][:, 0] if face["flags"] >> header.flags.index("mask") & 1]
        self.assertGreater(len(masked), 2)
        for face in masked:
            self.assertLess((face["seen"][header.groups["lips_outer"]] == shards.VISIBLE).mean(), 0.2)


class BadInputTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_what_is_no_regular_file_is_no_head(self):
        for head in (self.folder, pathlib.Path("/dev/zero")):
            result = support.render(self.folder, "--count", 1, head=head, check=False)
            self.assertEqual(result.returncode, 1, result.stderr)
            self.assertIn(f"{head} is no regular file; make it anew", result.stderr)

    def test_a_head_file_that_is_larger_than_any_is_refused_unread(self):
        path = self.folder / "large.head"
        with open(path, "wb") as file:
            file.truncate(10 ** 12)
        result = support.render(self.folder, "--count", 1, head=path, check=False)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("has 1000000000000 bytes; at most 200000000 are allowed", result.stderr)

    def check_full_disk(self, name, *options):
        (self.folder / f"{name}.part").symlink_to("/dev/full")
        result = support.render(self.folder, "--count", 1, *options, check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"{name} cannot be written: No space left on device", result.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_on_a_full_disk_no_part_of_a_file_is_left(self):
        self.check_full_disk("faces-00000.faces", "--size", 36)
        for name in ("rest.y4m", "rest.jsonl"):
            self.check_full_disk(name, "--clip", "rest")

    def refusal(self, data):
        path = self.folder / "bad.head"
        path.write_bytes(data)
        result = support.render(self.folder, "--count", 1, head=path, check=False)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("bad.head", result.stderr)
        self.assertIn("docs/vision/head.md", result.stderr)
        return result.stderr

    def test_bad_head_files_are_refused_with_what_is_wrong(self):
        good = HEAD.read_bytes()
        body = good.index(b"\nend\n") + 5
        flipped = bytearray(good)
        flipped[body + 1000] ^= 4
        self.assertIn("it is no head file", self.refusal(b"PNG"))
        self.assertIn("it is no head file", self.refusal(b""))
        self.assertIn("ends inside its header", self.refusal(good[:60]))
        self.assertIn("bytes, its header asks for", self.refusal(good[:-9]))
        self.assertIn("checksum", self.refusal(bytes(flipped)))
        self.assertIn("vertices, not 26719", self.refusal(good.replace(b"vertices 26719", b"vertices 12", 1)))
        self.assertIn("1 to 200000", self.refusal(good.replace(b"triangles 50996", b"triangles -1", 1)))

    def test_a_head_without_an_expression_that_is_drawn_is_refused(self):
        good = HEAD.read_bytes()
        for name in (b"mouthSmile_L", b"eyeBlink_R", b"jawOpen"):
            lacking = good.replace(b"expression " + name + b"\n", b"expression " + name[::-1] + b"\n", 1)
            self.assertIn("has no expression " + name.decode(), self.refusal(lacking))

    def test_numbers_that_are_none_are_refused(self):
        self.assertIn("no length of a head", self.refusal(self.with_position(b"\0\0\xc0\x7f")))  # NaN
        self.assertIn("no length of a head", self.refusal(self.with_position(struct.pack("<f", 1e9))))

    def with_position(self, value):
        good = HEAD.read_bytes()
        body = good.index(b"\nend\n") + 5
        arrays = value + good[body + 4:-4]
        return good[:body] + arrays + struct.pack("<I", zlib.crc32(arrays))

    def test_wrong_options_are_named(self):
        for options, words in ((("--count", "0"), "--count must be a whole number from 1"),
                               (("--framing", "wide"), "crop, frame or empty"), (("--colour", "1"), "no option --colour")):
            result = support.render(self.folder, *options, check=False)
            self.assertEqual(result.returncode, 2)
            self.assertIn(words, result.stderr)

    def test_a_folder_that_cannot_be_made_is_named_before_anything_is_drawn(self):
        file = self.folder / "file"
        file.touch()
        for out in (file, file / "deeper"):
            result = support.render(out, "--count", 1000000, check=False)
            self.assertEqual(result.returncode, 1)
            self.assertIn(f"the folder {out} cannot be made: Not a directory", result.stderr)

    def test_a_cut_shard_is_refused(self):
        support.render(self.folder, "--count", 2, "--size", 36)
        path = self.folder / "faces-00000.faces"
        data = path.read_bytes()
        for cut, words in ((data[:-5], "shorter"), (data[:30], "header"), (b"", "no shard")):
            path.write_bytes(cut)
            with self.assertRaisesRegex(shards.BadShard, words):
                shards.read(path)


def colour_at(record, x, y):
    x, y = int(round(x)), int(round(y))
    return record["rgb"][max(0, y - 1):y + 2, max(0, x - 1):x + 2].reshape(-1, 3).mean(0)


def redness(colour):
    return colour[0] / (colour.sum() + 3) - colour[1] / (colour.sum() + 3)


def lip_contrast(record, header):
    """For the seen outer lip landmarks: how much redder it is a bit inside than a bit outside."""
    face = record["face"][0]
    outer, inner = face["point"][header.groups["lips_outer"]], face["point"][header.groups["lips_inner"]]
    seen = face["seen"][header.groups["lips_outer"]]
    found = []
    for i in (3, 5, 7, 13, 15, 17):
        step = (inner[i] - outer[i]) * 0.35
        if seen[i] == shards.VISIBLE and np.hypot(*step) > 3:
            found.append(redness(colour_at(record, *(outer[i] + step))) - redness(colour_at(record, *(outer[i] - step))))
    return found


def pupil_contrast(record, header):
    face, found = record["face"][0], []
    for side in ("left", "right"):
        iris, lid = header.groups[f"iris_{side}"], face["point"][header.groups[f"lid_{side}"]]
        centre, outer = face["point"][iris][0], face["point"][iris][1]
        if (face["seen"][iris][:2] == shards.VISIBLE).all() and lid[:, 1].max() - lid[:, 1].min() > 8:
            white = centre + (outer - centre) * 1.5
            found.append(colour_at(record, *white).mean() - colour_at(record, *centre).mean())
    return found


if __name__ == "__main__":
    unittest.main()
