#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""validate_schema.py SCHEMA SAMPLE DATA: the schema is a schema, accepts the sample and the smallest
campaign, and refuses what it can refuse. Exit code 77 when python3-jsonschema is not installed (the
keys and limits themselves are held to the validator's table by format_test.cpp)."""
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(77)

# What is wrong in the others cannot be said by a schema, or is no JSON.
REFUSED = ["address", "bad-values", "claim", "ends", "languages", "missing-keys", "references", "wrong-root", "wrong-types"]


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    data = pathlib.Path(sys.argv[3])
    failures = []
    for path in [pathlib.Path(sys.argv[2]), data / "minimal.json"]:
        for error in validator.iter_errors(json.loads(path.read_text("utf-8"))):
            failures.append(f"{path}: {error.json_path}: {error.message}")
    for name in REFUSED:
        if validator.is_valid(json.loads((data / f"{name}.json").read_text("utf-8"))):
            failures.append(f"{name}.json is accepted by the schema")
    print("\n".join(failures) or "schema: as it must be")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
