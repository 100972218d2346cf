#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A provider outside of the server, written from docs/providers.md alone.

    sample_provider.py SEND_SECRET RECEIVE_SECRET

The secrets as in the server's file: it checks with the first and signs with the second. Prints its
port. POST /server?url= says where its events go. A person's choice is a POST to the page that the phone was sent to, with ?choice=:
follow, refuse, back; pay, decline, twice, wrong, silent (told to nobody until it is looked up).
GET / gives what came and what was answered to its events. POST /mode?NAME=VALUE makes it a worse
one: silent (never answers), rubbish, down (503).
"""
import base64
import hashlib
import hmac
import http.server
import json
import secrets
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

SEND, RECEIVE = sys.argv[1:3]
PATIENCE = 24 * 3600


def key(secret):
    return base64.b64decode(secret.removeprefix("whsec_"))


def sign(secret, number, when, body):
    text = f"{number}.{when}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key(secret), text, hashlib.sha256).digest()).decode()


def is_genuine(headers, body):
    when = headers.get("webhook-timestamp", "0")
    good = sign(SEND, headers.get("webhook-id", ""), when, body)
    told = headers.get("webhook-signature", "").split(" ")
    return abs(int(when) - time.time()) <= 300 and any(hmac.compare_digest(good, one) for one in told)


class Books:
    """What the provider keeps: pages, payments, answers by their key."""

    def __init__(self):
        self.lock = threading.Lock()
        self.pages = {}     # name: (kind, claim, reference)
        self.payments = {}  # reference: {state, amount, claim, why}
        self.answers = {}
        self.log = []
        self.mode = {}
        self.server = ""

    def note(self, **what):
        with self.lock:
            self.log.append(what)

    def ask(self, path, body, idempotency):
        with self.lock:
            if path != "/look_up" and idempotency in self.answers:
                return self.answers[idempotency]
            answer = getattr(self, path[1:])(body)
            if path in ("/follow", "/payment") or answer["state"] == "refunded":
                self.answers[idempotency] = answer
            return answer

    def open_page(self, *what):
        name = secrets.token_hex(8)
        self.pages[name] = what
        return f"http://127.0.0.1:{PORT}/page/{name}"

    def follow(self, body):
        return {"page": self.open_page("follow", body["claim"], "")}

    def payment(self, body):
        for reference, payment in self.payments.items():
            if payment["claim"] == body["claim"] and payment["state"] == "open":
                break
        else:
            reference = "pay-" + secrets.token_hex(8)
            self.payments[reference] = {"state": "open", "amount": body["amount"], "claim": body["claim"]}
        return {"reference": reference, "page": self.open_page("pay", body["claim"], reference)}

    def refund(self, body):
        payment = self.payments.get(body["reference"], {"state": "unknown"})
        if payment["state"] == "paid":
            payment["state"] = "refunded"
            self.log.append({"refunded": body["reference"]})
        return {"state": payment["state"]}

    def look_up(self, body):
        return self.payments.get(body["reference"], {"state": "unknown"})

    def choose(self, name, choice):
        """The events that this choice is told by."""
        with self.lock:
            kind, claim, reference = self.pages[name]
            if kind == "follow":
                if choice in ("refuse", "back"):
                    why = "refused" if choice == "refuse" else "cancelled"
                    return [("follow_failed", {"claim": claim, "why": why})]
                return [("followed", {"claim": claim, "member": "person-" + claim})]
            payment = self.payments[reference]
            if choice == "decline":
                payment.update(state="failed", why="declined")
                return [("payment_failed", {"reference": reference, "why": "declined"})]
            payment["state"] = "paid"
            if choice == "wrong":
                payment["amount"] = {**payment["amount"], "minor": payment["amount"]["minor"] - 1}
            paid = ("paid", {"reference": reference, "amount": payment["amount"], "claim": claim})
            return {"twice": [paid, paid], "silent": []}.get(choice, [paid])


BOOKS = Books()


def tell(kind, data):
    """Until there is an answer that ends it, for a day."""
    number, began, wait = "evt_" + secrets.token_hex(8), time.time(), 0.05
    body = json.dumps({"type": kind, "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                       "data": data}).encode()
    while time.time() - began < PATIENCE:
        when = str(int(time.time()))
        headers = {"Content-Type": "application/json", "webhook-id": number, "webhook-timestamp": when,
                   "webhook-signature": sign(RECEIVE, number, when, body)}
        status = send(urllib.request.Request(BOOKS.server, body, headers))
        BOOKS.note(told=kind, status=status)
        if status in (204, 400):
            return
        time.sleep(wait)
        wait = min(wait * 2, 1)


def send(request):
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, value, raw=None):
        body = raw if raw is not None else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with BOOKS.lock:
            log = list(BOOKS.log)
        self.answer(200, log)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        url = urllib.parse.urlparse(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/server":
            BOOKS.server = query["url"]
            return self.answer(200, query)
        if url.path == "/mode":
            BOOKS.mode = query
            return self.answer(200, query)
        if url.path.startswith("/page/"):
            for kind, data in BOOKS.choose(url.path[6:], query["choice"]):
                threading.Thread(target=tell, args=(kind, data), daemon=True).start()
            return self.answer(200, {})
        return self.asked(url.path, body)

    def asked(self, path, body):
        BOOKS.note(asked=path, key=self.headers.get("Idempotency-Key", ""))
        if "silent" in BOOKS.mode:
            time.sleep(3600)
        if "down" in BOOKS.mode:
            return self.answer(503, {})
        if "rubbish" in BOOKS.mode:
            return self.answer(200, None, b"<html>\xff not what was agreed")
        if not is_genuine(self.headers, body):
            return self.answer(401, {"error": "forged"})
        if path not in ("/follow", "/payment", "/refund", "/look_up"):
            return self.answer(404, {})
        return self.answer(200, BOOKS.ask(path, json.loads(body), self.headers["Idempotency-Key"]))


SERVER = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
PORT = SERVER.server_port
print(PORT, flush=True)
SERVER.serve_forever()
