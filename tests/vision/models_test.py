#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The weights in assets/models are those whose checksums, card and licence are written down."""

import hashlib
import pathlib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODELS = ROOT / "assets" / "models"


class ModelsTest(unittest.TestCase):
    def sums(self):
        lines = (MODELS / "SHA256SUMS").read_text().splitlines()
        return {name: digest for digest, name in (line.split() for line in lines)}

    def test_every_weights_file_has_its_checksum(self):
        found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MODELS.glob("*.net")}
        self.assertEqual(found, self.sums())
        self.assertEqual(set(found), {"detector.net", "landmarks.net", "lips.net", "eye.net"})

    def test_the_model_card_is_about_these_weights(self):
        card = (ROOT / "docs" / "vision" / "model_card.md").read_text()
        for digest in self.sums().values():
            self.assertIn(digest[:16], card)

    def test_the_notice_of_the_head_is_kept(self):
        notice = (ROOT / "assets" / "README.md").read_text()
        self.assertIn("models/*.net", notice)
        self.assertIn("Copyright (c) 2020 USC Institute for Creative Technologies", notice)


if __name__ == "__main__":
    unittest.main()
