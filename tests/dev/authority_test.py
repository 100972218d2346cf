#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/dev/authority.sh: what it makes, keeps and refuses. Skips where openssl is not."""

import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "tools/dev/authority.sh"


class Authority(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-authority-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def make(self, *hosts):
        return subprocess.run([SCRIPT, self.folder, *hosts], text=True, capture_output=True, check=False)

    def is_good_for(self, option, host):
        done = subprocess.run(["openssl", "verify", "-CAfile", self.folder / "authority.crt", option, host,
                               self.folder / "server.crt"], capture_output=True, check=False)
        return done.returncode == 0

    def test_the_certificate_is_good_for_its_hosts_alone(self):
        self.assertEqual(self.make("192.168.7.20", "203.0.113.9", "till.local").returncode, 0)
        self.assertTrue(self.is_good_for("-verify_ip", "192.168.7.20"))
        self.assertTrue(self.is_good_for("-verify_ip", "203.0.113.9"))
        self.assertTrue(self.is_good_for("-verify_hostname", "till.local"))
        self.assertFalse(self.is_good_for("-verify_ip", "192.168.7.21"))
        self.assertFalse(self.is_good_for("-verify_hostname", "bank.example"))

    def test_keys_are_read_by_their_owner_alone(self):
        self.make("192.168.7.20")
        for name in ("authority.key", "server.key"):
            self.assertEqual(stat.S_IMODE((self.folder / name).stat().st_mode), 0o600)

    def test_the_authority_stays_and_the_certificate_follows_the_address(self):
        self.make("192.168.7.20")
        before = (self.folder / "authority.crt").read_bytes()
        self.assertEqual(self.make("10.1.2.3").returncode, 0)
        self.assertEqual((self.folder / "authority.crt").read_bytes(), before)
        self.assertTrue(self.is_good_for("-verify_ip", "10.1.2.3"))

    def test_who_trusts_it_trusts_no_other_host(self):
        self.make("192.168.7.20")
        before = (self.folder / "server.crt").read_bytes()
        for host in ("8.8.8.8", "bank.example"):
            done = self.make(host)
            self.assertEqual(done.returncode, 4, done.stderr)
            self.assertIn("is not good for all of: " + host, done.stderr)
        self.assertEqual((self.folder / "server.crt").read_bytes(), before)

    def test_what_is_no_host_is_refused(self):
        for host in ("a b", "-x", "a,IP:8.8.8.8", ""):
            self.assertEqual(self.make(host).returncode, 2)
        self.assertEqual(self.make().returncode, 2)


if __name__ == "__main__":
    if shutil.which("openssl") is None:
        print("skipped: no openssl")
        sys.exit(77)
    unittest.main()
