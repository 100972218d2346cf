#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""page.py [--check]: docs/openapi.yaml as a page, server/console/api.html, for people.

With --check nothing is written; exit code 1 when the page is not what the document says. Exit code
77 when python3-yaml is not there.
"""
import html
import json
import pathlib
import re
import sys

try:
    import yaml
except ImportError:
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs/openapi.yaml"
PAGE = ROOT / "server/console/api.html"
DOCUMENT = yaml.safe_load(SOURCE.read_text("utf-8"))
METHODS = ("get", "post", "put", "patch", "delete")


def resolve(node):
    """What a reference leads to, with what stands beside it."""
    while "$ref" in node:
        target = DOCUMENT
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def text(value):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(" ".join(str(value).split())))


def code(value):
    return f"<code>{html.escape(str(value))}</code>"


def rule(schema):
    """A schema in a few words: type and limits."""
    schema = resolve(schema)
    if "const" in schema:
        return code(json.dumps(schema["const"]))
    if "enum" in schema:
        return " or ".join(code(value) for value in schema["enum"])
    words = [text(schema.get("type", "any"))]
    for key, before in (("minimum", "from"), ("maximum", "to"), ("maxLength", "at most"), ("maxItems", "at most")):
        if key in schema:
            words.append(f"{before} {schema[key]}")
    if "pattern" in schema:
        words.append(code(schema["pattern"]))
    return " ".join(words)


def members(schema, depth=0):
    """Table rows of an object's members, those inside them indented."""
    schema = resolve(schema)
    if schema.get("type") == "array":
        yield from members(schema["items"], depth)
    for name, inner in schema.get("properties", {}).items():
        must = "" if name in schema.get("required", ()) else " (optional)"
        told = text(resolve(inner).get("description", ""))
        yield f'<tr><td class="in{depth}">{code(name)}{must}</td><td>{rule(inner)}</td><td>{told}</td></tr>'
        yield from members(inner, depth + 1)


def table(schema):
    rows = list(members(schema))
    if not rows:
        return ""
    return '<div class="scroll"><table><tbody>' + "\n".join(rows) + "</tbody></table></div>"


def contents(content):
    for kind, media in (content or {}).items():
        schema = media["schema"]
        yield f"<p>{code(kind)}: {rule(schema)}</p>"
        yield table(schema)


def operation(path, method, what):
    out = [f'<section id="{what["operationId"]}"><h3>{code(method.upper() + " " + path)}</h3>']
    out.append(f'<p>{text(what["summary"])} {text(what.get("description", ""))}</p>')
    if "requestBody" in what:
        out.append("<h4>Body</h4>")
        out.extend(contents(what["requestBody"]["content"]))
    for status, answer in what["responses"].items():
        answer = resolve(answer)
        out.append(f'<h4>{status} <span>{text(answer["description"])}</span></h4>')
        out.extend(contents(answer.get("content")))
    return "\n".join(line for line in out if line) + "</section>"


def page():
    info = DOCUMENT["info"]
    out = ["""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vitrine: HTTP</title>
<link rel="stylesheet" href="/live.css">
</head>
<body class="document">
<!-- Written by tools/openapi/page.py from docs/openapi.yaml. -->
<header><h1>Vitrine <span>HTTP</span></h1></header>
<main>"""]
    out.append(f'<p>{text(info["summary"])} For programs: <a href="/api/openapi.yaml">openapi.yaml</a>.</p>')
    out.append(f'<p>{text(info["description"])}</p>')
    for tag in DOCUMENT["tags"]:
        out.append(f'<h2>{text(tag["name"].capitalize())} listener</h2><p>{text(tag["description"])}</p>')
        for path, item in DOCUMENT["paths"].items():
            out.extend(operation(path, method, item[method]) for method in METHODS
                       if method in item and tag["name"] in item[method]["tags"])
    return "\n".join(out) + "\n</main>\n</body>\n</html>\n"


def main():
    if "--check" in sys.argv[1:]:
        if PAGE.is_file() and PAGE.read_text("utf-8") == page():
            return 0
        print(f"{PAGE} is stale: run tools/openapi/page.py", file=sys.stderr)
        return 1
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
