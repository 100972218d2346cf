#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turns assets/dictionary into C++, a document and JSON Schema files.

  generate.py --code DIR     interactions.h and dictionary_table.inc (CMake runs this)
  generate.py --documents    docs/dictionary.md and assets/schema/dictionary/*.schema.json
  generate.py --check        fails when what --documents writes is not what is committed

Python 3.9, standard library alone.
"""
import argparse
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DICTIONARY = ROOT / "assets" / "dictionary"
STAGES = ["none", "pass", "stop", "touch", "engage", "claim", "redeem", "join"]
NAME = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
COMMON_KEYS = {"name", "meaning", "type", "required", "personal"}
KEYS_OF_TYPE = {
    "integer": {"min", "max", "unit"},
    "number": {"min", "max", "unit"},
    "boolean": set(),
    "enumerated": {"values"},
    "identifier": {"max_length"},
}
NEEDED_KEYS = {
    "integer": {"min", "max"},
    "number": {"min", "max"},
    "boolean": set(),
    "enumerated": {"values"},
    "identifier": {"max_length"},
}
IDENTIFIER_PATTERN = "^[A-Za-z0-9._:-]+$"
LARGEST_INTEGER = 2 ** 53
LONGEST_IDENTIFIER = 64


class DictionaryError(Exception):
    pass


def fail(place, text):
    raise DictionaryError(f"{place}: {text}")


def refuse_duplicates(pairs):
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise DictionaryError(f"duplicate key {key!r}")
    return dict(pairs)


def check_range(place, prop):
    if prop["min"] > prop["max"]:
        fail(place, "min is above max")
    if max(abs(prop["min"]), abs(prop["max"])) > LARGEST_INTEGER:
        fail(place, "the range goes beyond 2^53")


def check_values(place, values):
    if not values or len(set(values)) != len(values):
        fail(place, "values must be given once each")
    for value in values:
        if not NAME.match(value):
            fail(place, f"value {value!r} is not snake_case")


def check_property(place, prop):
    kind = prop.get("type")
    if kind not in KEYS_OF_TYPE:
        fail(place, f"type must be one of {sorted(KEYS_OF_TYPE)}")
    unknown = set(prop) - COMMON_KEYS - KEYS_OF_TYPE[kind]
    missing = (COMMON_KEYS | NEEDED_KEYS[kind]) - set(prop)
    if unknown or missing:
        fail(place, f"unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    if not NAME.match(prop["name"]) or not prop["meaning"].endswith("."):
        fail(place, "the name is snake_case and the meaning a sentence")
    if not isinstance(prop["required"], bool) or not isinstance(prop["personal"], bool):
        fail(place, "required and personal are true or false")
    if kind in ("integer", "number"):
        check_range(place, prop)
    if kind == "enumerated":
        check_values(place, prop["values"])
    if kind == "identifier" and not 1 <= prop["max_length"] <= LONGEST_IDENTIFIER:
        fail(place, f"max_length must be 1..{LONGEST_IDENTIFIER}")


def check_type(place, entry):
    if set(entry) - {"needed_for_claims"} != {"name", "meaning", "stage", "properties"}:
        fail(place, "a type has name, meaning, stage, properties, and may have needed_for_claims")
    if entry.get("needed_for_claims", True) is not True:
        fail(place, "needed_for_claims is true or is not there")
    if not NAME.match(entry["name"]) or not entry["meaning"].endswith("."):
        fail(place, "the name is snake_case and the meaning a sentence")
    if entry["stage"] not in STAGES:
        fail(place, f"stage must be one of {STAGES}")
    names = [prop.get("name") for prop in entry["properties"]]
    if len(set(names)) != len(names) or len(names) > 32:
        fail(place, "at most 32 properties, each name once")
    for prop in entry["properties"]:
        check_property(f"{place}.{prop.get('name')}", prop)


def load():
    types = []
    for path in sorted(DICTIONARY.glob("*.json")):
        try:
            document = json.loads(path.read_text("utf-8"), object_pairs_hook=refuse_duplicates)
        except (json.JSONDecodeError, DictionaryError) as error:
            fail(path.name, error)
        if not isinstance(document, dict) or set(document) != {"types"}:
            fail(path.name, 'the file is {"types": [...]}, each a description')
        for entry in document["types"]:
            check_type(f"{path.name}: {entry.get('name')}", entry)
            types.append(entry)
    types.sort(key=lambda entry: entry["name"])
    names = [entry["name"] for entry in types]
    if len(set(names)) != len(names):
        raise DictionaryError("a type is described twice")
    return types


def pascal(name):
    return "".join(part.capitalize() for part in name.split("_"))


CPP_KINDS = {"integer": "int64_t", "number": "double", "boolean": "bool",
             "identifier": "std::string_view"}


def cpp_type(prop):
    kind = prop["type"]
    base = pascal(prop["name"]) if kind == "enumerated" else CPP_KINDS[kind]
    return base if prop["required"] else f"std::optional<{base}>"


def comment(prop):
    parts = [prop["meaning"].rstrip(".")]
    if "unit" in prop:
        parts.append(prop["unit"])
    if "min" in prop:
        parts.append(f"{prop['min']}..{prop['max']}")
    return "; ".join(parts)


def enum_lines(prop):
    names = ", ".join(pascal(value) for value in prop["values"])
    return [f"  enum class {pascal(prop['name'])} : uint8_t {{ {names} }};"]


def append_expression(prop, value):
    kind = prop["type"]
    if kind == "enumerated":
        names = ", ".join(f'"{item}"' for item in prop["values"])
        table = f"k{pascal(prop['name'])}Names"
        return [f"    static constexpr std::string_view {table}[] = {{{names}}};"], \
            f"string({table}[static_cast<uint8_t>({value})])"
    method = {"integer": "integer", "number": "number", "boolean": "boolean",
              "identifier": "string"}[kind]
    return [], f"{method}({value})"


def struct_lines(entry):
    name = pascal(entry["name"])
    lines = [f"// {entry['meaning']}", f"struct {name} {{",
             f"  static constexpr protocol::TypeId kType = protocol::TypeId::{name};"]
    for prop in entry["properties"]:
        if prop["type"] == "enumerated":
            lines += enum_lines(prop)
    for prop in entry["properties"]:
        initial = "" if prop["required"] else " = {}"
        lines.append(f"  {cpp_type(prop)} {prop['name']}{initial};  // {comment(prop)}")
    parameter = "writer" if entry["properties"] else ""
    lines.append(f"  void append_properties(JsonWriter& {parameter}) const {{"
                 if parameter else "  void append_properties(JsonWriter&) const {")
    for prop in entry["properties"]:
        value = prop["name"] if prop["required"] else "*" + prop["name"]
        before, call = append_expression(prop, value)
        guard = "" if prop["required"] else f"if ({prop['name']}) "
        lines += before
        lines.append(f"    {guard}writer.key(\"{prop['name']}\").{call};")
    lines += ["  }", "};", ""]
    return lines


HEADER = "// Generated from assets/dictionary by tools/dictionary/generate.py.\n"


def interactions_header(types):
    lines = ["#pragma once", "", "#include <cstdint>", "#include <optional>",
             "#include <string_view>", "", '#include "engine/base/json/json_writer.h"', "",
             "namespace vitrine::protocol {", "",
             "// Order and number may differ between builds: on disk and on the wire is the name.",
             "enum class TypeId : uint16_t {"]
    lines += [f"  {pascal(entry['name'])}," for entry in types]
    lines += ["};", "", f"inline constexpr uint16_t kTypeCount = {len(types)};", "",
              "}  // namespace vitrine::protocol", "", "namespace vitrine::interactions {", ""]
    for entry in types:
        lines += struct_lines(entry)
    lines.append("}  // namespace vitrine::interactions")
    return HEADER + "\n".join(lines) + "\n"


def needed(entry):
    return str(entry.get("needed_for_claims", False)).lower()


def property_row(entry, prop):
    kind = pascal(prop["type"])
    values = "{}"
    if prop["type"] == "enumerated":
        values = f"k{pascal(entry['name'])}{pascal(prop['name'])}Values"
    return (f'    {{"{prop["name"]}", PropertyKind::{kind}, {str(prop["required"]).lower()}, '
            f'{str(prop["personal"]).lower()}, {prop.get("min", 0)}, {prop.get("max", 0)}, '
            f'{prop.get("max_length", 0)}, {values}}},')


def table_include(types):
    lines = []
    for entry in types:
        for prop in entry["properties"]:
            if prop["type"] == "enumerated":
                names = ", ".join(f'"{value}"' for value in prop["values"])
                lines.append("constexpr std::string_view "
                             f"k{pascal(entry['name'])}{pascal(prop['name'])}Values[] = {{{names}}};")
        if entry["properties"]:
            lines.append(f"constexpr PropertyInfo k{pascal(entry['name'])}[] = {{")
            lines += [property_row(entry, prop) for prop in entry["properties"]]
            lines.append("};")
    lines.append("constexpr TypeInfo kTypes[] = {")
    for entry in types:
        name = pascal(entry["name"])
        properties = f"k{name}" if entry["properties"] else "{}"
        required = sum(1 << index for index, prop in enumerate(entry["properties"])
                       if prop["required"])
        lines.append(f'    {{TypeId::{name}, "{entry["name"]}", FunnelStage::{pascal(entry["stage"])}, '
                     f"{properties}, {required}u, {needed(entry)}}},")
    lines.append("};")
    return HEADER + "\n".join(lines) + "\n"


def limits_text(prop):
    kind = prop["type"]
    if kind in ("integer", "number"):
        return f"{prop['min']} to {prop['max']}"
    if kind == "enumerated":
        return ", ".join(f"`{value}`" for value in prop["values"])
    if kind == "identifier":
        return f"at most {prop['max_length']} of `A-Z a-z 0-9 . _ : -`"
    return ""


def document(types):
    lines = ["# Data dictionary", "",
             "Every interaction Vitrine records, written from `assets/dictionary` by",
             "`tools/dictionary/generate.py --documents`. A test fails when this file is behind.", "",
             "The envelope (device, sequence, time, session, campaign, brand, scene, mode) is in",
             "[protocol.md](protocol.md). No property here is free text and none is personal.", "",
             "The funnel is pass, stop, touch, engage, claim, redeem, join; a type without a stage",
             "does not count in it.", "",
             "A phone that came by a screen's code, and whose person did not agree to statistics, records nothing",
             "but the types that are needed for claims.", "", "| Type | Stage | Meaning |", "|---|---|---|"]
    for entry in types:
        stage = "" if entry["stage"] == "none" else entry["stage"]
        lines.append(f"| [`{entry['name']}`](#{entry['name']}) | {stage} | {entry['meaning']} |")
    for entry in types:
        lines += ["", f"## {entry['name']}", "", entry["meaning"]]
        if "needed_for_claims" in entry:
            lines += ["", "Needed for claims."]
        if not entry["properties"]:
            lines += ["", "No properties."]
            continue
        lines += ["", "| Property | Type | Limits | Unit | Required | Personal | Meaning |",
                  "|---|---|---|---|---|---|---|"]
        for prop in entry["properties"]:
            lines.append(f"| `{prop['name']}` | {prop['type']} | {limits_text(prop)} | "
                         f"{prop.get('unit', '')} | {'yes' if prop['required'] else 'no'} | "
                         f"{'yes' if prop['personal'] else 'no'} | {prop['meaning']} |")
    return "\n".join(lines) + "\n"


def property_schema(prop):
    schema = {"description": prop["meaning"]}
    kind = prop["type"]
    if kind == "enumerated":
        schema["enum"] = prop["values"]
    elif kind == "identifier":
        schema.update(type="string", minLength=1, maxLength=prop["max_length"],
                      pattern=IDENTIFIER_PATTERN)
    else:
        schema["type"] = kind
    if "min" in prop:
        schema.update(minimum=prop["min"], maximum=prop["max"])
    schema["x-personal"] = prop["personal"]
    if "unit" in prop:
        schema["x-unit"] = prop["unit"]
    return schema


def schema(entry):
    value = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": entry["name"],
        "description": entry["meaning"],
        "x-stage": entry["stage"],
        **({"x-needed-for-claims": True} if "needed_for_claims" in entry else {}),
        "type": "object",
        "properties": {prop["name"]: property_schema(prop) for prop in entry["properties"]},
        "required": [prop["name"] for prop in entry["properties"] if prop["required"]],
        "additionalProperties": False,
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def documents(types):
    files = {ROOT / "docs" / "dictionary.md": document(types)}
    for entry in types:
        files[ROOT / "assets" / "schema" / "dictionary" / f"{entry['name']}.schema.json"] = schema(entry)
    return files


def write_if_changed(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def write_documents(types):
    files = documents(types)
    for path in (ROOT / "assets" / "schema" / "dictionary").glob("*.schema.json"):
        if path not in files:
            path.unlink()
    for path, text in files.items():
        write_if_changed(path, text)


def check_documents(types):
    files = documents(types)
    stale = [path for path, text in files.items()
             if not path.exists() or path.read_text("utf-8") != text]
    stale += [path for path in (ROOT / "assets" / "schema" / "dictionary").glob("*.schema.json")
              if path not in files]
    for path in stale:
        print(f"{path.relative_to(ROOT)}: out of date; run tools/dictionary/generate.py --documents")
    return 1 if stale else 0


def write_code(types, directory):
    write_if_changed(directory / "interactions.h", interactions_header(types))
    write_if_changed(directory / "dictionary_table.inc", table_include(types))
    (directory / "stamp").write_text("")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--code", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--documents", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    try:
        types = load()
    except DictionaryError as error:
        print(f"assets/dictionary: {error}", file=sys.stderr)
        return 1
    if arguments.code:
        write_code(types, arguments.code)
    if arguments.documents:
        write_documents(types)
    return check_documents(types) if arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())
