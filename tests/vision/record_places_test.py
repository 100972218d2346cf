#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The places of the tracker's results in wasm/labs/record.ts and tests/browser/bare_module.mjs are those of
wasm/tracker/tracker_record.h."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = (ROOT / "wasm/labs/record.ts").read_text(encoding="utf-8")
BARE = (ROOT / "tests/browser/bare_module.mjs").read_text(encoding="utf-8")
HEADER = (ROOT / "wasm/tracker/tracker_record.h").read_text(encoding="utf-8")
LANDMARKS = (ROOT / "engine/vision/landmarks.h").read_text(encoding="utf-8")
FACE = (ROOT / "engine/vision/tracked_face.h").read_text(encoding="utf-8")
MODULE = (ROOT / "wasm/tracker/tracker_module.cpp").read_text(encoding="utf-8")
PATHS = (ROOT / "wasm/labs/frame_paths.ts").read_text(encoding="utf-8")
FORMAT = (ROOT / "engine/platform/pixel_format.h").read_text(encoding="utf-8")
TRACKER = (ROOT / "engine/vision/face_tracker.h").read_text(encoding="utf-8")


def constant(name, text):
    return int(re.search(r"\b%s = (\d+)[;,]" % name, text)[1])


def enumerators(name, text):
    """Their names in small letters, in order."""
    body = re.search(r"enum class %s[^{]*\{(.*?)\};" % name, text, re.S)[1]
    return [word.lower() for word in re.findall(r"(\w+),?", re.sub(r"//.*", "", body))]


SIZES = {name: constant(name, LANDMARKS) for name in ("kLandmarkCount", "kLandmarkGroupCount")}


def length(size):
    """Of an array: "kLandmarkCount * 2" values."""
    name, _, times = size.partition(" * ")
    return SIZES[name] * int(times or 1)


def places_in_header(struct):
    """Name to (place, type) of each value, in values of four bytes, and how many there are."""
    body = re.search(r"struct %s \{(.*?)\n\};" % struct, HEADER, re.S)[1]
    places, at = {}, 0
    for kind, names in re.findall(r"(\w+) ([^;]+);", re.sub(r"//.*", "", body)):
        for name, size in re.findall(r"(\w+)(?:\[([^]]+)\])?(?:, |$)", names):
            places[name] = (at, kind)
            if kind == "FaceRecord":
                return places, at
            at += length(size) if size else 1
    return places, at


def places_in_script(table, script=SCRIPT):
    body = re.search(r"const %s = \{(.*?)\}(?: as const)?;" % table, script, re.S)[1]
    return {name: int(place) for name, place in re.findall(r"(\w+): (\d+)", body)}


class RecordPlacesTest(unittest.TestCase):
    def check(self, struct, table):
        there, _ = places_in_header(struct)
        for script in (SCRIPT, BARE):
            for name, place in places_in_script(table, script).items():
                with self.subTest(name=name):
                    self.assertEqual(place, there[name][0])

    def test_every_place_that_is_read_is_that_of_the_header(self):
        self.check("ResultRecord", "kResultPlaces")
        self.check("FaceRecord", "kFacePlaces")

    def test_every_value_is_read_as_what_it_is(self):
        kinds = {"floats": "float", "integers": "int32_t"}
        read = re.findall(r"(floats|integers)(?:\[|\.subarray\()k(Result|Face)Places\.(\w+)", SCRIPT)
        for array, struct, name in read:
            with self.subTest(name=name):
                self.assertEqual(kinds[array], places_in_header(struct + "Record")[0][name][1])
        tables = len(places_in_script("kResultPlaces")) + len(places_in_script("kFacePlaces"))
        self.assertEqual(len(set(read)), tables - 1, "one is where the faces begin, the others are read")

    def test_the_counts_and_the_version_are_the_same(self):
        for script in (SCRIPT, BARE):
            self.assertEqual(constant("kFaceValues", script), places_in_header("FaceRecord")[1])
            self.assertEqual(constant("kRecordVersion", script), constant("kRecordVersion", HEADER))
            self.assertEqual(constant("kMostFaces", script), constant("kMostFaces", TRACKER))
        self.assertEqual(constant("kLandmarks", SCRIPT), SIZES["kLandmarkCount"])

    def test_the_states_and_formats_are_the_same(self):
        self.assertEqual(enumerators("TrackerState", TRACKER), re.findall(
            r"'(\w+)'", re.search(r"kStates = \[(.*?)\]", SCRIPT)[1]))
        self.assertEqual(enumerators("FaceState", FACE)[0], "tracked")
        self.assertIn("get isSeen(): boolean { return this.integers[kFacePlaces.state] === 0; }", SCRIPT)
        self.assertEqual(enumerators("PixelFormat", FORMAT), ["luma8", "rgb8", "rgba8"])
        self.assertIn("format: isLuma ? 0 : 2,", PATHS)
        self.assertIn("format: 2, turns: 0 }", PATHS)

    def test_the_largest_frame_is_the_same(self):
        wanted = r"1280 \* 720 \* 4;"
        self.assertRegex(PATHS, "kMostBytes = " + wanted)
        self.assertRegex(MODULE, "kMostFrameBytes = " + wanted)

    def test_the_groups_of_landmarks_are_the_same(self):
        there = re.findall(r'\{LandmarkGroup::\w+, "(\w+)", (\d+), (\d+)\}', LANDMARKS)
        here = re.findall(r"name: '(\w+)', first: (\d+), count: (\d+)", SCRIPT)
        self.assertEqual(len(here), SIZES["kLandmarkGroupCount"])
        self.assertEqual(here, there)


if __name__ == "__main__":
    unittest.main()
