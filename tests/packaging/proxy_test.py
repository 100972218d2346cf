#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""packaging/nginx/vitrine.conf in front of a running vitrine-server, on loopback: pages, tokens, recording by
WebSocket, what is refused, whose limits. Exit code 77 where nginx or openssl is not.
"""
import base64
import http.client
import json
import os
import pathlib
import re
import secrets
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ["VITRINE_BIN"]).resolve()
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
NAME = "vitrine.example.com"
JSON = {"Content-Type": "application/json"}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def configuration(folder, upstream, port, plain_port):
    """The file as it is delivered, with ports and files of this test."""
    text = (ROOT / "packaging/nginx/vitrine.conf").read_text()
    for before, after in (("127.0.0.1:8080", f"127.0.0.1:{upstream}"), ("listen 443", f"listen 127.0.0.1:{port}"),
                          ("listen 80;", f"listen 127.0.0.1:{plain_port};"),
                          (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", f"{folder}/tls/server.crt"),
                          (f"/etc/letsencrypt/live/{NAME}/privkey.pem", f"{folder}/tls/server.key"),
                          ("/var/log/nginx", str(folder))):
        assert before in text, before
        text = text.replace(before, after)
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.M)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    file = folder / "nginx.conf"
    file.write_text(f"pid {folder}/pid; worker_processes 1; daemon off; events {{}}\n"
                    f"http {{ {paths} access_log off;\n{text}\n}}\n")
    return file


class WebSocket:
    """As much of a client as recording takes."""

    def __init__(self, stream, headers):
        self.stream = stream
        lines = {"Host": headers.pop("Host"), "Upgrade": "websocket", "Connection": "Upgrade",
                 "Sec-WebSocket-Version": "13", "Sec-WebSocket-Protocol": "vitrine.1",
                 "Sec-WebSocket-Key": base64.b64encode(secrets.token_bytes(16)).decode(), **headers}
        stream.sendall(("GET /ws HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
                        + "\r\n").encode())
        self.reader = stream.makefile("rb")
        self.status = int(self.reader.readline().split()[1])
        while self.reader.readline().strip():
            pass

    def send(self, message):
        payload = json.dumps(message).encode()
        mask = secrets.token_bytes(4)
        self.stream.sendall(struct.pack("!BBH", 0x81, 0x80 | 126, len(payload)) + mask
                            + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)))

    def read(self):
        """A message, or the code of a close."""
        first, size = self.reader.read(2)
        if size == 126:
            size = struct.unpack("!H", self.reader.read(2))[0]
        payload = self.reader.read(size)
        return struct.unpack("!H", payload[:2])[0] if first & 0xf == 8 else json.loads(payload)


class Proxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="vitrine-proxy-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        subprocess.run([ROOT / "tools/dev/authority.sh", cls.folder / "tls", "127.0.0.1", NAME], check=True)
        (cls.folder / "web").mkdir()
        (cls.folder / "web/index.html").write_text("<!doctype html>page")
        server = subprocess.Popen(
            [BIN / "vitrine-server", "--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--data",
             cls.folder / "data", "--campaigns", ROOT / "assets/campaigns", "--web", cls.folder / "web",
             "--trust-proxy", "127.0.0.1"], stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.end, server)
        cls.upstream = int(re.search(r":(\d+)/", server.stdout.readline())[1])
        cls.staff = int(re.search(r":(\d+)/", server.stdout.readline())[1])
        cls.port, cls.plain_port = free_port(), free_port()
        file = configuration(cls.folder, cls.upstream, cls.port, cls.plain_port)
        nginx = subprocess.Popen([NGINX, "-p", cls.folder, "-e", cls.folder / "error.log", "-c", file])
        cls.addClassCleanup(cls.end, nginx)
        cls.trust = ssl.create_default_context(cafile=cls.folder / "tls/authority.crt")
        cls.host = f"127.0.0.1:{cls.port}"
        cls.origin = f"https://{cls.host}"
        until = time.monotonic() + 60
        while nginx.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", cls.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError((cls.folder / "error.log").read_text())

    @staticmethod
    def end(process):
        process.terminate()
        process.wait(60)
        if process.stdout:
            process.stdout.close()

    def ask(self, method, path, headers=(), body=None, source="127.0.0.1"):
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=self.trust,
                                                 source_address=(source, 0))
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            answer.text = answer.read().decode()
            return answer
        finally:
            connection.close()

    def websocket(self, **headers):
        stream = self.trust.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 60),
                                        server_hostname="127.0.0.1")
        self.addCleanup(stream.close)
        return WebSocket(stream, {"Host": self.host, **headers})

    def token(self):
        answer = self.ask("POST", "/api/token", {**JSON, "Origin": self.origin}, '{"campaign": "lip-popup"}')
        self.assertEqual(answer.status, 200, answer.text)
        return json.loads(answer.text)["token"]

    def hello(self, incarnation):
        return {"kind": "hello", "token": self.token(), "incarnation": incarnation, "next": 1, "oldest": 1,
                "build": "test", "scenes": []}

    def test_page_campaign_and_health_come_through(self):
        self.assertEqual(self.ask("GET", "/healthz").text, "ok\n")
        page = self.ask("GET", "/c/lip-popup/")
        self.assertEqual((page.status, page.text), (200, "<!doctype html>page"))
        self.assertIn("default-src", page.headers["Content-Security-Policy"])
        self.assertNotIn("Strict-Transport-Security", page.headers)
        self.assertEqual(json.loads(self.ask("GET", "/c/lip-popup/campaign.json").text)["id"], "lip-popup")

    def test_plain_http_is_sent_to_https(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=60)
        connection.request("GET", "/c/lip-popup/?lang=en", headers={"Host": NAME})
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.headers["Location"]), (301, f"https://{NAME}/c/lip-popup/?lang=en"))
        connection.close()

    def test_a_page_records_through_it(self):
        client = self.websocket(Origin=self.origin)
        self.assertEqual(client.status, 101)
        self.assertEqual(client.read()["kind"], "challenge")
        incarnation = secrets.token_hex(16)
        client.send(self.hello(incarnation))
        self.assertEqual(client.read()["kind"], "welcome")
        now = int(time.time() * 1000)
        client.send({"kind": "batch", "incarnation": incarnation, "first": 1, "sent": now,
                     "common": {"session": "", "campaign": "lip-popup", "brand": "", "scene": "wall", "mode": "test"},
                     "rows": [{"type": "button_activated", "time": now, "data": {"button": "start"}}]})
        self.assertEqual(client.read(), {"kind": "ack", "incarnation": incarnation, "mark": 1, "quarantined": 0})

    def test_what_the_server_refuses_it_refuses_behind_nginx_too(self):
        self.assertEqual(self.websocket(Origin="https://evil.example").status, 403)
        self.assertEqual(self.ask("POST", "/api/token", {**JSON, "Origin": "https://evil.example"},
                                  '{"campaign": "lip-popup"}').status, 403)
        # A token is a page's, and a page has an Origin.
        client = self.websocket()
        client.read()
        client.send(self.hello(secrets.token_hex(16)))
        self.assertEqual(client.read(), 4401)

    def test_staff_routes_are_not_there(self):
        for path in ("/live", "/live.js", "/api/live", "/metrics", "/api/docs", "/api/openapi.yaml"):
            self.assertEqual(self.ask("GET", path).status, 404, path)

    def test_limits_go_by_the_shoppers_address(self):
        body = '{"code": "no", "key": "no"}'
        for _ in range(10):
            self.assertEqual(self.ask("POST", "/api/enrol", JSON, body, "127.0.0.5").status, 400)
        self.assertEqual(self.ask("POST", "/api/enrol", JSON, body, "127.0.0.5").status, 429)
        written = {**JSON, "X-Forwarded-For": "198.51.100.1"}
        self.assertEqual(self.ask("POST", "/api/enrol", written, body, "127.0.0.5").status, 429)
        self.assertEqual(self.ask("POST", "/api/enrol", JSON, body, "127.0.0.6").status, 400)

    def test_hostile_headers_end_at_nginx(self):
        self.assertEqual(self.ask("GET", "/healthz", {"X-Forwarded-For": "1" * 10240}).status, 400)
        self.assertEqual(self.ask("GET", "/healthz", {"X-Forwarded-For": "garbage, ::1, " * 200}).status, 200)
        self.assertEqual(self.ask("POST", "/api/token", JSON, "x" * 20000).status, 413)


if __name__ == "__main__":
    if NGINX is None or shutil.which("openssl") is None:
        print("skipped: no nginx or no openssl (apt-get install nginx-light openssl)")
        sys.exit(77)
    unittest.main()
