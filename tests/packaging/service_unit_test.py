#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds packaging/systemd to what systemd and the programs know. Skips where systemd is not."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNITS = ROOT / "packaging/systemd"
BIN = pathlib.Path(os.environ["VITRINE_BIN"])
# Heard since systemd 254; an older one says so and goes on.
NEWER = ("RestartSteps", "RestartMaxDelaySec")


def settings(file):
    return dict(re.findall(r"^(\w+)=(.*)$", file.read_text(), re.M))


def analyze(*arguments):
    return subprocess.run(["systemd-analyze", *arguments], text=True, capture_output=True, check=False)


def run(*command):
    return subprocess.run(command, text=True, capture_output=True, check=False,
                          env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})


class ServiceUnit:
    """What holds for both; PROGRAM is the unit's, EXPOSURE the most that it may be open to the system."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-unit-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.unit = UNITS / f"{self.PROGRAM}.service"
        # Its folder is a file: what comes before opening it went well.
        self.blocked = self.folder / "file"
        self.blocked.write_text("")

    def staged(self):
        """The unit with the program where this build has it."""
        text = self.unit.read_text().replace(f"/usr/bin/{self.PROGRAM}", str(BIN / self.PROGRAM))
        unit = self.folder / self.unit.name
        unit.write_text(text)
        return unit

    def test_systemd_understands_every_line(self):
        done = analyze("verify", "--man=no", "--recursive-errors=no", str(self.staged()))
        complaints = [line for line in done.stderr.splitlines()
                      if self.unit.name in line and not any(name in line for name in NEWER)]
        self.assertEqual(complaints, [])

    def test_the_service_is_shut_in(self):
        done = analyze("security", "--offline=true", f"--threshold={self.EXPOSURE}", "--no-pager", str(self.staged()))
        self.assertEqual(done.returncode, 0, done.stdout[-400:] + done.stderr)

    def test_it_always_comes_back(self):
        unit = settings(self.unit)
        self.assertEqual((unit["Restart"], unit["StartLimitIntervalSec"]), ("always", "0"))


class KioskUnit(ServiceUnit, unittest.TestCase):
    PROGRAM = "vitrine-kiosk"
    EXPOSURE = 30

    def test_it_is_watched(self):
        unit = settings(self.unit)
        self.assertEqual(unit["Type"], "notify")
        self.assertGreaterEqual(int(unit["WatchdogSec"]), 10)

    def test_the_kiosk_knows_every_option_it_is_started_with(self):
        command = settings(self.unit)["ExecStart"] + " " + settings(UNITS / "kiosk.env")["VITRINE_KIOSK_OPTIONS"]
        words = [word for word in command.split()[1:] if word != "$VITRINE_KIOSK_OPTIONS"]
        words[words.index("--data") + 1] = str(self.blocked)
        done = run(BIN / self.PROGRAM, *words)
        self.assertEqual(done.returncode, 3, done.stderr)


class ServerUnit(ServiceUnit, unittest.TestCase):
    PROGRAM = "vitrine-server"
    EXPOSURE = 20

    def test_the_server_knows_every_option_it_is_started_with(self):
        words = settings(self.unit)["ExecStart"].split()[1:]
        self.assertEqual(words[words.index("--config") + 1], "/etc/vitrine/server.conf")
        words[words.index("--config") + 1] = str(UNITS / "server.conf")
        words[words.index("--data") + 1] = str(self.blocked)
        done = run(BIN / self.PROGRAM, *words)
        self.assertEqual(done.returncode, 4, done.stderr)

    def test_a_wrong_configuration_is_not_tried_for_ever(self):
        done = run(BIN / self.PROGRAM, "--no-such-option")
        self.assertEqual(str(done.returncode), settings(self.unit)["RestartPreventExitStatus"])

    def test_it_has_time_to_acknowledge_what_it_took(self):
        told = re.search(r"--stop-seconds.*\((\d+)\)", run(BIN / self.PROGRAM, "--help").stdout)
        self.assertGreater(int(settings(self.unit)["TimeoutStopSec"]), int(told[1]))


if __name__ == "__main__":
    if shutil.which("systemd-analyze") is None:
        print("skipped: no systemd-analyze")
        sys.exit(77)
    unittest.main()
