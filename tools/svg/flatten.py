#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Turns a drawing into the campaign's SVG subset, and writes the table of its groups.

  flatten.py IN.svg OUT.svg [--groups OUT.json]
  flatten.py --all FROM_DIR TO_DIR       every drawing, and TO_DIR/groups.json
  flatten.py --check FROM_DIR TO_DIR     writes nothing; 1 when --all would change something

<use> is copied in, classes and simple <style> rules become attributes, a Gaussian blur becomes a
stack of plain shapes. Scripts, words, pictures, links, masks, animations and anything from outside
are refused with the reason. Exit codes: 0 done, 1 refused or out of date, 2 called wrongly, 3 a file
cannot be read or written."""
import argparse
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

import blur
import geometry
import groups
from subset import (ATTRIBUTES, ELEMENTS, INHERITED, MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, PAINTS,
                    PROPERTIES, SHAPES, Refused)

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
# What drawing programs write and nobody sees.
_DROPPED = {"title", "desc", "metadata"}


def parse(text):
    if len(text.encode()) > MAX_BYTES:
        raise Refused(f"larger than {MAX_BYTES // 1024} KiB; simplify the paths")
    if re.search(r"<!(?!--)|<\?(?!xml )", text):
        raise Refused("has a DOCTYPE, entity, CDATA or instruction; export as plain SVG")
    try:
        builder = ET.TreeBuilder(insert_comments=True)
        root = ET.fromstring(text, ET.XMLParser(target=builder))
    except ET.ParseError as error:
        raise Refused(f"not well formed: {error}") from error
    if tag_of(root) != "svg":
        raise Refused("the drawing must be one <svg>")
    if not root.get("viewBox"):
        raise Refused('<svg> has no viewBox; add viewBox="0 0 W H"')
    return root


def tag_of(element):
    """The SVG name, "" for what is not SVG."""
    if not isinstance(element.tag, str):
        return ""
    if element.tag.startswith(_SVG):
        return element.tag[len(_SVG):]
    return "" if element.tag.startswith("{") else element.tag


def href_of(element):
    target = element.get("href") or element.get(_XLINK)
    if target is not None and not target.startswith("#"):
        raise Refused(f'"{target[:40]}" leads out of the drawing; copy it in')
    return target[1:] if target else None


class Flattener:
    def __init__(self, root):
        self.root = root
        self.by_id = {}
        for element in root.iter():
            if element.get("id") and self.by_id.setdefault(element.get("id"), element) is not element:
                raise Refused(f'the id "{element.get("id")}" is there twice')
        self.rules = self.read_rules()
        self.blurs = {i: self.read_blur(e) for i, e in self.by_id.items() if tag_of(e) == "filter"}
        self.count = 0

    def read_rules(self):
        """{"class": {property: value}} of <style> elements; only .class { … } is understood."""
        rules = {}
        for style in (e for e in self.root.iter() if tag_of(e) == "style"):
            text = re.sub(r"/\*.*?\*/", "", style.text or "", flags=re.S)
            for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
                for selector in selectors.split(","):
                    name = re.fullmatch(r"\s*\.([\w-]+)\s*", selector)
                    if not name:
                        raise Refused(f'style rule "{selector.strip()[:40]}"; only .class is understood')
                    rules.setdefault(name.group(1), {}).update(declarations(body))
            if re.sub(r"[^{}]+\{[^{}]*\}", "", text).strip():
                raise Refused("a <style> that cannot be read; only .class { … } is understood")
        return rules

    @staticmethod
    def read_blur(element):
        steps = [child for child in element if tag_of(child)]
        if len(steps) != 1 or tag_of(steps[0]) != "feGaussianBlur":
            raise Refused(f'filter "{element.get("id")}"; only one feGaussianBlur can be made plain')
        return geometry.number(steps[0], "stdDeviation")

    def attributes(self, element, cloned):
        """What the element says, all as attributes of the subset; href, filter and class apart."""
        found = {}
        for name, value in element.attrib.items():
            if name.startswith("{") or name in ("class", "style", "href", "filter", "version"):
                continue
            if name.lower().startswith("on"):
                raise Refused(f'"{name}" runs a script; remove it')
            if name not in ATTRIBUTES | PAINTS and not name.startswith("data-"):
                raise Refused(f'attribute "{name}" of <{tag_of(element)}> is not in the subset')
            if name in ATTRIBUTES | PAINTS:
                found[name] = value
        for word in (element.get("class") or "").split():
            found.update(self.rules.get(word, {}))
        found.update(declarations(element.get("style") or ""))
        if cloned:
            found.pop("id", None)
        for name, value in found.items():
            if "url(" in value and not (name in PAINTS and re.fullmatch(r"url\(#[^()]+\)", value)):
                raise Refused(f'{name}="{value[:40]}" leads out of the drawing')
        return found

    def sigma_of(self, element, found):
        name = element.get("filter") or found.pop("filter", None)
        if not name or name == "none":
            return 0.0
        match = re.fullmatch(r"url\(#([^()]+)\)", name)
        if not match or match.group(1) not in self.blurs:
            raise Refused(f'filter "{name[:40]}" is not in the drawing')
        return self.blurs[match.group(1)]

    def run(self):
        result = ET.Element("svg", {"xmlns": _SVG[1:-1], **self.attributes(self.root, False)})
        for name in ("width", "height", "x", "y"):
            result.attrib.pop(name, None)
        definitions = ET.Element("defs")
        self.collect_definitions(definitions)
        style = {k: v for k, v in result.attrib.items() if k in INHERITED}
        for child in self.root:
            if child.tag is ET.Comment:
                result.append(ET.Comment(child.text.replace("--", "- -")))
            else:
                self.visit(child, result, style, 0.0, False, 1)
        if len(definitions):
            first = sum(1 for child in result if child.tag is ET.Comment)
            result.insert(first, definitions)
        return result

    def collect_definitions(self, definitions):
        """Gradients and clips, wherever they stand."""
        for element in self.root.iter():
            tag = tag_of(element)
            if tag in ("linearGradient", "radialGradient"):
                definitions.append(self.gradient(element))
            elif tag == "clipPath":
                clip = ET.SubElement(definitions, "clipPath", self.attributes(element, False))
                for child in element:
                    self.visit(child, clip, {}, 0.0, False, 2)

    def gradient(self, element):
        chain, attributes, stops = element, {}, []
        for _ in range(8):
            for name, value in self.attributes(chain, False).items():
                attributes.setdefault(name, value)
            stops = stops or [c for c in chain if tag_of(c) == "stop"]
            target = href_of(chain)
            if target is None:
                break
            if target not in self.by_id:
                raise Refused(f'nothing has the id "{target}"')
            chain = self.by_id[target]
        else:
            raise Refused("gradients that name each other in a ring")
        result = ET.Element(tag_of(element), {**attributes, "id": element.get("id", "")})
        for stop in stops:
            ET.SubElement(result, "stop", self.attributes(stop, True))
        return result

    def visit(self, element, parent, style, sigma, cloned, depth):
        tag = tag_of(element)
        if not tag or tag in _DROPPED | {"defs", "style", "filter", "linearGradient",
                                         "radialGradient", "clipPath"}:
            return
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise Refused(f"more than {MAX_ELEMENTS} shapes, or nested deeper than {MAX_DEPTH}")
        if tag == "use":
            return self.copy_in(element, parent, style, sigma, depth)
        if tag not in ELEMENTS:
            raise Refused(f"<{tag}> is not in the subset; redraw it with plain shapes")
        found = self.attributes(element, cloned)
        sigma = (sigma ** 2 + self.sigma_of(element, found) ** 2) ** 0.5
        style = {**style, **{k: v for k, v in found.items() if k in INHERITED}}
        if tag in SHAPES:
            for child in element:
                if tag_of(child) and tag_of(child) not in _DROPPED:
                    raise Refused(f"<{tag_of(child)}> inside <{tag}> is not in the subset")
            if sigma > 0:
                return self.blurred(tag, found, style, sigma, parent)
            ET.SubElement(parent, tag, found)
            return
        group = ET.SubElement(parent, "g", found)
        scale = geometry.scale_of(geometry.transform_of(found.get("transform"))) or 1.0
        for child in element:
            self.visit(child, group, style, sigma if not sigma else sigma / scale, cloned, depth + 1)

    def copy_in(self, element, parent, style, sigma, depth):
        target = href_of(element)
        if target not in self.by_id:
            raise Refused(f'<use> of "{target}", which is not in the drawing')
        found = self.attributes(element, False)
        shift = [found.pop("x", None), found.pop("y", None)]
        found.pop("width", None)
        found.pop("height", None)
        if any(shift):
            move = f"translate({shift[0] or 0} {shift[1] or 0})"
            found["transform"] = f"{found.get('transform', '')} {move}".strip()
        style = {**style, **{k: v for k, v in found.items() if k in INHERITED}}
        group = ET.SubElement(parent, "g", found)
        # The depth also ends a <use> that uses itself.
        self.visit(self.by_id[target], group, style, sigma, True, depth + 1)

    @staticmethod
    def blurred(tag, found, style, sigma, parent):
        outer = {k: found.pop(k) for k in ("id", "transform", "clip-path", "data-pivot") if k in found}
        whole = float(found.pop("opacity", 1))
        for part in ("fill", "stroke"):
            paint = found.get(part) or style.get(part) or ("#000" if part == "fill" else "none")
            if paint == "none":
                continue
            alpha = float(found.get(f"{part}-opacity") or style.get(f"{part}-opacity") or 1)
            group = ET.SubElement(parent, "g", outer)
            outer = {k: v for k, v in outer.items() if k not in ("id", "data-pivot")}
            if whole * alpha < 1:
                group.set("opacity", f"{whole * alpha:.3f}".rstrip("0").rstrip("."))
            shape = ET.Element(tag, {k: v for k, v in found.items() if not k.endswith("-opacity")})
            shape.set(part, paint)
            shape.set("stroke" if part == "fill" else "fill", "none")
            if f"{part}-opacity" in style:
                shape.set(f"{part}-opacity", "1")
            if part == "fill":
                group.extend(blur.fill_layers(shape, tag, sigma))
            else:
                width = float(found.get("stroke-width") or style.get("stroke-width") or 1)
                group.extend(blur.stroke_layers(shape, width, sigma))


def declarations(text):
    """"fill: red; opacity: .5" as a dictionary of attributes."""
    found = {}
    for entry in filter(None, (e.strip() for e in text.split(";"))):
        name, _, value = (part.strip() for part in entry.partition(":"))
        if name not in PROPERTIES | {"filter"}:
            raise Refused(f'style "{name[:40]}" is not in the subset')
        found[name] = value
    return found


def write(root):
    """One element a line, so that a change of the drawing is a small difference."""
    lines = []

    def line(element, depth):
        pad = " " * depth
        if element.tag is ET.Comment:
            lines.append(f"{pad}<!--{element.text}-->")
            return
        words = "".join(f' {k}="{escape(v)}"' for k, v in element.attrib.items())
        if not len(element):
            lines.append(f"{pad}<{element.tag}{words}/>")
            return
        lines.append(f"{pad}<{element.tag}{words}>")
        for child in element:
            line(child, depth + 1)
        lines.append(f"{pad}</{element.tag}>")

    line(root, 0)
    return "\n".join(lines) + "\n"


def escape(value):
    value = re.sub(r"\s+", " ", value.strip())
    if re.search(r'[<&"]', value):
        raise Refused(f'"{value[:40]}" holds a character that the subset has no room for')
    return value


def flatten(text):
    """The drawing's text and its table."""
    try:
        root = Flattener(parse(text)).run()
        table = groups.table_of(root)
    except (ValueError, IndexError) as error:
        raise Refused(f"a number cannot be read ({error}); write numbers without units") from error
    result = write(root)
    if len(result.encode()) > MAX_BYTES:
        raise Refused(f"larger than {MAX_BYTES // 1024} KiB once it is plain; simplify the paths")
    return result, table


def flatten_folder(source):
    """{file name: text} of everything --all writes."""
    files, tables = {}, {}
    for path in sorted(pathlib.Path(source).glob("*.svg")):
        try:
            files[path.name], tables[path.name] = flatten(path.read_text("utf-8"))
        except Refused as reason:
            raise Refused(f"{path}: {reason}") from reason
    files["groups.json"] = groups.write(tables)
    return files


def main():
    parser = argparse.ArgumentParser(description="Turns drawings into the campaign's SVG subset.")
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--groups", help="write the table of groups here")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--all", action="store_true", help="every drawing of a folder")
    mode.add_argument("--check", action="store_true", help="compare a folder, write nothing")
    options = parser.parse_args()
    try:
        return run(options)
    except Refused as reason:
        print(f"flatten.py: {reason}", file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"flatten.py: {error}", file=sys.stderr)
        return 3


def run(options):
    target = pathlib.Path(options.target)
    if not (options.all or options.check):
        source = pathlib.Path(options.source)
        try:
            text, table = flatten(source.read_text("utf-8"))
        except Refused as reason:
            raise Refused(f"{source}: {reason}") from reason
        target.write_text(text, "utf-8")
        if options.groups:
            pathlib.Path(options.groups).write_text(groups.write({target.name: table}), "utf-8")
        return 0
    stale = 0
    for name, text in flatten_folder(options.source).items():
        path = target / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale += 1
        if options.all:
            path.write_text(text, "utf-8")
        else:
            print(f"{path} is not what {options.source} gives; run tools/svg/flatten.py --all")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
