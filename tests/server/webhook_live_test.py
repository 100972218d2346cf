#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Webhooks of the real server: receivers in this process, `vitrine webhook` beside it, kill -9.

Lines of the ledger are made by campaigns: a changed price is a line about its pool.
"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request

BIN = pathlib.Path(os.environ["VITRINE_BIN"])
PATIENCE = 300


def wait_until(holds):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = holds()
        if value:
            return value
        time.sleep(0.05)
    return None


class Receiver:
    def __init__(self, status=204):
        self.status = status
        self.got = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                if receiver.status == "silent":
                    time.sleep(3600)
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/hooks"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def sequences(self):
        return [json.loads(body)["data"]["sequence"] for _, body in self.got]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def is_signed(secret, headers, body):
    headers = {name.lower(): value for name, value in headers.items()}
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    good = "v1," + base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    return good in headers["webhook-signature"].split(" ")


class Shop:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        shutil.copytree("assets/campaigns/lip-popup", self.folder / "campaigns/lip-popup")
        self.price = 0
        self.process = None

    def start(self, *more):
        self.process = subprocess.Popen(
            [BIN / "vitrine-server", "--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--data", self.data,
             "--campaigns", self.folder / "campaigns", *more], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            told = re.match(r"staff http://[^:]+:(\d+)/", line)
            if told:
                self.staff = int(told[1])
                return

    def end(self, kill=False):
        self.process.kill() if kill else self.process.terminate()
        self.process.stdout.close()
        self.process.wait(60)

    def webhook(self, *arguments):
        return subprocess.run([BIN / "vitrine", "webhook", *arguments, "--data", self.data], text=True,
                              capture_output=True, timeout=60)

    def metric(self, name, endpoint):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.staff}/metrics", timeout=60) as answer:
            found = re.search(name + r'\{endpoint="' + endpoint + r'"\} (\d+)', answer.read().decode())
        return int(found[1]) if found else -1

    def happen(self):
        """A line of the ledger, once the server has seen the changed file."""
        self.price += 1
        file = self.folder / "campaigns/lip-popup/campaign.json"
        campaign = json.loads(file.read_text("utf-8"))
        campaign["version"] += 1
        for product in campaign["products"]:
            if "stock" in product:
                product["price"].pop("offer", None)
                product["price"]["amount"] = 1000 + self.price
        new = file.with_suffix(".new")
        new.write_text(json.dumps(campaign, ensure_ascii=False), "utf-8")
        new.replace(file)


class Webhooks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="vitrine-webhooks-")
        self.addCleanup(folder.cleanup)
        self.shop = Shop(folder.name)

    def start(self, *more):
        self.shop.start(*more)
        self.addCleanup(self.shop.end)

    def receiver(self, status=204):
        receiver = Receiver(status)
        self.addCleanup(receiver.close)
        return receiver

    def test_the_running_server_takes_up_who_is_added_and_tells_them(self):
        self.start("--allow-private-webhooks")
        good, down, silent = self.receiver(), self.receiver(500), self.receiver("silent")
        for name, receiver in (("down", down), ("good", good), ("silent", silent)):
            added = self.shop.webhook("add", name, receiver.url)
            self.assertEqual(added.returncode, 0, added.stderr)
            if name == "good":
                secret = added.stdout.strip()
        self.shop.happen()
        self.assertTrue(wait_until(lambda: good.got and down.got and silent.got))
        headers, body = good.got[0]
        self.assertTrue(is_signed(secret, headers, body))
        self.assertEqual(json.loads(body)["type"], "pool.changed")
        self.assertTrue(wait_until(lambda: self.shop.metric("vitrine_webhook_delivered_total", "good") >= 1))
        self.assertTrue(wait_until(lambda: self.shop.metric("vitrine_webhook_pending", "good") == 0))
        self.assertGreater(self.shop.metric("vitrine_webhook_last_success_timestamp_seconds", "good"), 0)
        self.assertGreater(self.shop.metric("vitrine_webhook_pending", "down"), 0)
        self.assertTrue(wait_until(lambda: self.shop.metric("vitrine_webhook_failed_total", "down") >= 1))
        self.assertEqual(self.shop.metric("vitrine_webhook_delivered_total", "down"), 0)
        # It comes back; what was set aside is told as well.
        down.status = 204
        self.assertTrue(wait_until(lambda: self.shop.metric("vitrine_webhook_pending", "down") == 0))
        self.assertTrue(set(good.sequences()) <= set(down.sequences()))

    def test_who_answers_410_is_left_alone_until_somebody_asks(self):
        self.start("--allow-private-webhooks")
        gone = self.receiver(410)
        self.shop.webhook("add", "crm", gone.url)
        self.shop.happen()
        self.assertTrue(wait_until(lambda: self.shop.metric("vitrine_webhook_disabled", "crm") == 1))
        self.assertIn("\tdisabled\t", self.shop.webhook("list").stdout)
        gone.status = 204
        self.assertEqual(self.shop.webhook("retry", "crm").returncode, 0)
        self.assertTrue(wait_until(lambda: self.shop.metric("vitrine_webhook_pending", "crm") == 0))
        self.assertIn("\tactive\t", self.shop.webhook("list").stdout)

    def test_killed_at_any_moment_nothing_is_lost(self):
        self.start("--allow-private-webhooks")
        receiver = self.receiver()
        self.shop.webhook("add", "crm", receiver.url)
        for _ in range(5):
            told = len(receiver.got)
            self.shop.happen()
            self.assertTrue(wait_until(lambda: len(receiver.got) > told))
            self.shop.end(kill=True)
            self.shop.start("--allow-private-webhooks")
        self.assertTrue(wait_until(lambda: self.shop.metric("vitrine_webhook_pending", "crm") == 0))
        sequences = set(receiver.sequences())
        self.assertEqual(sequences, set(range(min(sequences), max(sequences) + 1)))
        ids = {}
        for headers, body in receiver.got:
            number = {name.lower(): value for name, value in headers.items()}["webhook-id"]
            self.assertEqual(ids.setdefault(number, body), body)
        self.assertEqual(len(ids), len(sequences))

    def test_private_addresses_are_refused_unless_they_are_allowed(self):
        self.start()
        inside = self.receiver()
        added = self.shop.webhook("add", "inside", inside.url)
        self.assertIn("--allow-private-webhooks", added.stderr)
        self.shop.webhook("add", "tls", inside.url.replace("http://127.0.0.1", "https://localhost"))
        self.shop.happen()
        self.assertTrue(wait_until(lambda: self.shop.metric("vitrine_webhook_failed_total", "inside") >= 1))
        self.assertTrue(wait_until(lambda: self.shop.metric("vitrine_webhook_failed_total", "tls") >= 1))
        self.assertEqual(inside.got, [])
        listed = self.shop.webhook("list").stdout
        self.assertIn("plain http is refused", listed)
        self.assertIn("not a public one", listed)

    def test_the_program_says_what_is_wrong(self):
        for arguments, code, words in (
                (("add", "crm", "ftp://x/"), 2, "https://"), (("add", "A b", "https://x.example/"), 2, "name"),
                (("add", "crm"), 2, "expected"), (("dead", "crm"), 1, "no such webhook"),
                (("retry", "crm", "0"), 2, "SEQUENCE"), (("remove", "crm"), 1, "no such webhook"),
                (("rotate", "crm"), 1, "no such webhook")):
            with self.subTest(arguments):
                done = self.shop.webhook(*arguments)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(words, done.stderr)
        first = self.shop.webhook("add", "crm", "https://shop.example/hooks").stdout
        self.assertEqual(self.shop.webhook("add", "crm", "https://shop.example/hooks").returncode, 1)
        self.assertNotEqual(self.shop.webhook("rotate", "crm").stdout, first)
        self.assertEqual(self.shop.webhook("dead", "crm").stdout, "")
        self.assertEqual(self.shop.webhook("retry", "crm").stdout, "0\n")
        self.assertEqual(self.shop.webhook("remove", "crm").returncode, 0)
        self.assertEqual(self.shop.webhook("list").stdout, "")


if __name__ == "__main__":
    unittest.main()
