# SPDX-License-Identifier: MIT
"""The campaign's SVG subset (docs/campaign-format.md). native/tools/svg_check.cpp holds the same
lists; tests/svg/flatten_test.py compares them."""

ELEMENTS = {
    "svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "linearGradient", "radialGradient", "stop", "clipPath",
}
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
ATTRIBUTES = {
    "xmlns", "viewBox", "id", "data-pivot", "color", "transform", "opacity",
    "d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "points",
    "x1", "y1", "x2", "y2", "fx", "fy", "offset", "stop-color", "stop-opacity",
    "gradientUnits", "gradientTransform", "spreadMethod", "clipPathUnits", "clip-rule",
    "fill-opacity", "fill-rule", "stroke-width", "stroke-opacity", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset",
}
PAINTS = {"fill", "stroke", "clip-path"}
# What a <style> rule or style="" may set: everything here is also an attribute.
PROPERTIES = {a for a in ATTRIBUTES | PAINTS if "-" in a or a in ("fill", "stroke", "color", "opacity")}
# What a shape takes from the group around it.
INHERITED = {
    "color", "fill", "fill-opacity", "fill-rule", "clip-rule", "stroke", "stroke-width",
    "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-dasharray", "stroke-dashoffset",
}
MAX_BYTES = 256 * 1024
MAX_ELEMENTS = 5000
MAX_DEPTH = 32


class Refused(Exception):
    """The drawing has something that cannot be made plain; the text names it and what to do."""
