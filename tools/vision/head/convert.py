#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the compact head file of the renderer from ICT-FaceKit (MIT, USC ICT).

  tools/vision/head/convert.py FACEXMODEL_FOLDER OUT.head    the folder of ICT-FaceKit's OBJ files
  tools/vision/head/convert.py LIGHT.npz OUT.head            the same data, quantised before

docs/vision/head.md says where to get it. Exit status: 0, or 1 with what is wrong.
"""

import argparse
import json
import pathlib
import sys

import numpy as np

import head_file

NEUTRAL = "generic_neutral_mesh.obj"
IDENTITY_MODES = 60
VERTICES = 26719  # the topology that the landmarks' vertices are chosen on


class BadSource(Exception):
    pass


def vertices(path):
    with open(path, encoding="ascii") as file:
        return np.array([line.split()[1:4] for line in file if line.startswith("v ")], np.float32)


def corner_of(word, path):
    """Of a face's vertex as OBJ writes it, the vertex and its texture coordinate, counted from 0."""
    numbers = word.split("/")[:2]
    if len(numbers) != 2 or not all(number.isdecimal() and int(number) > 0 for number in numbers):
        raise BadSource(f"{path} has a face \"{word}\" where vertex/texture, counted from 1, was expected: get it anew")
    return [int(number) - 1 for number in numbers]


def mesh(path):
    """Triangles, their texture corners and materials, texture coordinates, material names."""
    triangles, corners, materials, names, uv = [], [], [], [], []
    with open(path, encoding="ascii") as file:
        for line in file:
            words = line.split()
            if not words:
                continue
            if words[0] == "usemtl":
                if len(words) < 2:
                    raise BadSource(f"{path} names no material after \"usemtl\": get it anew")
                if words[1] not in names:
                    names.append(words[1])
                material = names.index(words[1])
            elif words[0] == "vt":
                uv.append([float(word) for word in words[1:3]])
            elif words[0] == "f":
                if not names:
                    raise BadSource(f"{path} has a face before any material (\"usemtl\"): get it anew")
                pairs = [corner_of(word, path) for word in words[1:]]
                for k in range(1, len(pairs) - 1):
                    fan = (pairs[0], pairs[k], pairs[k + 1])
                    triangles.append([pair[0] for pair in fan])
                    corners.append([pair[1] for pair in fan])
                    materials.append(material)
    return np.array(triangles), np.array(corners), np.array(materials), np.array(uv), names


def by_vertex(count, triangles, corners, uv):
    """One texture coordinate a vertex: seams lie where no landmark is."""
    for what, numbers, those in (("vertex", triangles, count), ("texture coordinate", corners, len(uv))):
        if numbers.size and not 0 <= numbers.min() <= numbers.max() < those:
            raise BadSource(f"the mesh has a face of {what} {numbers.max() + 1} or below 1, of {those}: get it anew")
    result = np.zeros((count, 2), np.float32)
    result[triangles.reshape(-1)] = uv[corners.reshape(-1)]
    return result


def needed(path):
    if not path.is_file():
        raise BadSource(f"{path} is missing; is this ICT-FaceKit's folder FaceXModel?")
    return path


def from_folder(folder):
    neutral = vertices(needed(folder / NEUTRAL))
    triangles, corners, materials, uv, names = mesh(folder / NEUTRAL)
    uv = by_vertex(len(neutral), triangles, corners, uv)
    modes = [vertices(needed(folder / f"identity{k:03d}.obj")) - neutral
             for k in range(IDENTITY_MODES)]
    files = sorted(path for path in folder.glob("*.obj")
                   if not path.stem.startswith(("identity", "generic")))
    if not files:
        raise BadSource(f"{folder} has no expression shapes (*.obj beside {NEUTRAL})")
    head = {"position": neutral, "triangle": triangles, "material": materials, "materials": names,
            "uv": uv, "expressions": [path.stem for path in files]}
    head["identity_scale"], head["identity"] = head_file.quantised(modes)
    head["expression_scale"], head["expression"] = head_file.quantised(
        [vertices(path) - neutral for path in files])
    return head


def arrays(path):
    try:
        with np.load(path) as data:
            return dict(data)
    except OSError:
        raise
    except Exception as problem:  # a damaged file raises whatever its bytes say
        raise BadSource(f"{path} is no whole file of arrays: {problem}; get it anew") from problem


def from_npz(path):
    names = json.loads(needed(path.with_name("ict_facekit_light.json")).read_text())
    data = arrays(path)
    head = {"position": data["base"], "triangle": data["faces"], "material": data["face_material"],
            "uv": by_vertex(len(data["base"]), data["faces"], data["face_uv"], data["uv"]),
            "identity_scale": data["id_scale"], "identity": data["id_q"],
            "expression_scale": data["expr_scale"], "expression": data["expr_q"]}
    head["materials"], head["expressions"] = names["materials"], names["expressions"]
    return head


def convert(source, out):
    head = from_folder(source) if source.is_dir() else from_npz(needed(source))
    if len(head["position"]) != VERTICES:
        raise BadSource(f"{source}: {len(head['position'])} vertices instead of {VERTICES}: not the "
                        "mesh that the landmarks are chosen on")
    head_file.write(out, head)
    counts = head_file.counts_of(head)
    print(f"{out}: {counts['V']} vertices, {counts['T']} triangles, {counts['I']} identity modes, "
          f"{counts['E']} expressions")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    options = parser.parse_args()
    try:
        convert(options.source, options.out)
    except (BadSource, ValueError, KeyError, OSError) as problem:
        print(f"convert.py: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
