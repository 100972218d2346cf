#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the tracker sees stays with it: its programs are watched by strace, from outside, while they look at faces.

Every system call by which something could get to a disk, a network or another program is on record. Those that cannot
carry anything are named here; any other is a complaint, also one that failed. Without strace, or where it may not
watch, the test is skipped.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLIP = ROOT / "tests/vision/clips/turn.mjpeg"
MODELS = pathlib.Path(os.environ.get("VITRINE_MODELS") or ROOT / "assets/models")
TRACK = pathlib.Path(os.environ.get("VITRINE_TRACK", ROOT / "build/native-debug/bin/vitrine-track"))
WATCHED = pathlib.Path(os.environ.get("VITRINE_WATCHED", ROOT / "build/native-debug/bin/watched_tracker"))

WATCH = ["strace", "-f", "-qq", "-y", "-s", "16", "-e", "signal=none",
         "-e", "trace=%file,%desc,%network,%ipc,%process,?io_uring_setup,?process_vm_writev,?mq_open,?memfd_secret"]

# They read, wait or let go.
HARMLESS = set("""read readv pread64 preadv preadv2 close close_range lseek stat lstat fstat fstat64 newfstatat statx statfs
fstatfs access faccessat faccessat2 readlink readlinkat getdents getdents64 getcwd chdir fchdir poll ppoll select pselect6
epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd2 timerfd_create timerfd_settime dup dup2
dup3 fcntl fcntl64 flock fadvise64 munmap exit exit_group wait4 waitid getpid kill tkill tgkill rt_sigqueueinfo arch_prctl
pidfd_open _llseek arm_fadvise64_64""".split())
# What a program makes for itself and gives nobody: without children, which are complained of, a pipe leads back.
OWN = {"pipe", "pipe2"}
WRITES = {"write", "writev", "pwrite64", "pwritev", "pwritev2", "ftruncate", "ftruncate64"}
OPENS = {"open", "openat", "openat2"}
CALL = re.compile(r"^\d+ +(\w+)\((.*)$")
PATH_OF_FILE = re.compile(r"^\d+<([^>]*)>")


def skip(why):
    print("skipped: " + why)
    sys.exit(77)


class Complaints:
    """Goes through a record of system calls. `may_write`: real paths of what was asked for."""

    def __init__(self, may_write):
        self.may_write = {str(path) for path in may_write}
        self.found = []
        self.programs = 0

    def read(self, record):
        for line in record.splitlines():
            call = CALL.match(line)
            # The other half of a call that was cut in two says its result alone.
            if call and not self.is_innocent(call[1], call[2]):
                self.found.append(line)
        return self.found

    def is_innocent(self, name, arguments):
        if name in HARMLESS or name in OWN:
            return True
        if name in WRITES:
            return self.is_innocent_write(arguments)
        if name in OPENS:
            return self.is_innocent_open(arguments)
        if name == "execve":
            self.programs += 1
            return self.programs == 1
        if name in ("clone", "clone3"):
            return "CLONE_THREAD" in arguments
        if name in ("mmap", "mmap2"):
            return "MAP_SHARED" not in arguments or "PROT_WRITE" not in arguments or ", -1, " in arguments
        if name == "ioctl":
            return "TCGETS" in arguments
        if name in ("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "creat"):
            return self.are_all_asked_for(arguments)
        return False

    def is_innocent_write(self, arguments):
        to = PATH_OF_FILE.match(arguments)
        return bool(to) and (re.sub(r"\.\d+\.partial$", "", to[1]) in self.may_write or to[1].startswith(("pipe:[", "anon_inode:[eventfd")))

    def is_innocent_open(self, arguments):
        if re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|TMPFILE)", arguments):
            return self.are_all_asked_for(arguments)
        return "O_RDONLY" in arguments or "O_PATH" in arguments

    def are_all_asked_for(self, arguments):
        paths = re.findall(r'"([^"]*)"', arguments)
        # A picture is written under another name first.
        return bool(paths) and {re.sub(r"\.\d+\.partial$", "", path) for path in paths} <= self.may_write


class Run:
    """One program in a folder of its own, watched until its end."""

    def __init__(self, folder, program, arguments, asked_for=()):
        self.home = folder / "home"
        self.home.mkdir()
        record, out, err = folder / "record", folder / "out", folder / "err"
        environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0", "HOME": str(self.home), "TMPDIR": str(self.home)}
        with open(out, "wb") as to, open(err, "wb") as complaints:
            done = subprocess.run([*WATCH, "-o", record, program, *arguments], cwd=self.home, stdin=subprocess.DEVNULL,
                                  stdout=to, stderr=complaints, env=environment, timeout=300, check=False)
        self.code, self.out, self.err = done.returncode, out.read_text(), err.read_text()
        self.complaints = Complaints([out, err, *asked_for]).read(record.read_text())
        self.left = sorted(str(path.relative_to(self.home)) for path in self.home.rglob("*"))


class TrackerPrivacyTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-watch-")).resolve()
        self.addCleanup(shutil.rmtree, self.folder)

    def track(self, *arguments, asked_for=()):
        return Run(self.folder, TRACK, [CLIP, "--models", MODELS, "--frames", "12", *arguments], asked_for)

    def says_nothing_of_faces(self, text):
        for line in text.splitlines():
            self.assertRegex(line, r"^vitrine track: (\d+ pictures, median [\d.]+ ms, slowest [\d.]+ ms; \d+ replaced by "
                                   r"newer ones, \d+ damaged|(landmarks|pictures) of .* are stored in \S+)$")

    def test_lines_go_to_the_output_and_nothing_else_anywhere(self):
        run = self.track()
        self.assertEqual((run.code, run.complaints, run.left), (0, [], []))
        self.assertIn('"landmarks"', run.out)
        self.says_nothing_of_faces(run.err)

    def test_the_files_that_were_asked_for_are_the_only_ones(self):
        lines, picture = self.folder / "home/seen.jsonl", self.folder / "home/seen.png"
        run = self.track("--json", lines, "--overlay", picture, asked_for=[lines, picture])
        self.assertEqual((run.code, run.complaints, run.left), (0, [], ["seen.jsonl", "seen.png"]))
        self.assertEqual(run.out, "")
        self.says_nothing_of_faces(run.err)

    def test_where_an_output_is_closed_its_words_go_into_no_file(self):
        lines = self.folder / "seen.jsonl"
        command = [TRACK, CLIP, "--models", MODELS, "--frames", "3", "--json", lines]
        for closed in ("2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
            subprocess.run(["sh", "-c", f'"$0" "$@" {closed}', *command], env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"},
                           stderr=subprocess.DEVNULL, timeout=300, check=True)
            self.assertEqual([json.loads(line)["frame"] for line in lines.read_bytes().splitlines()], [1, 2, 3])

    def test_the_camera_and_the_tracker_keep_what_they_see(self):
        run = Run(self.folder, WATCHED, [CLIP, MODELS, "12"])
        self.assertEqual((run.code, run.complaints, run.left), (0, [], []))
        self.assertEqual((run.out, run.err), ("", ""))

    def test_the_watch_would_see_a_leak(self):
        leaks = {"file": "leaked-picture", "unnamed": "O_TMPFILE", "folder": "leaked-folder", "name": "leaked-name",
                 "memory": "memfd_create", "network": "AF_INET", "neighbour": "AF_UNIX", "child": "clone"}
        run = Run(self.folder, WATCHED, [CLIP, MODELS, "2", *leaks, "output", "complaint"])
        self.assertEqual(run.code, 0)
        for leak, trace in leaks.items():
            self.assertTrue(any(trace in line for line in run.complaints), leak)
        self.assertEqual([line for line in run.complaints if not re.search(
            "|".join([*leaks.values(), r"^\d+ +write\(", "sendto", "bind"]), line)], [])
        self.assertEqual(run.left, ["leaked-folder", "leaked-name", "leaked-picture"])
        self.assertRegex(run.out, r"^\d+\.\d+$")
        with self.assertRaises(AssertionError):
            self.says_nothing_of_faces(run.err)


def words(name):
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_")


class ProtocolTest(unittest.TestCase):
    """What has no type cannot be sent or stored."""

    FORBIDDEN = set("""landmark landmarks iris eye eyes lip lips face faces portrait photo photos pixel pixels picture pictures
                       image images biometric embedding crop""".split())

    def check(self, names, where):
        self.assertGreater(len(names), 3, where)
        for name in names:
            self.assertFalse(self.FORBIDDEN & set(words(name)), f"{where}: {name}")

    def test_no_table_has_a_column_for_it(self):
        for path in sorted((ROOT / "server").rglob("*.sql")):
            text = re.sub(r"--.*", "", path.read_text())
            columns = re.findall(r'^\s+"?(\w+)"? (?:INTEGER|TEXT|BLOB|REAL|ANY|NUMERIC)', text, re.M)
            tables = re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", text)
            self.check(tables + columns, path)

    def test_no_message_has_a_member_for_it(self):
        for name in ("messages", "claim_messages", "interaction"):
            path = ROOT / f"engine/protocol/{name}.h"
            members = re.findall(r"^  [\w:<>, ]+ (\w+)(?: = [^;]+|\{[^;]*\})?;", path.read_text(), re.M)
            self.check(members, path)


def why_not():
    if not shutil.which("strace"):
        return "no strace (apt-get install strace)"
    if subprocess.run([*WATCH, "-o", "/dev/null", "true"], capture_output=True, check=False).returncode != 0:
        return "strace may not watch here (the container forbids ptrace)"
    nets = [MODELS / f"{name}.net" for name in ("detector", "landmarks", "lips", "eye")]
    return next((f"no {path}" for path in (TRACK, WATCHED, *nets) if not path.exists()), None)


if __name__ == "__main__":
    reason = why_not()
    if reason:
        # What needs no watching is tested all the same.
        unittest.main(argv=[sys.argv[0], "ProtocolTest"], exit=False).result.wasSuccessful() or sys.exit(1)
        skip(reason)
    unittest.main()
