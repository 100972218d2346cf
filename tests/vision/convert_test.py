#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The head converter and the head file."""

import contextlib
import io
import pathlib
import tempfile
import unittest

import support

support.need_modules("numpy")
import numpy as np  # noqa: E402

import convert  # noqa: E402
import head_file  # noqa: E402

OBJ = """# a square of two materials
usemtl M_Face
v 0 0 0
v 1 0 0
v 1 1 0
v 0 1 0
vt 0 0
vt 1 0
vt 1 1
vt 0 1
f 1/1 2/2 3/3 4/4
usemtl M_Teeth
f 1/1 2/2 3/3
"""


def small_head():
    scale, moves = head_file.quantised(np.random.default_rng(1).normal(size=(2, 4, 3)))
    return {"position": np.zeros((4, 3)), "uv": np.zeros((4, 2)), "triangle": [[0, 1, 2]], "material": [0],
            "materials": ["M_Face"], "expressions": ["jawOpen", "smile"], "identity_scale": scale,
            "identity": moves, "expression_scale": scale, "expression": moves}


class ConvertTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def run_convert(self, source):
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors):
            try:
                convert.convert(source, self.folder / "out.head")
            except convert.BadSource as problem:
                return str(problem)
        return ""

    def test_faces_with_four_corners_become_two_triangles_of_their_material(self):
        path = self.folder / "square.obj"
        path.write_text(OBJ)
        triangles, corners, materials, uv, names = convert.mesh(path)
        self.assertEqual(triangles.tolist(), [[0, 1, 2], [0, 2, 3], [0, 1, 2]])
        self.assertEqual(materials.tolist(), [0, 0, 1])
        self.assertEqual(names, ["M_Face", "M_Teeth"])
        self.assertEqual(convert.by_vertex(4, triangles, corners, uv).tolist(), uv.tolist())

    def test_faces_without_a_material_are_refused(self):
        path = self.folder / "square.obj"
        for mesh, words in ((OBJ.replace("usemtl M_Face\n", ""), "a face before any material"),
                            (OBJ.replace("usemtl M_Teeth", "usemtl"), "names no material")):
            path.write_text(mesh)
            with self.assertRaisesRegex(convert.BadSource, f"square.obj .*{words}"):
                convert.mesh(path)

    def test_faces_of_corners_that_are_not_there_are_refused(self):
        for mesh, words in ((OBJ.replace("4/4", "4"), 'a face "4" where'), (OBJ.replace("4/4", "-1/4"), 'a face "-1/4" where'),
                            (OBJ.replace("4/4", "4//4"), 'a face "4//4" where'), (OBJ.replace("4/4", "4/9"), "coordinate 9 or below 1, of 4"),
                            (OBJ.replace("4/4", "9/4"), "vertex 9 or below 1, of 4")):
            (self.folder / convert.NEUTRAL).write_text(mesh)
            self.assertIn(words, self.run_convert(self.folder))
        path = self.folder / "light.npz"
        (self.folder / "ict_facekit_light.json").write_text('{"materials": [], "expressions": []}')
        for corner in (4, -1):
            np.savez(path, base=np.zeros((4, 3)), faces=np.array([[0, 1, corner]]), face_material=[0], face_uv=np.array([[0, 1, 2]]), uv=np.zeros((4, 2)))
            self.assertIn("a face of vertex", self.run_convert(path))

    def test_damaged_arrays_are_refused(self):
        path = self.folder / "light.npz"
        (self.folder / "ict_facekit_light.json").write_text('{"materials": [], "expressions": []}')
        np.savez(path, base=np.zeros((4, 3)))
        for data in (path.read_bytes()[:-30], b"PK\3\4", b"words", b""):
            path.write_bytes(data)
            self.assertIn("light.npz is no whole file of arrays", self.run_convert(path))

    def test_moves_survive_being_made_integers(self):
        moves = np.random.default_rng(2).normal(size=(3, 50, 3))
        scale, values = head_file.quantised(moves)
        back = values * scale[:, None, None]
        self.assertLess(np.abs(back - moves).max(), np.abs(moves).max() / 32767)

    def test_a_folder_without_the_mesh_is_refused_by_name(self):
        self.assertIn("generic_neutral_mesh.obj is missing", self.run_convert(self.folder))

    def test_a_mesh_of_another_topology_is_refused(self):
        for name in [convert.NEUTRAL] + [f"identity{k:03d}.obj" for k in range(60)] + ["jawOpen.obj"]:
            (self.folder / name).write_text(OBJ)
        self.assertIn("4 vertices instead of 26719", self.run_convert(self.folder))

    def test_arrays_of_the_wrong_shape_are_not_written(self):
        head = small_head()
        head["uv"] = np.zeros((3, 2))
        with self.assertRaisesRegex(ValueError, "uv has the shape"):
            head_file.write(self.folder / "out.head", head)

    def test_the_licence_travels_in_the_file(self):
        head_file.write(self.folder / "out.head", small_head())
        self.assertIn(b"MIT, Copyright (c) 2020 USC Institute", (self.folder / "out.head").read_bytes()[:200])


if __name__ == "__main__":
    unittest.main()
