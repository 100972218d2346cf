#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds packaging/systemd to what systemd and vitrine-kiosk know. Skips where systemd is not."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNIT = ROOT / "packaging/systemd/vitrine-kiosk.service"
KIOSK = pathlib.Path(os.environ["VITRINE_BIN"]) / "vitrine-kiosk"
# Heard since systemd 254; an older one says so and goes on.
NEWER = ("RestartSteps", "RestartMaxDelaySec")


def settings(file):
    return dict(re.findall(r"^(\w+)=(.*)$", file.read_text(), re.M))


def analyze(*arguments):
    return subprocess.run(["systemd-analyze", *arguments], text=True, capture_output=True, check=False)


class ServiceUnit(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-unit-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def staged(self):
        """The unit with the program where this build has it."""
        text = UNIT.read_text().replace("/usr/bin/vitrine-kiosk", str(KIOSK))
        unit = self.folder / UNIT.name
        unit.write_text(text)
        return unit

    def test_systemd_understands_every_line(self):
        done = analyze("verify", "--man=no", "--recursive-errors=no", str(self.staged()))
        complaints = [line for line in done.stderr.splitlines()
                      if UNIT.name in line and not any(name in line for name in NEWER)]
        self.assertEqual(complaints, [])

    def test_the_service_is_shut_in(self):
        done = analyze("security", "--offline=true", "--threshold=30", "--no-pager", str(self.staged()))
        self.assertEqual(done.returncode, 0, done.stdout[-400:] + done.stderr)

    def test_it_is_watched_and_always_comes_back(self):
        unit = settings(UNIT)
        self.assertEqual((unit["Type"], unit["Restart"], unit["StartLimitIntervalSec"]),
                         ("notify", "always", "0"))
        self.assertGreaterEqual(int(unit["WatchdogSec"]), 10)

    def test_the_kiosk_knows_every_option_it_is_started_with(self):
        command = settings(UNIT)["ExecStart"] + " " + settings(
            ROOT / "packaging/systemd/kiosk.env")["VITRINE_KIOSK_OPTIONS"]
        words = [str(self.folder) if "%S" in word else word for word in command.split()[1:]
                 if word != "$VITRINE_KIOSK_OPTIONS"]
        # Its folder is a file: everything before opening it went well.
        blocked = self.folder / "file"
        blocked.write_text("")
        words[words.index("--data") + 1] = str(blocked)
        done = subprocess.run([KIOSK, *words], text=True, capture_output=True, check=False,
                              env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
        self.assertEqual(done.returncode, 3, done.stderr)


if __name__ == "__main__":
    if shutil.which("systemd-analyze") is None:
        print("skipped: no systemd-analyze")
        sys.exit(77)
    unittest.main()
