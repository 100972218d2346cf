#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds what ./dev says and does on machines that lack something.

The functions of tools/dev run as they are; apt, dpkg, df, id and sudo are fakes on the PATH that
behave as a variable tells them and write down how they were called.
"""

import fcntl
import os
import pathlib
import re
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

FAKES = {
    "dpkg-query": '[[ " $FAKE_INSTALLED " == *" ${@: -1} "* ]] && printf installed; exit 0',
    "apt-cache": '[[ " $FAKE_ARCHIVE " == *" ${@: -1} "* ]]',
    "apt-get": '[ "${@: -1}" = update ] && { printf "%b" "$FAKE_UPDATE"; exit 0; }\n'
               'printf "%b" "$FAKE_INSTALL"; exit "${FAKE_INSTALL_STATUS:-0}"',
    "df": 'printf "Filesystem 1M Used Available Use Mounted\\nfake 9 9 ${FAKE_FREE_MB:-90000} 9%% /\\n"',
    "id": 'echo "${FAKE_UID:-0}"',
    "npm": 'printf "%b" "$FAKE_NPM"; exit "${FAKE_NPM_STATUS:-0}"',
}
NEEDED = "bash env grep tail head cut tr awk sed mkdir cat sleep sha256sum nproc dirname basename rm flock".split()


class DevScript(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-dev-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        for name in NEEDED:
            (self.bin / name).symlink_to(shutil.which(name))
        for name, body in FAKES.items():
            self.fake(name, body)
        self.root = self.folder / "tree"
        self.root.mkdir()
        shutil.copy(ROOT / "package-lock.json", self.root)

    def fake(self, name, body):
        file = self.bin / name
        file.write_text('#!/bin/bash\necho "%s $*" >>"$FAKE_CALLS"\n%s\n' % (name, body))
        file.chmod(file.stat().st_mode | stat.S_IXUSR)

    def environment(self, **more):
        return {"PATH": str(self.bin), "FAKE_CALLS": str(self.folder / "calls"),
                "VITRINE_POLICY_FILE": str(self.folder / "none/policy-rc.d"), "VITRINE_ANY_SYSTEM": "1",
                "FAKE_ARCHIVE": "cmake g++", "FAKE_INSTALLED": "", **more}

    def script(self, commands):
        return ["bash", "-c", "set -euo pipefail; root=%s; cd $root; source %s/tools/dev/common.sh; "
                "source %s/tools/dev/demo.sh; %s" % (self.root, ROOT, ROOT, commands)]

    def run_script(self, commands, **environment):
        return subprocess.run(self.script(commands), env=self.environment(**environment), text=True,
                              capture_output=True, timeout=120, check=False)

    def calls(self):
        file = self.folder / "calls"
        return file.read_text() if file.exists() else ""

    def assert_fails(self, done, status, *words):
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    # Packages.

    def test_installs_only_what_is_missing_and_by_name(self):
        done = self.run_script("install_packages cmake g++", FAKE_INSTALLED="cmake")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("missing: g++", done.stdout)
        self.assertRegex(self.calls(), r"apt-get .*install -y --no-install-recommends g\+\+\n")

    def test_asks_nobody_when_everything_is_there(self):
        done = self.run_script("install_packages cmake g++", FAKE_INSTALLED="cmake g++", FAKE_UID="1000")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("apt-get", self.calls())

    def test_names_a_package_that_the_archive_lacks(self):
        done = self.run_script("install_packages cmake no-such-thing")
        self.assert_fails(done, 3, '"no-such-thing"', "main is enabled")
        self.assertNotIn("install", self.calls())

    def test_says_that_the_network_is_gone_when_the_lists_cannot_be_read(self):
        done = self.run_script("install_packages cmake", FAKE_ARCHIVE="",
                               FAKE_UPDATE="W: Failed to fetch http://a/ Temporary failure resolving 'a'\n")
        self.assert_fails(done, 3, "does not answer", "Temporary failure resolving", "Check the network")

    def test_a_vendors_broken_list_does_not_stop_it(self):
        done = self.run_script("install_packages cmake", FAKE_UPDATE="W: Failed to fetch http://vendor/\n")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_says_that_the_network_went_while_installing(self):
        done = self.run_script("install_packages cmake", FAKE_INSTALL_STATUS="100",
                               FAKE_INSTALL="E: Failed to fetch http://a/cmake.deb  Connection refused\n")
        self.assert_fails(done, 3, "does not answer", "cmake.deb")

    def test_says_who_holds_the_packages_and_what_was_interrupted(self):
        done = self.run_script("install_packages cmake", FAKE_INSTALL_STATUS="100",
                               FAKE_INSTALL="E: Could not get lock /var/lib/dpkg/lock-frontend.\n")
        self.assert_fails(done, 3, "Another program is installing packages")
        done = self.run_script("install_packages cmake", FAKE_INSTALL_STATUS="100",
                               FAKE_INSTALL="E: dpkg was interrupted, you must manually run it\n")
        self.assert_fails(done, 3, "dpkg --configure -a")

    def test_without_root_and_sudo_it_says_what_to_install(self):
        done = self.run_script("install_packages cmake g++", FAKE_UID="1000")
        self.assert_fails(done, 3, "neither root nor is there sudo", "apt-get install cmake g++")

    def test_with_sudo_it_installs_as_root(self):
        self.fake("sudo", 'exec "$@"')
        done = self.run_script("install_packages cmake", FAKE_UID="1000")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(self.calls(), r"sudo env .*apt-get .*install")

    def test_another_system_gets_one_line_with_the_container(self):
        for text, named in (("ID=fedora\nVERSION_ID=40\n", "fedora 40"), ("ID=debian\nVERSION_ID=13\n", "debian 13")):
            (self.folder / "os-release").write_text(text)
            done = self.run_script("os_release=%s/os-release; install_packages cmake" % self.folder,
                                   VITRINE_ANY_SYSTEM="")
            self.assert_fails(done, 3, named, "podman build -t vitrine -f Containerfile .")
            self.assertNotIn("apt-get", self.calls())

    def test_debian_12_is_taken(self):
        (self.folder / "os-release").write_text('ID=debian\nVERSION_ID="12"\n')
        done = self.run_script("os_release=%s/os-release; install_packages cmake" % self.folder,
                               VITRINE_ANY_SYSTEM="")
        self.assertEqual(done.returncode, 0, done.stderr)

    # The demo on a network.

    def test_without_a_network_there_is_no_certificate(self):
        self.fake("hostname", 'echo "fd00::2"')
        self.assert_fails(self.run_script("make_certificates data"), 3, "no address in a network", "leave out --lan")

    # Disk, memory, Node packages.

    def test_a_full_disk_is_named_before_anything_starts(self):
        done = self.run_script("prepare_native", FAKE_FREE_MB="12")
        self.assert_fails(done, 3, "Only 12 MB are free", str(self.root), "Free some space")
        self.assertNotIn("apt-get", self.calls())

    def test_a_disk_that_fills_up_is_named(self):
        done = self.run_script("run_logged build building bash -c 'echo fatal: No space left on device; exit 1'")
        self.assert_fails(done, 3, "The disk is full", "nothing is lost")

    def test_a_disk_too_full_for_the_log_is_named(self):
        done = self.run_script("run_logged build building bash -c 'exit 1'", FAKE_FREE_MB="0")
        self.assert_fails(done, 3, "The disk is full: 0 MB")

    def test_lack_of_memory_is_named(self):
        done = self.run_script(
            "run_logged build building bash -c 'echo g++: fatal error: Killed signal terminated program cc1plus; exit 1'")
        self.assert_fails(done, 3, "lack of memory", "JOBS=1")

    def test_any_other_failure_shows_the_log_and_where_it_is(self):
        done = self.run_script("run_logged build building bash -c 'echo some error; exit 7'")
        self.assert_fails(done, 1, "some error", "building: failed", ".dev/logs/build.log")

    def test_node_packages_without_network_and_then_with(self):
        done = self.run_script("install_node_packages", FAKE_NPM="npm ERR! code ENOTFOUND\n", FAKE_NPM_STATUS="1")
        self.assert_fails(done, 3, "does not answer", "npm's configuration")
        twice = "mkdir -p node_modules; install_node_packages; install_node_packages"
        self.assertEqual(self.run_script(twice).returncode, 0)
        self.assertEqual(self.calls().count("npm ci"), 2)  # the failed one and one that lasts

    # Running.

    def test_a_port_in_use_is_named_with_a_pair_that_is_not_the_same(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = self.run_script("require_port %d" % port)
        self.assert_fails(done, 3, "Port %d is in use" % port, "--port %d" % (port + 100 if port <= 65434 else port - 100))

    def test_wrong_use_of_the_demo_is_named_before_anything_is_installed(self):
        for words, said in (("--port", "--port needs a value"), ("--port x", '--port needs a number, not "x"'),
                            ("--port 0", "1 to 65534"), ("--port 65535", '1 to 65534, not "65535"'),
                            ("--seconds -1", "--seconds needs a number"), ("--data ''", "--data needs a value"),
                            ("--fly", "Unknown option --fly")):
            with self.subTest(words):
                self.assert_fails(self.run_script("dev_demo " + words), 2, said)
        self.assertEqual(self.calls(), "")

    # One tree, two of them.

    def copy_of_dev(self):
        (self.root / "tools").mkdir()
        shutil.copy(ROOT / "dev", self.root)
        shutil.copytree(ROOT / "tools/dev", self.root / "tools/dev")
        for name in ("build", ".dev"):
            (self.root / name).mkdir()

    def dev(self, *words):
        return subprocess.run([self.root / "dev", *words], env=self.environment(), text=True, capture_output=True,
                              timeout=120, check=False)

    def test_whoever_asks_for_help_gets_it_and_nothing_is_done(self):
        self.copy_of_dev()
        for command in "demo test build package bench fuzz soak shots format clean".split():
            for option in ("-h", "--help"):
                with self.subTest((command, option)):
                    done = self.dev(command, option)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertIn("Usage: ./dev COMMAND", done.stdout)
        self.assertTrue((self.root / "build").is_dir())
        self.assertEqual(self.calls(), "")

    def test_nothing_is_removed_under_a_build_that_runs(self):
        self.copy_of_dev()
        with open(self.root / ".dev/lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assert_fails(self.dev("clean"), 3, "Another ./dev is building in this tree")
            self.assertTrue((self.root / "build").is_dir())
        self.assertEqual(self.dev("clean").returncode, 0)
        self.assertFalse((self.root / "build").exists())

    def test_a_second_build_says_that_it_waits_and_then_goes_on(self):
        (self.root / ".dev").mkdir()
        with open(self.root / ".dev/lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            second = subprocess.Popen(self.script("lock_builds; echo mine; unlock_builds"), env=self.environment(),
                                      text=True, stdout=subprocess.PIPE)
            self.assertIn("another ./dev is building", second.stdout.readline())
            self.assertIsNone(second.poll())
        self.assertEqual(second.communicate(timeout=120)[0], "mine\n")
        self.assertEqual(second.returncode, 0)

    def test_what_was_started_ends_with_the_script(self):
        for sent, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(sent):
                log = self.root / ".dev/logs/child.log"
                log.unlink(missing_ok=True)
                script = subprocess.Popen(
                    self.script("run_logged child waiting bash -c 'echo $$; exec sleep 600'"),
                    env=self.environment(), stdout=subprocess.DEVNULL, start_new_session=True)
                child = self.wait_for_number(log)
                script.send_signal(sent)
                self.assertEqual(script.wait(timeout=120), status)
                with self.assertRaises(ProcessLookupError):
                    os.kill(child, 0)

    def wait_for_number(self, file):
        for _ in range(2400):
            text = file.read_text() if file.exists() else ""
            if text.endswith("\n"):
                return int(text)
            time.sleep(0.05)
        self.fail("nothing was started")

    def test_a_program_that_ends_by_itself_stops_the_rest_and_shows_its_log(self):
        commands = ("mkdir -p $logs; echo 'cannot listen' >$logs/server.log; sleep 600 & kiosk=$!; "
                    "bash -c 'exit 1' & started=($! $kiosk); watch_over 120")
        done = self.run_script(commands)
        self.assert_fails(done, 1, "cannot listen", "The server ended by itself")


class Lists(unittest.TestCase):
    def test_the_pinned_sources_are_read_from_third_party(self):
        done = subprocess.run(
            ["bash", "-c", "root=$PWD; source tools/dev/common.sh; pinned VITRINE_SDL_VERSION; pinned VITRINE_SDL_SHA256; "
             "pinned VITRINE_QR_VERSION; pinned VITRINE_QR_SHA256"],
            cwd=ROOT, text=True, capture_output=True, check=True)
        self.assertRegex(done.stdout,
                         r"\A2\.\d+\.\d+\+dfsg\n[0-9a-f]{64}\n\d+\.\d+\.\d+\n[0-9a-f]{64}\n\Z")

    def test_third_party_and_the_script_name_the_same_packages(self):
        script = (ROOT / "tools/dev/common.sh").read_text()
        installed = set(" ".join(re.findall(r'^packages_\w+="([^"]*)"', script, re.M)).split())
        text = (ROOT / "cmake/ThirdParty.cmake").read_text()
        block = text[text.index("# Debian 12 binary packages"):text.index("# Debian 12 source packages")]
        entries = re.findall(r"^#   (\S+(?:, \S+)*)  ", block, re.M)
        named = {name for entry in entries for name in entry.split(", ")}
        self.assertEqual(installed, named)
        self.assertGreater(len(named), 20)


if __name__ == "__main__":
    unittest.main()
