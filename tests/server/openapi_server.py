# SPDX-License-Identifier: MIT
"""docs/openapi.yaml, and a vitrine-server to hold it against."""
import http.client
import os
import pathlib
import re
import secrets
import subprocess

import yaml

BIN = pathlib.Path(os.environ["VITRINE_BIN"])
DOCUMENT = yaml.safe_load(pathlib.Path("docs/openapi.yaml").read_text("utf-8"))
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Server:
    """vitrine-server with a page of two files and, unless told otherwise, the tracker's lab."""

    def __init__(self, folder, staff="127.0.0.1:0", campaigns="assets/campaigns",
                 authority="-----BEGIN CERTIFICATE-----\n", lab=True):
        web = folder / "web"
        web.mkdir(parents=True, exist_ok=True)
        (web / "index.html").write_text("<!doctype html>page")
        (web / "404.html").write_text("<!doctype html>nothing here")
        (web / "page.template").write_text("<!doctype html>{{title}}")
        (web / "worker.template").write_text("var files = {{files}};")
        if lab:
            (web / "labs").mkdir(exist_ok=True)
            (web / "labs" / "tracker.html").write_text("<!doctype html>lab")
        self.data = folder / "data"
        more = []
        if authority:
            (folder / "authority.crt").write_text(authority)
            more = ["--tls-authority", folder / "authority.crt"]
        (folder / "acme.provider").write_text(f"url https://acme.example\nsend-secret {SECRET}\nreceive-secret {SECRET}\n")
        more += ["--provider", f"acme={folder}/acme.provider"]
        self.process = subprocess.Popen(
            [BIN / "vitrine-server", "--listen", "127.0.0.1:0", "--staff-listen", staff, "--data", self.data,
             "--web", web, "--campaigns", campaigns, *more], stdout=subprocess.PIPE, text=True)
        self.ports = {}
        for line in self.process.stdout:
            told = re.match(r"(public|staff) http://[^:]+:(\d+)/", line)
            if told:
                self.ports[told[1]] = int(told[2])
            if "staff" in self.ports:
                break

    def stop(self):
        self.process.terminate()
        self.process.stdout.close()
        return self.process.wait(60)

    def ask(self, method, path, headers=(), body=None, listener=None):
        if listener is None:
            listener = DOCUMENT["paths"].get(path, {}).get(method, {}).get("tags", ["public"])[0]
        path = path.replace("{campaign}", "lip-popup").replace("{file}", "index.html")
        path = path.replace("{provider}", "acme" if path.endswith("/events") else "sandbox")
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[listener], timeout=60)
        try:
            connection.request(method.upper(), path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            answer.text = answer.read().decode("utf-8")
            return answer
        finally:
            connection.close()

    def invite(self):
        done = subprocess.run([BIN / "vitrine", "device", "add", "lobby-" + secrets.token_hex(4), "--data", self.data],
                              text=True, capture_output=True, check=True)
        return done.stdout.split()[-1]
