#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Vouchers by docs/voucher.md alone: its vectors are verified, and what the `vitrine` program says of
fresh texts is compared with what this says.

  voucher_verifier.py VITRINE
"""

import hashlib
import hmac
import random
import re
import subprocess
import sys
from datetime import datetime, timezone

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = DIGITS + "*~$=U"
FORM = re.compile(f"V1/([{DIGITS}]{{13}})/(0|[{DIGITS[1:]}][{DIGITS}]{{0,6}})/([{DIGITS}]{{16}})")


def number(text):
    value = 0
    for digit in text:
        value = value * 32 + DIGITS.index(digit)
    return value


def digits(value, count):
    return "".join(DIGITS[value >> 5 * place & 31] for place in reversed(range(count)))


def whole_code(bits):
    return digits(bits, 13) + CHECKS[bits % 37]


def mac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def secret_of(key, code):
    return mac(key, "voucher " + code)


def proof_of(secret, subject):
    return digits(int.from_bytes(mac(secret, subject)[:10], "big"), 16)


def verify(text, key, time_ms):
    match = FORM.fullmatch(text)
    if not match or number(match[1]) >= 2**64:
        return "unreadable"
    secret = secret_of(key, whole_code(number(match[1])))
    if not hmac.compare_digest(proof_of(secret, text[:-17]), match[3]):
        return "forged"
    behind = time_ms // 30000 - number(match[2])
    return "over" if behind > 1 else "not yet" if behind < -1 else "valid"


def check_vectors():
    key = bytes(range(32))
    with open("docs/voucher.md", encoding="utf-8") as file:
        block = re.search(r"```vectors\n(.*?)```", file.read(), re.S)[1]
    for line in block.splitlines():
        time_ms, code, secret, text = line.split()
        assert secret_of(key, code).hex() == secret, line
        assert verify(text, key, int(time_ms)) == "valid", line
    assert len(block.splitlines()) == 3


def step_text(step):
    return digits(step, 7).lstrip("0") or "0"


def fresh_text(rand, key, time_ms):
    """Of this moment or another one, whole or tampered with."""
    code = whole_code(rand.getrandbits(64))
    subject = f"V1/{code[:13]}/{step_text(time_ms // 30000 + rand.choice([0, 0, 1, -1, 2, -2, 90]))}"
    text = subject + "/" + proof_of(secret_of(key, code), subject)
    if rand.random() < 0.3:
        at = rand.randrange(len(text))
        text = text[:at] + rand.choice(DIGITS + "/ilou") + text[at + 1:]
    return text


def compare_with(program, rounds):
    rand = random.Random(5)
    seen = set()
    for _ in range(rounds):
        key, time_ms = rand.randbytes(32), rand.randrange(10**9, 2 * 10**12) // 1000 * 1000
        text = fresh_text(rand, key, time_ms)
        at = datetime.fromtimestamp(time_ms // 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        run = subprocess.run([program, "voucher", "verify", "--key", key.hex(), "--at", at, text],
                             capture_output=True, text=True)
        verdict = run.stdout.split("\t")[0]
        assert verdict == verify(text, key, time_ms), (text, key.hex(), at, run.stdout, run.stderr)
        assert run.returncode == (0 if verdict == "valid" else 1), run
        seen.add(verdict)
    assert seen == {"valid", "over", "not yet", "forged", "unreadable"}, seen


check_vectors()
compare_with(sys.argv[1], 60)
