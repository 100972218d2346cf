#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""tools/svg/flatten.py: what it makes plain, what it refuses, and that the campaign's drawings are
what it gives. Run in the repository's root."""
import pathlib
import re
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, "tools/svg")
import flatten  # noqa: E402
import subset  # noqa: E402

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"{0}>{1}</svg>'


def plain(body, attributes=""):
    return flatten.flatten(HEAD.format(attributes, body))[0]


def groups(body):
    return {g["id"]: g for g in flatten.flatten(HEAD.format("", body))[1]["groups"]}


class MakesPlain(unittest.TestCase):
    def test_use_is_copied_in_without_its_ids(self):
        text = plain('<g id="a"><path id="p" d="M0 0H9"/></g><use href="#a" x="5" color="red"/>')
        self.assertNotIn("<use", text)
        self.assertEqual(text.count('d="M0 0H9"'), 2)
        self.assertEqual(text.count('id="p"'), 1)
        self.assertIn('transform="translate(5 0)"', text)

    def test_classes_become_attributes(self):
        text = plain('<style>.a { fill: red; opacity: .5 }</style><path class="a" style="fill:blue"/>')
        self.assertIn('fill="blue"', text)
        self.assertIn('opacity=".5"', text)
        self.assertNotIn("class", text)
        self.assertNotIn("style", text)

    def test_blur_becomes_layers_that_grow_fainter_outwards(self):
        text = plain('<filter id="f"><feGaussianBlur stdDeviation="2"/></filter>'
                     '<path d="M0 50H99" fill="none" stroke="red" stroke-width="4" filter="url(#f)"/>')
        self.assertNotIn("filter", text)
        widths = [float(w) for w in re.findall(r'stroke-width="([\d.]+)"', text)]
        self.assertEqual(widths, sorted(widths, reverse=True))
        self.assertGreater(widths[0], 4)

    def test_a_blurred_line_has_no_fill_though_none_is_named(self):
        line = '<path d="M10 10V50" stroke="#FFF" stroke-width="5" filter="url(#b)"/>'
        blur = '<filter id="b"><feGaussianBlur stdDeviation="3"/></filter>'
        self.assertNotIn("#000", plain(blur + line))
        self.assertIn("#000", plain(blur + line.replace("V50", "L50 12V50")))

    def test_gradients_take_the_stops_of_those_they_name(self):
        text = plain('<linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient>'
                     '<linearGradient id="b" href="#a" x2="0"/><path fill="url(#b)"/>')
        self.assertEqual(text.count("<stop"), 2)
        self.assertNotIn("href", text)

    def test_what_is_plain_already_stays_and_twice_is_once(self):
        once = plain('<g id="a" transform="rotate(3)"><circle r="4"/></g>')
        self.assertEqual(flatten.flatten(once)[0], once)


class Refuses(unittest.TestCase):
    def refused(self, body, attributes=""):
        with self.assertRaises(subset.Refused, msg=body) as caught:
            plain(body, attributes)
        self.assertTrue(str(caught.exception))

    def test_what_runs(self):
        self.refused("<script>alert(1)</script>")
        self.refused('<path onclick="alert(1)"/>')
        self.refused("", ' onload="alert(1)"')
        self.refused('<a href="javascript:alert(1)"><path/></a>')
        self.refused('<path><animate attributeName="d"/></path>')
        self.refused('<foreignObject><b xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>')

    def test_what_comes_from_outside(self):
        self.refused('<image href="https://example.org/x.png"/>')
        self.refused('<use href="other.svg#a"/>')
        self.refused('<path fill="url(https://example.org/#a)"/>')
        self.refused('<path style="fill: url(//example.org/a)"/>')
        self.refused("<style>@import url(x.css);</style>")

    def test_words_masks_and_other_filters(self):
        self.refused("<text>hello</text>")
        self.refused('<mask id="m"><path/></mask>')
        self.refused('<filter id="f"><feTurbulence/></filter><path filter="url(#f)"/>')

    def test_numbers_that_are_none(self):
        blurred = '<filter id="f"><feGaussianBlur stdDeviation="%s"/></filter><circle r="%s" filter="url(#f)"/>'
        plain(blurred % ("2", "9"))
        self.refused(blurred % ("", "9"))
        self.refused(blurred % ("2", "9px"))

    def test_what_grows_without_end(self):
        self.refused('<g id="a"><use href="#a"/></g>')
        bomb = '<g id="g0"><path/></g>' + "".join(
            f'<g id="g{i}">' + f'<use href="#g{i - 1}"/>' * 10 + "</g>" for i in range(1, 9))
        self.refused(bomb)
        self.refused('<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>')

    def test_what_is_no_drawing(self):
        for text in ["", "<svg", "<p/>", '<svg xmlns="http://www.w3.org/2000/svg"/>',
                     '<!DOCTYPE svg [<!ENTITY a "b">]>' + HEAD.format("", "&a;"),
                     HEAD.format("", '<path id="a"/><path id="a"/>'),
                     HEAD.format("", '<path d="M0 0L" id="a"/>')]:
            with self.assertRaises(subset.Refused, msg=text):
                flatten.flatten(text)


class Groups(unittest.TestCase):
    def test_bounds_follow_transforms_and_strokes(self):
        found = groups('<g transform="translate(10 20) scale(2)">'
                       '<rect id="r" width="5" height="5"/>'
                       '<path id="s" d="M0 0h10" stroke="red" stroke-width="2"/></g>')
        self.assertEqual(found["r"]["bounds"], [10, 20, 10, 10])
        self.assertEqual(found["s"]["bounds"], [8, 18, 24, 4])

    def test_curves_count_where_they_go_not_where_their_handles_are(self):
        found = groups('<path id="c" d="M0 0C0 40 40 40 40 0"/><path id="a" d="M0 50A10 10 0 0 1 20 50"/>')
        self.assertAlmostEqual(found["c"]["bounds"][3], 30, places=1)
        self.assertAlmostEqual(found["a"]["bounds"][1], 40, places=1)

    def test_the_pivot_is_what_the_drawing_says_else_the_middle(self):
        found = groups('<rect id="a" data-pivot="1 2" width="9" height="9"/>'
                       '<rect id="b" width="8" height="4"/>')
        self.assertEqual(found["a"]["pivot"], [1, 2])
        self.assertEqual(found["b"]["pivot"], [4, 2])


class Committed(unittest.TestCase):
    def test_every_campaign_drawing_is_what_its_source_gives(self):
        for source in pathlib.Path("assets/drawings").iterdir():
            art = pathlib.Path("assets/campaigns") / source.name / "art"
            done = subprocess.run([sys.executable, "-B", "tools/svg/flatten.py", "--check",
                                   source, art], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_lists_are_those_of_the_checker_in_the_vitrine_program(self):
        source = pathlib.Path("native/tools/svg_check.cpp").read_text("utf-8")

        def listed(name):
            body = re.search(name + r"\[\] = \{(.*?)\};", source, re.S).group(1)
            return set(re.findall(r'"([^"]+)"', body))

        self.assertEqual(listed("kElements"), subset.ELEMENTS)
        self.assertEqual(listed("kAttributes"), subset.ATTRIBUTES)
        self.assertEqual(listed("kPaintAttributes"), subset.PAINTS)


if __name__ == "__main__":
    unittest.main()
