#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The two Debian packages in a fresh Debian 12: what they need comes with them, both programs work, an edited
configuration is kept, nothing is left after a purge.

Packs the build folder VITRINE_BUILD, makes a root with mmdebstrap and enters it by chroot in a mount namespace
of its own. Exit code 77, with the reason, where that cannot be done.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.request

BUILD = pathlib.Path(os.environ["VITRINE_BUILD"]).resolve()
PAGE = pathlib.Path("build/wasm-release/page/index.html")
UNITS = pathlib.Path("packaging/systemd")
# A debug build looks for leaks at its end, which a chroot does not let it.
ENVIRONMENT = {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive", "ASAN_OPTIONS": "detect_leaks=0",
               "SDL_VIDEODRIVER": "offscreen", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(77)


def entering(root, *command, user=None):
    """The command line that runs `command` inside, with a /proc that goes with it."""
    if user is not None:
        command = ("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", *command)
    return ["unshare", "--mount", "sh", "-c", 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"', str(root),
            *map(str, command)]


def inside(root, *command, user=None, check=True):
    done = subprocess.run(entering(root, *command, user=user), text=True, capture_output=True, check=False,
                          env=ENVIRONMENT)
    if check and done.returncode != 0:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done


def packed():
    """The packages of the build folder, made now."""
    shutil.rmtree(BUILD / "packages", ignore_errors=True)
    done = subprocess.run(["cpack"], cwd=BUILD, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return sorted((BUILD / "packages").glob("*.deb"))


class Server:
    """The unit's own command line, as its user, on free ports."""

    def __init__(self, root):
        unit = (UNITS / "vitrine-server.service").read_text()
        command = re.search(r"^ExecStart=(.*)$", unit, re.M)[1].replace("%S", "/var/lib").split()
        ports = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0"]
        user = re.search(r"^User=(.*)$", unit, re.M)[1]
        self.process = subprocess.Popen(entering(root, *command, *ports, user=user), stdout=subprocess.PIPE,
                                        text=True, env=ENVIRONMENT)
        self.address = self.process.stdout.readline().split()[-1]

    def get(self, path):
        with urllib.request.urlopen(self.address.rstrip("/") + path, timeout=60) as answer:
            return answer.status, answer.read().decode()

    def stop(self):
        self.process.terminate()
        self.process.stdout.close()
        return self.process.wait(60)


class CleanRoot(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="vitrine-root-", ignore_cleanup_errors=True)
        cls.root = pathlib.Path(cls.folder.name) / "root"
        made = subprocess.run(["mmdebstrap", "--mode=root", "--variant=minbase", "bookworm", cls.root], text=True,
                              capture_output=True, check=False)
        if made.returncode != 0:
            cls.folder.cleanup()
            skip("mmdebstrap cannot make a root here: " + made.stderr[-300:])
        shutil.copy("/etc/resolv.conf", cls.root / "etc/resolv.conf")
        if inside(cls.root, "apt-get", "update", check=False).returncode != 0:
            cls.folder.cleanup()
            skip("the archive of packages does not answer")
        for package in packed():
            shutil.copy(package, cls.root / "root")
        inside(cls.root, "sh", "-c", "apt-get install -y --no-install-recommends /root/*.deb")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_1_every_program_starts(self):
        for name in ("vitrine", "vitrine-server", "vitrine-kiosk", "vitrine-looks"):
            self.assertRegex(inside(self.root, name, "--version").stdout, r"\d+\.\d+\.\d+")
        self.assertIn("--enrol", inside(self.root, "vitrine-kiosk", "--help").stdout)
        self.assertEqual(inside(self.root, "dpkg", "--verify", "vitrine-server", "vitrine-kiosk").stdout, "")

    def test_2_the_server_serves_and_a_kiosk_becomes_a_device(self):
        server = Server(self.root)
        try:
            self.assertEqual(server.get("/healthz"), (200, "ok\n"))
            self.assertIn("<canvas", server.get("/c/lip-popup/")[1])
            code = inside(self.root, "vitrine", "device", "add", "lobby", "--data", "/var/lib/vitrine",
                          user="vitrine").stdout.split()[-1]
            kiosk = inside(self.root, "vitrine-kiosk", "--server", server.address.replace("http", "ws") + "ws",
                           "--campaign", "lip-popup", "--data", "/var/lib/vitrine-kiosk", "--enrol", code,
                           "--frames", "1", user="vitrine-kiosk")
            self.assertEqual(kiosk.returncode, 0, kiosk.stderr)
            self.assertTrue((self.root / "var/lib/vitrine-kiosk/identity.json").exists())
        finally:
            self.assertEqual(server.stop(), 0)

    def test_3_a_kiosk_without_a_network_shows_what_came_with_it(self):
        inside(self.root, "vitrine-kiosk", "--offline", "--campaign", "/usr/share/vitrine-kiosk/campaigns/lip-popup",
               "--data", "/tmp/kiosk", "--frames", "2")

    def test_4_a_configuration_that_was_edited_is_kept(self):
        configuration = self.root / "etc/vitrine/server.conf"
        configuration.write_text(configuration.read_text() + "max-connections 77\n")
        inside(self.root, "sh", "-c", "apt-get install -y --reinstall --no-install-recommends /root/*.deb")
        self.assertIn("max-connections 77", configuration.read_text())
        inside(self.root, "apt-get", "remove", "-y", "vitrine-server", "vitrine-kiosk")
        self.assertIn("max-connections 77", configuration.read_text())
        self.assertTrue((self.root / "var/lib/vitrine").is_dir())

    def test_5_a_purge_leaves_nothing(self):
        inside(self.root, "apt-get", "purge", "-y", "vitrine-server", "vitrine-kiosk")
        left = [path for folder in ("etc", "usr", "var/lib") for path in (self.root / folder).rglob("*vitrine*")
                if "dpkg" not in path.parts and "apt" not in path.parts]
        self.assertEqual(left, [])
        self.assertNotIn("vitrine", (self.root / "etc/passwd").read_text())


if __name__ == "__main__":
    if os.geteuid() != 0:
        skip("only root can make a root of its own")
    for tool in ("mmdebstrap", "unshare", "cpack", "dpkg-shlibdeps"):
        if shutil.which(tool) is None:
            skip(f"no {tool}")
    if not PAGE.is_file():
        skip(f"no {PAGE}: the page is not built")
    unittest.main()
