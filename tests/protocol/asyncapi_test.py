#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""asyncapi_test.py [META_SCHEMA]: docs/asyncapi.yaml says what docs/protocol.md says.

The examples of the document, which protocol_test decodes with the engine's own codec, fit the
payloads; its tables name the same members, required and not; its refused frames do not fit; the
engine's lists of codes have the same names. With META_SCHEMA the file is also held to AsyncAPI's own
schema. Exit code 77 when python3-jsonschema, python3-yaml or META_SCHEMA is not there.
"""
import copy
import json
import pathlib
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError:
    sys.exit(77)

DOCUMENT = pathlib.Path("docs/protocol.md").read_text("utf-8")
CODES = pathlib.Path("engine/protocol/codes.h").read_text("utf-8")
OUTLINE = yaml.safe_load(pathlib.Path("docs/asyncapi.yaml").read_text("utf-8"))
MESSAGES = OUTLINE["components"]["messages"]
failures = []


def check(condition, what):
    if not condition:
        failures.append(what)


def payload_validator(kind):
    schema = copy.deepcopy(MESSAGES[kind]["payload"])
    schema["components"] = OUTLINE["components"]
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def check_references():
    used = set()
    for reference in references(OUTLINE):
        place = OUTLINE
        for step in reference.removeprefix("#/").split("/"):
            place = place.get(step, {})
        check(place, f"{reference} leads nowhere")
        used.add(reference)
    for kind in MESSAGES:
        check(f"#/components/messages/{kind}" in used, f"{kind} is sent by nobody")


def blocks(label):
    return re.findall(r"^```json " + label + r"(?: (\w+))?\n(.*?)^```", DOCUMENT, re.S | re.M)


def check_examples():
    for kind in MESSAGES:
        found = blocks(kind)
        check(found, f"docs/protocol.md has no example of {kind}")
        for _, text in found:
            for error in payload_validator(kind).iter_errors(json.loads(text)):
                failures.append(f"example of {kind}: {error.json_path}: {error.message}")
    # What a schema can see of what must be refused; a double key and broken JSON are not among it.
    seen = 0
    for reason, text in blocks("invalid"):
        if reason in ("not_json", "duplicate_key", "bad_loss"):
            continue
        seen += 1
        frame = json.loads(text)
        fits = frame["kind"] in MESSAGES and payload_validator(frame["kind"]).is_valid(frame)
        check(not fits, f"the refused frame {reason} fits")
    check(seen >= 4, "docs/protocol.md has too few refused frames")


# {member: is required} of the first table of a section; the row's own is the second one of batch.
def tables(kind):
    section = re.search(rf"^### {kind} \(.*?(?=^##)", DOCUMENT, re.S | re.M).group(0)
    for table in re.findall(r"^\| Member \| \|\n\|---\|---\|\n((?:\|.*\n)+)", section, re.M):
        members = {}
        for line in table.splitlines():
            first = line.split("|")[1]
            for name in re.findall(r"`(\w+)`", first):
                members[name] = "•" in first
        yield members


def compare(kind, members, properties, required):
    check(set(members) == set(properties),
          f"{kind}: the document names {sorted(members)}, the outline {sorted(properties)}")
    must = {name for name, is_required in members.items() if is_required}
    check(must == set(required), f"{kind}: required are {sorted(must)}, not {sorted(required)}")


def check_members():
    for kind, message in MESSAGES.items():
        if kind == "cloudevent":
            continue
        payload = message["payload"]
        properties = {name: rule for name, rule in payload["properties"].items() if name != "kind"}
        check(payload["properties"]["kind"] == {"const": kind}, f"{kind} calls itself otherwise")
        check("kind" in payload["required"], f"{kind} may come without its kind")
        found = list(tables(kind))
        if kind == "gap":  # told in words
            found = [{"incarnation": True, "expected": True}]
        compare(kind, found[0], properties, set(payload["required"]) - {"kind"})
    row = MESSAGES["batch"]["payload"]["properties"]["rows"]["items"]["allOf"]
    context = OUTLINE["components"]["schemas"]["context"]["properties"]
    compare("row", list(tables("batch"))[1], {**context, **row[1]["properties"]}, row[1]["required"])


def names_of(macro):
    text = re.search(rf"#define {macro}\(X\)(.*?)\n\n", CODES, re.S).group(1)
    return [name for _, name in re.findall(r"X\((\w+), (\w+)\)", text)]


def check_names():
    reason = MESSAGES["loss"]["payload"]["properties"]["reason"]["enum"]
    check(reason == names_of("VITRINE_LOSS_REASONS"), "reasons of a loss differ from the engine's")
    code = MESSAGES["refused"]["payload"]["properties"]["code"]["examples"]
    check(code == names_of("VITRINE_FRAME_ERRORS"), "codes of refused differ from the engine's")


# python3-jsonschema 4.10 takes a property called $id for the name of a schema; we have none.
def without_property_id(node):
    if isinstance(node, dict):
        return {key: without_property_id(value) for key, value in node.items()
                if key != "$id" or isinstance(value, str)}
    return [without_property_id(value) for value in node] if isinstance(node, list) else node


def check_meta_schema(path):
    if not path.is_file():
        sys.exit(77)
    meta = without_property_id(json.loads(path.read_text("utf-8")))
    for error in jsonschema.Draft7Validator(meta).iter_errors(OUTLINE):
        failures.append(f"AsyncAPI: {error.json_path}: {error.message[:300]}")


def main():
    check_references()
    check_examples()
    check_members()
    check_names()
    if len(sys.argv) > 1:
        check_meta_schema(pathlib.Path(sys.argv[1]))
    print("\n".join(failures) or "asyncapi: as it must be")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
