#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a QrPanel draws is read by somebody else's decoder (zbar), at several sizes of pixels.

  qr_decode_test.py WIDGET_GALLERY

77: no zbarimg, or no GLES 3 to draw with."""
import os
import shutil
import subprocess
import sys
import tempfile

CONTENT = "https://shop.example/c/lip-popup#t=7f3a09c4e1b25d68"
SKIPPED = 77


def main(gallery):
    if not shutil.which("zbarimg"):
        print("skipped: no zbarimg (apt-get install zbar-tools)")
        return SKIPPED
    for ratio in ("0.4", "1", "1.37"):
        with tempfile.TemporaryDirectory() as folder:
            picture = os.path.join(folder, "qr.png")
            drawn = subprocess.run([gallery, "qr", picture, ratio], capture_output=True, text=True)
            if "no GLES 3" in drawn.stderr:
                print("skipped: " + drawn.stderr)
                return SKIPPED
            if drawn.returncode != 0:
                print(drawn.stderr)
                return 1
            read = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True).stdout
        if read.strip() != CONTENT:
            print(f"at ratio {ratio} zbar reads {read!r}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
