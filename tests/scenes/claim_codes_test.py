#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The codes of a claim are read from its pictures by somebody else's decoder (zbar), and no public
screen shows one that can be redeemed.

  claim_codes_test.py CLAIM_CODES

77: no zbarimg, or no GLES 3 to draw with."""
import os
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
LINK = "https://vitrine.example/c/lip-popup#c=7Q2K5MXN8RDT4WYB"
VOUCHER = "VT1.7Q2K5M9D3W8H1A.00417293"
PICTURES = [
    ("waiting", 540, 960, LINK),
    ("waiting", 960, 540, LINK),
    ("issued", 540, 960, ""),
    ("redeemed", 540, 960, ""),
    ("phone_issued", 390, 844, VOUCHER),
    ("phone_issued", 320, 568, VOUCHER),
    ("phone_issued", 844, 390, VOUCHER),
    ("phone_offline", 390, 844, ""),
]


def main(program):
    if not shutil.which("zbarimg"):
        print("skipped: no zbarimg (apt-get install zbar-tools)")
        return SKIPPED
    wanted = [str(word) for picture in PICTURES for word in picture[:3]]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        status = subprocess.run([program, folder, *wanted]).returncode
        if status == SKIPPED:
            print("skipped: no GLES 3")
            return SKIPPED
        if status != 0:
            print("the pictures were not drawn")
            return 1
        for number, (state, width, height, expected) in enumerate(PICTURES):
            file = os.path.join(folder, f"{number}.png")
            read = subprocess.run(["zbarimg", "--quiet", "--raw", file], capture_output=True, text=True).stdout
            if read.strip() != expected:
                print(f"{state} at {width}x{height}: zbar reads {read!r}")
                failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
