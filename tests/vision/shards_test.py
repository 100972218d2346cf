#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shards and their contact pictures: read as written, refused with a sentence when they are damaged."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import support

support.need_modules("numpy")
import shards  # noqa: E402

RECORD = 8 * 8 * 3 + 4 * 4 + 3 * (2 * 8 + 12 + 2 + 3 + 4)
HEADER = f"""vitrine-faces 1
framing crop
seed 1
first 0
count 2
size 8
mask 4
faces 3
points 2
record_bytes {RECORD}
group eyes 0 2
mirror 1 0
lights even dim
flags mask
end
"""


class ShardsTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.shard, self.picture = self.folder / "a.faces", self.folder / "a.png"
        self.shard.write_bytes(HEADER.encode() + bytes(2 * RECORD))

    def sheet(self, *options):
        return subprocess.run([sys.executable, "-B", support.TOOLS / "sheet.py", *options], capture_output=True, text=True)

    def check_refused(self, words, *options, status=1):
        result = self.sheet(*options)
        self.assertEqual(result.returncode, status, result.stderr)
        self.assertIn(words, result.stderr)
        self.assertNotIn("Traceback", result.stderr)

    def test_a_shard_says_what_is_in_it(self):
        header, records = shards.read(self.shard)
        self.assertEqual((header.framing, header.size, len(records)), ("crop", 8, 2))
        self.assertEqual((header.groups, header.mirror.tolist()), ({"eyes": slice(0, 2)}, [1, 0]))
        self.assertEqual((header.lights, header.flags), (["even", "dim"], ["mask"]))

    def test_damaged_headers_are_refused_with_the_line(self):
        for line, wrong in (("size 8", b"size"), ("seed 1", b"seed \xff"), ("count 2", b"count -1"), ("count 2", b"count 0"),
                            ("group eyes 0 2", b"group eyes"), ("mirror 1 0", b"mirror 1 x"),
                            ("points 2", b"points " + b"9" * 30)):
            damaged = HEADER.encode().replace(line.encode(), wrong, 1)
            self.shard.write_bytes(damaged + bytes(2 * RECORD))
            with self.assertRaisesRegex(shards.BadShard, "a.faces: its header has the bad line \"" + line.split()[0]):
                shards.read(self.shard)
        self.check_refused("the bad line", self.shard, self.picture)

    def test_sizes_that_no_file_has_are_refused(self):
        for line in ("size 8", "mask 4", "faces 3", "points 2", "count 2"):
            for number in (10 ** 4, 10 ** 9, 2 ** 40):
                damaged = HEADER.replace(line, f"{line.split()[0]} {number}", 1)
                self.shard.write_bytes(damaged.encode() + bytes(2 * RECORD))
                with self.assertRaises(shards.BadShard, msg=(line, number)):
                    shards.read(self.shard)

    def test_a_header_that_lacks_something_is_refused(self):
        self.shard.write_text(HEADER.replace("lights even dim\n", ""))
        with self.assertRaisesRegex(shards.BadShard, "its header lacks \"lights\""):
            shards.read(self.shard)

    def test_a_sheet_is_a_picture_of_the_shard(self):
        result = self.sheet(self.shard, self.picture, "--points", "--mask", "--rows", "1", "--columns", "2")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue(self.picture.read_bytes().startswith(b"\x89PNG"))

    def test_a_mask_lies_over_pictures_of_any_size(self):
        smaller = RECORD - 3 * (8 * 8 - 7 * 7)
        header = HEADER.replace("size 8", "size 7").replace(f"record_bytes {RECORD}", f"record_bytes {smaller}")
        self.shard.write_bytes(header.encode() + bytes(2 * smaller))
        result = self.sheet(self.shard, self.picture, "--mask", "--zoom", "3")
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_a_sheet_never_takes_the_place_of_its_shard(self):
        link = self.folder / "link.png"
        link.symlink_to(self.shard)
        before = self.shard.read_bytes()
        for out in (self.shard, link):
            self.check_refused("is the shard itself", self.shard, out)
        self.assertEqual(self.shard.read_bytes(), before)

    def test_places_and_numbers_that_are_none_are_refused(self):
        self.check_refused("No such file", self.shard, self.folder / "none/a.png")
        self.check_refused("Is a directory", self.folder, self.picture)
        self.check_refused("would be too large", self.shard, self.picture, "--zoom", "10000")
        for option in (("--rows", "-1"), ("--columns", "0"), ("--zoom", "x"), ("--first", "-1")):
            self.check_refused("must be a whole number of at least", self.shard, self.picture, *option, status=2)


if __name__ == "__main__":
    unittest.main()
