# SPDX-License-Identifier: MIT
"""The layer check must see each offence in a tree made for it, and nothing in a clean one."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from check_layers import Checker  # noqa: E402

ARCHITECTURE = """
```deps
base:
gfx: base
scenes: base gfx
server: base
native: base gfx
scenes ! gfx/secret.h
```
```headers
GLES3/: engine/gfx/
sqlite3.h: server/store/sqlite_store.cpp
unistd.h: native/
```
"""


class CheckLayersTest(unittest.TestCase):
    def findings(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for top in ("engine", "scenes", "native", "wasm", "server", "tools", "tests", "docs"):
                (root / top).mkdir()
            (root / "docs/architecture.md").write_text(ARCHITECTURE)
            (root / "tests/CMakeLists.txt").write_text("add_subdirectory(gfx)\n")
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return Checker(root).run()

    def assert_found(self, files, *words):
        findings = self.findings(files)
        self.assertEqual(len(findings), 1, findings)
        for word in words:
            self.assertIn(word, findings[0])

    def test_a_clean_tree_has_no_findings(self):
        self.assertEqual([], self.findings({
            "engine/gfx/a.cpp": '#include <GLES3/gl3.h>\n#include <vector>\n'
                                '#include "engine/base/b.h"\n#if VITRINE_FAST\n#endif\n',
            "native/main.cpp": "#ifdef __linux__\n#include <unistd.h>\n#endif\n"}))

    def test_an_upward_include_is_found(self):
        self.assert_found({"engine/base/a.cpp": '\n#include "engine/gfx/b.h"\n'},
                          "engine/base/a.cpp:2", "base may not include gfx")

    def test_a_forbidden_header_is_found(self):
        self.assert_found({"scenes/x/x.cpp": '#include "engine/gfx/secret.h"\n'}, "scenes may not")

    def test_a_private_header_is_found(self):
        self.assert_found({"scenes/x/x.cpp": '#include "engine/gfx/b_internal.h"\n'}, "private")

    def test_a_third_party_header_out_of_place_is_found(self):
        self.assert_found({"server/other.cpp": "#include <sqlite3.h>\n"}, "sqlite_store.cpp only")

    def test_a_third_party_header_in_quotes_is_found(self):
        self.assert_found({"server/other.cpp": '#include "sqlite3.h"\n'}, "sqlite_store.cpp only")

    def test_a_system_header_in_the_engine_is_found(self):
        self.assert_found({"engine/base/a.cpp": "#include <sys/socket.h>\n"}, "headers block")

    def test_every_form_of_platform_condition_is_found(self):
        for condition in ("#ifdef __EMSCRIPTEN__", "#  if defined( _WIN32 )", "#ifndef __linux__",
                          "#if 1 \\\n && defined(__APPLE__)", "#if 0\n#elif __wasm__",
                          "#if /* x */ __x86_64__"):
            with self.subTest(condition):
                self.assert_found({"engine/base/a.h": condition + "\n#endif\n"}, "#if on")

    def test_a_condition_in_a_comment_is_no_offence(self):
        self.assertEqual([], self.findings({"engine/base/a.h": "/*\n#ifdef _WIN32\n*/\n"}))

    def test_a_test_nobody_runs_is_found(self):
        self.assert_found({"tests/gfx/b_test.cpp": "", "tests/gfx/CMakeLists.txt": "a_test.cpp"},
                          "nobody runs it")


if __name__ == "__main__":
    unittest.main()
