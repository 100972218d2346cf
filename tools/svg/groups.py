# SPDX-License-Identifier: MIT
"""The table of a drawing's groups: what each covers and the point it turns about."""
import json

import geometry
from subset import INHERITED, SHAPES


def table_of(root):
    """{"view": […], "pivot": […], "groups": [{"id", "pivot", "bounds"}]}, in view box units."""
    groups = []

    def walk(element, matrix, style):
        if not isinstance(element.tag, str) or element.tag == "defs":
            return []
        matrix = geometry.multiply(matrix, geometry.transform_of(element.get("transform")))
        style = {**style, **{k: v for k, v in element.attrib.items() if k in INHERITED}}
        entry = len(groups)
        if element.get("id"):
            groups.append({"id": element.get("id")})
        boxes = []
        if element.tag in SHAPES:
            boxes.append(shape_box(element, matrix, style))
        for child in element:
            boxes += walk(child, matrix, style)
        boxes = [b for b in boxes if b]
        if element.get("id"):
            describe(groups[entry], element, boxes)
        return boxes

    boxes = walk(root, geometry.IDENTITY, {})
    table = {"view": geometry.numbers(root.get("viewBox"))}
    describe(table, root, boxes)
    table.pop("bounds", None)
    table["groups"] = [g for g in groups if "bounds" in g]
    return table


def shape_box(element, matrix, style):
    points = [geometry.apply(matrix, x, y) for x, y in geometry.outline(element, element.tag)]
    if not points:
        return None
    pad = 0.0
    if style.get("stroke", "none") != "none":
        pad = float(style.get("stroke-width", 1)) / 2 * geometry.scale_of(matrix)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad


def describe(entry, element, boxes):
    if not boxes:
        return
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    pivot = geometry.numbers(element.get("data-pivot")) or [(left + right) / 2, (top + bottom) / 2]
    entry["pivot"] = [round(v, 2) for v in pivot]
    entry["bounds"] = [round(v, 2) for v in (left, top, right - left, bottom - top)]


def write(tables):
    """{file name: table} as JSON, one group a line."""
    lines = ["{"]
    for index, (name, table) in enumerate(sorted(tables.items())):
        lines.append(f"  {json.dumps(name)}: {{")
        lines.append(f"    \"view\": {table['view']},")
        lines.append(f"    \"pivot\": {table.get('pivot', [0, 0])},")
        rows = [f"      {json.dumps(group)}" for group in table["groups"]]
        lines.append('    "groups": [' + ("\n" + ",\n".join(rows) + "\n    " if rows else "") + "]")
        lines.append("  }" + ("," if index + 1 < len(tables) else ""))
    return "\n".join(lines) + "\n}\n"
