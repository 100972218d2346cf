# SPDX-License-Identifier: MIT
"""A blurred shape as a stack of plain ones. The subset has no filters, because every rasteriser
draws them differently and slowly; a stack of outlines, each a little narrower and together as dense
as the blurred edge, looks the same everywhere."""
import copy
import math

import geometry

LAYERS = 7


def _phi(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def _opacities(targets):
    """Opacity of each layer, outermost first, so that the stack reaches each target."""
    result, reached = [], 0.0
    for target in targets:
        target = min(max(target, reached), 0.999)
        result.append(1 - (1 - target) / (1 - reached))
        reached = target
    return result


def stroke_layers(shape, width, sigma):
    """Copies of a stroked shape: a line of that width, blurred. Colour and line ends stay."""
    half = width / 2
    outer = half + 2.0 * sigma
    radii = [outer * (LAYERS - i) / LAYERS for i in range(LAYERS)]
    middle = [r - outer / LAYERS / 2 for r in radii]
    targets = [_phi((half - r) / sigma) - _phi((-half - r) / sigma) for r in middle]
    layers = []
    for radius, opacity in zip(radii, _opacities(targets)):
        layer = copy.deepcopy(shape)
        layer.set("stroke-width", _short(2 * radius))
        layer.set("opacity", _short(opacity))
        layers.append(layer)
    return layers


def fill_layers(shape, tag, sigma):
    """Copies of a filled shape. Ellipses and rectangles shrink and grow exactly; a path only grows,
    by a stroke in its own colour, so its blur lies outside of its edge and is a little fainter. A path
    that encloses nothing, as a straight line, has no fill to blur."""
    if tag in ("path", "line", "polyline") and _is_straight(geometry.outline(shape, tag)):
        return []
    if tag in ("ellipse", "circle", "rect"):
        distances = [sigma * 2.0 * (1 - 2 * i / (LAYERS - 1)) for i in range(LAYERS)]
        targets = [_phi(-(d - sigma / LAYERS) / sigma) for d in distances]
        grow = _grow_rect if tag == "rect" else _grow_round
    else:
        distances = [sigma * 1.4 * (LAYERS - 1 - i) / (LAYERS - 1) for i in range(LAYERS)]
        targets = [0.85 * math.exp(-((d / (0.8 * sigma)) ** 2)) for d in distances]
        grow = _grow_by_stroke
    layers = []
    for distance, opacity in zip(distances, _opacities(targets)):
        layer = copy.deepcopy(shape)
        if not grow(layer, distance):
            continue
        layer.set("opacity", _short(opacity))
        layers.append(layer)
    return layers


def _is_straight(points):
    """All on one line, so nothing lies between them."""
    x0, y0 = points[0] if points else (0, 0)
    x1, y1 = max(points, key=lambda p: math.hypot(p[0] - x0, p[1] - y0), default=(0, 0))
    length = math.hypot(x1 - x0, y1 - y0)
    return all(abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) <= 1e-6 * (length * length + 1)
               for x, y in points)


def _grow_round(layer, distance):
    if layer.get("r") is not None:
        radius = float(layer.get("r")) + distance
        layer.set("r", _short(radius))
        return radius > 0
    rx, ry = float(layer.get("rx")), float(layer.get("ry"))
    # Thin ones shrink in proportion, or their middle would vanish.
    if distance < 0:
        distance = max(distance, -0.45 * min(rx, ry))
    layer.set("rx", _short(rx + distance))
    layer.set("ry", _short(ry + distance))
    return True


def _grow_rect(layer, distance):
    width, height = float(layer.get("width")) + 2 * distance, float(layer.get("height")) + 2 * distance
    if width <= 0 or height <= 0:
        return False
    layer.set("x", _short(float(layer.get("x", 0)) - distance))
    layer.set("y", _short(float(layer.get("y", 0)) - distance))
    layer.set("width", _short(width))
    layer.set("height", _short(height))
    if layer.get("rx") is not None:
        layer.set("rx", _short(max(0.0, float(layer.get("rx")) + distance)))
    return True


def _grow_by_stroke(layer, distance):
    if distance > 0:
        layer.set("stroke", layer.get("fill", "#000"))
        layer.set("stroke-width", _short(2 * distance))
        layer.set("stroke-linejoin", "round")
    return True


def _short(value):
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"
