# SPDX-License-Identifier: MIT
"""docs/gallery.md lists every widget there is, and shows pages that the gallery draws."""
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs/gallery.md").read_text()
GALLERY = sys.argv.pop()
# Those that others derive from or are made of.
PARTS = {"Widget", "KeyPanel"}


class Gallery(unittest.TestCase):
    def test_every_widget_has_its_row(self):
        headers = "\n".join(path.read_text() for path in (ROOT / "engine/ui").glob("*.h"))
        widgets = set(re.findall(r"^class (\w+)(?: final)? : public (?:Widget|Button|KeyPanel)\b", headers, re.M))
        listed = set(re.findall(r"^\| `(\w+)` \|", DOCUMENT, re.M))
        self.assertEqual(widgets - PARTS - listed, set())
        classes = set(re.findall(r"^class (\w+)", headers, re.M))
        self.assertEqual(listed - classes, set())

    def test_every_picture_is_there_and_is_a_page_of_the_gallery(self):
        pages = subprocess.run([GALLERY], capture_output=True, text=True).stdout.split()
        shown = re.findall(r"\]\((pictures/gallery-([\w-]+)\.png)\)", DOCUMENT)
        self.assertGreater(len(shown), 0)
        for file, page in shown:
            self.assertTrue((ROOT / "docs" / file).is_file(), file)
            self.assertIn(page, pages)

    def test_what_the_rows_call_is_declared(self):
        sources = "\n".join(path.read_text() for path in (ROOT / "engine/ui").glob("*.h"))
        for row in re.findall(r"^\| `\w+` \|.*$", DOCUMENT, re.M):
            for call in re.findall(r"[\w]+_\.(\w+)\(", row):
                self.assertRegex(sources, rf"\b{call}\(", row)


if __name__ == "__main__":
    unittest.main()
