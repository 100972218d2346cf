#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""docs/openapi.yaml against a running vitrine-server.

Every status that the document names is provoked, or stands in NOT_PROVOKED with the reason why not;
every answer fits its schema; every method that is not named is refused. Exit code 77 when
python3-jsonschema or python3-yaml is not there.
"""
import base64
import hashlib
import hmac
import json
import pathlib
import re
import secrets
import sys
import tempfile
import time
import unittest

try:
    import jsonschema
    from openapi_server import DOCUMENT, SECRET, Server
except ImportError as error:
    if error.name not in ("jsonschema", "yaml"):
        raise
    print("skipped: no python3-jsonschema or python3-yaml")
    sys.exit(77)

RESOLVER = jsonschema.RefResolver("", DOCUMENT)
METHODS = ("get", "post", "put", "patch", "delete")
JSON = {"Content-Type": "application/json"}
KEY = "0123456789abcdef" * 4
NOT_PROVOKED = {
    ("get", "/healthz", "503"): "a full disk: tests/server/sick_disk_test.cpp",
    ("post", "/api/enrol", "503"): "a disk that fails: tests/server/sick_disk_test.cpp",
    ("post", "/provider/{provider}/{file}", "303"): "needs a claim: tests/server/claim_live_test.cpp",
    ("post", "/provider/{provider}/{file}", "400"): "needs a claim: tests/server/claim_live_test.cpp",
    ("post", "/provider/{provider}/events", "503"): "a full queue: tests/server/kept_answers_test.cpp",
    ("get", "/ws", "429"): "a proxy before it: tests/server/forwarded_test.cpp",
    ("post", "/api/claims/void", "200"): "needs a claim: tests/server/console_claims_test.cpp",
    ("post", "/api/claims/void", "409"): "needs a claim: tests/server/console_claims_test.cpp",
    ("post", "/api/claims/find", "200"): "needs a claim: tests/server/console_claims_test.cpp",
    ("post", "/api/campaigns/{campaign}/roll-back", "422"): "needs claims: tests/server/console_claims_test.cpp",
    ("post", "/api/campaigns/{campaign}/take-file", "422"): "as roll-back, by the same way",
    ("post", "/api/token", "429"): "6,000 requests; the limiter's own tests are in limits_test.cpp",
}


def resolve(node):
    while "$ref" in node:
        node = RESOLVER.resolve(node["$ref"])[1]
    return node


def operations():
    for path, item in DOCUMENT["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item[method]


def many(count, ask):
    for _ in range(count):
        answer = ask()
    return answer


def post(path, body, more=()):
    return lambda server: server.ask("post", path, {**JSON, **dict(more)}, json.dumps(body))


def provider_event(value):
    def tell(server):
        body, number, when = json.dumps(value), secrets.token_hex(8), str(int(time.time()))
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        mac = hmac.new(key, f"{number}.{when}.{body}".encode(), hashlib.sha256).digest()
        signed = {"webhook-id": number, "webhook-timestamp": when,
                  "webhook-signature": "v1," + base64.b64encode(mac).decode()}
        return server.ask("post", EVENTS, {**JSON, **signed}, body)
    return tell


def current(server):
    return json.loads(server.ask("get", "/api/campaigns/{campaign}").text)["version"]


def on_current(path, headers=(), **body):
    """A change of what is served now."""
    return lambda server: post(path, {"base_version": current(server), **body}, headers)(server)


def take_file(server):
    etag = json.loads(server.ask("get", "/api/campaigns/{campaign}").text)["file_etag"]
    return on_current(PUBLISHING + "take-file", {"If-Match": etag})(server)


def upgrade(**headers):
    wanted = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
              "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": "vitrine.1"}
    wanted.update({name.replace("_", "-"): value for name, value in headers.items()})
    return lambda server: server.ask("get", "/ws", wanted)


def get(path, **headers):
    return lambda server: server.ask("get", path, {name.replace("_", "-"): value for name, value in headers.items()})


def unchanged(path):
    return lambda server: get(path, If_None_Match=server.ask("get", path).headers["ETag"])(server)


def elsewhere(path, other):
    return lambda server: server.ask("get", other, listener=DOCUMENT["paths"][path]["get"]["tags"][0])


def common_post(path, body):
    return {
        ("post", path, "400"): post(path, {}),
        ("post", path, "413"): lambda server: server.ask("post", path, JSON, "x" * 17000),
        ("post", path, "415"): lambda server: server.ask("post", path, (), json.dumps(body)),
    }


TOKEN = {"campaign": "lip-popup"}
EVENTS = "/provider/{provider}/events"
REFUNDED = {"type": "refunded", "data": {"reference": "pay-1"}}
PROVOKED = {
    ("get", "/", "302"): get("/"),
    ("get", "/index.html", "404"): elsewhere("/index.html", "/nothing.html"),
    ("get", "/c/{campaign}", "302"): get("/c/{campaign}"),
    ("get", "/c/{campaign}", "404"): elsewhere("/c/{campaign}", "/c/nothing"),
    ("get", "/c/{campaign}/", "404"): elsewhere("/c/{campaign}/", "/c/nothing/"),
    ("get", "/c/{campaign}/campaign.json", "404"): elsewhere("/c/{campaign}/campaign.json", "/c/nothing/campaign.json"),
    ("get", "/c/{campaign}/split.html", "404"): elsewhere("/c/{campaign}/split.html", "/c/nothing/split.html"),
    ("get", "/c/{campaign}/manifest.webmanifest", "404"): elsewhere("/c/{campaign}/manifest.webmanifest",
                                                                    "/c/nothing/manifest.webmanifest"),
    ("get", "/c/{campaign}/sw.js", "404"): elsewhere("/c/{campaign}/sw.js", "/c/nothing/sw.js"),
    ("get", "/c/{campaign}/{file}", "404"): elsewhere("/c/{campaign}/{file}", "/c/lip-popup/art/none.svg"),
    ("get", "/{file}", "404"): elsewhere("/{file}", "/.hidden"),
    ("get", "/provider/{provider}/{file}", "200"): elsewhere("/provider/{provider}/{file}",
                                                            "/provider/sandbox/sandbox.css"),
    ("get", "/provider/{provider}/{file}", "404"): get("/provider/{provider}/{file}"),
    ("post", "/provider/{provider}/{file}", "404"): lambda server: server.ask(
        "post", "/provider/{provider}/{file}", {"Content-Type": "application/x-www-form-urlencoded"}, "choice=pay"),
    **common_post(EVENTS, REFUNDED),
    ("post", EVENTS, "204"): provider_event(REFUNDED),
    ("post", EVENTS, "400"): provider_event({"type": "refunded", "data": {}}),
    ("post", EVENTS, "401"): post(EVENTS, REFUNDED),
    ("post", EVENTS, "404"): lambda server: server.ask("post", "/provider/nobody/events", JSON, "{}"),
    ("get", "/healthz", "200"): get("/healthz"),
    ("get", "/authority.crt", "200"): get("/authority.crt"),
    ("get", "/ws", "101"): upgrade(),
    ("get", "/ws", "400"): upgrade(Sec_WebSocket_Protocol="chat"),
    ("get", "/ws", "403"): upgrade(Origin="https://evil.example"),
    ("get", "/ws", "426"): get("/ws"),
    ("post", "/api/token", "200"): post("/api/token", TOKEN),
    ("post", "/api/token", "403"): post("/api/token", TOKEN, {"Origin": "https://evil.example"}),
    ("post", "/api/token", "404"): post("/api/token", {"campaign": "nothing"}),
    ("post", "/api/enrol", "200"): lambda server: post("/api/enrol", {"code": server.invite(), "key": KEY})(server),
    ("post", "/api/enrol", "403"): post("/api/enrol", {"code": "AAAA-AAAA-AAAA", "key": KEY}),
    **common_post("/api/token", TOKEN),
    **common_post("/api/enrol", {}),
}
for page in ("/index.html", "/c/{campaign}/", "/c/{campaign}/campaign.json", "/c/{campaign}/split.html",
             "/c/{campaign}/sw.js", "/c/{campaign}/manifest.webmanifest", "/c/{campaign}/{file}", "/{file}",
             "/labs/tracker"):
    PROVOKED["get", page, "200"] = get(page)
    PROVOKED["get", page, "304"] = unchanged(page)
# Other servers than the one of PROVOKED: without campaigns; off loopback; and what uses up a limit.
ELSEWHERE = {("get", "/", "404"): "test_without_a_campaign",
             ("get", "/labs/tracker", "404"): "test_without_a_lab",
             ("post", "/api/enrol", "429"): "test_a_code_cannot_be_guessed",
             ("post", EVENTS, "429"): "test_a_signature_cannot_be_guessed",
             ("get", "/authority.crt", "404"): "test_without_an_authority"}
PUBLISHING = "/api/campaigns/{campaign}/"
PROVOKED.update({
    ("get", "/console/{file}", "200"): elsewhere("/console/{file}", "/console/main.js"),
    ("get", "/console/{file}", "404"): get("/console/{file}"),
    ("get", "/api/campaigns/{campaign}", "404"): elsewhere("/api/campaigns/{campaign}", "/api/campaigns/nothing"),
    ("get", "/api/claims", "304"): unchanged("/api/claims"),
    ("post", PUBLISHING + "publish", "200"): on_current(PUBLISHING + "publish", products={"true-red": {"stock": 180}}),
    ("post", PUBLISHING + "publish", "422"): on_current(PUBLISHING + "publish", products={"true-red": {"stock": -1}}),
    ("post", PUBLISHING + "roll-back", "200"): on_current(PUBLISHING + "roll-back", version=1),
    ("post", PUBLISHING + "take-file", "200"): take_file,
    ("post", PUBLISHING + "take-file", "412"): on_current(PUBLISHING + "take-file", {"If-Match": '"another"'}),
    ("post", PUBLISHING + "take-file", "428"): on_current(PUBLISHING + "take-file"),
    ("post", "/api/stop", "200"): post("/api/stop", {}),
    ("post", "/api/start", "200"): post("/api/start", {}),
    ("post", "/api/claims/find", "404"): post("/api/claims/find", {"find": "nothing"}),
    ("post", "/api/claims/void", "404"): post("/api/claims/void", {"claim": "0" * 32, "state": "held"}),
})
for act, more in (("publish", {"products": {}}), ("roll-back", {"version": 1}), ("take-file", {})):
    PROVOKED["post", PUBLISHING + act, "409"] = post(PUBLISHING + act, {"base_version": 77, **more}, {"If-Match": '"any"'})
    PROVOKED["post", PUBLISHING + act, "404"] = (
        lambda server, act=act, more=more: server.ask("post", f"/api/campaigns/nothing/{act}",
                                                      {**JSON, "If-Match": '"any"'}, json.dumps({"base_version": 1, **more}), "staff"))
for verb, route, what in operations():
    if what["tags"] == ["staff"]:
        for status in ("200",) if verb == "get" else ():
            PROVOKED.setdefault((verb, route, status), get(route))
        if "503" in what["responses"]:
            NOT_PROVOKED[verb, route, "503"] = "a full disk: tests/server/console_store_test.cpp"
        if verb == "post":
            PROVOKED[verb, route, "400"] = lambda server, route=route: server.ask("post", route, JSON, "{")
            PROVOKED[verb, route, "403"] = post(route, {}, {"Origin": "https://evil.example"})
            PROVOKED[verb, route, "413"] = common_post(route, {})["post", route, "413"]
            PROVOKED[verb, route, "415"] = common_post(route, {})["post", route, "415"]
            PROVOKED[verb, route, "421"] = post(route, {}, {"Host": "evil.example"})
        else:
            PROVOKED[verb, route, "421"] = get(route, Host="evil.example")
        ELSEWHERE[verb, route, "401"] = "test_off_loopback_staff_routes_ask_for_the_password"
        ELSEWHERE[verb, route, "429"] = "test_off_loopback_staff_routes_ask_for_the_password"


class OpenApi(unittest.TestCase):
    def start(self, **options):
        folder = tempfile.TemporaryDirectory(prefix="vitrine-openapi-")
        self.addCleanup(folder.cleanup)
        server = Server(pathlib.Path(folder.name), **options)
        self.addCleanup(server.stop)
        self.assertIn("staff", server.ports)
        return server

    def check(self, method, path, status, answer):
        self.assertEqual(str(answer.status), status, answer.text)
        described = resolve(DOCUMENT["paths"][path][method]["responses"][status])
        for name, header in described.get("headers", {}).items():
            self.assertRegex(answer.headers.get(name, ""), header["schema"].get("pattern", "."))
        content = described.get("content")
        if not content:
            self.assertEqual(answer.text, "")
            return
        kind = answer.headers["Content-Type"].split(";")[0]
        schema = content.get(kind, content.get("*/*"))
        self.assertIsNotNone(schema, f"{kind} is not described")
        value = json.loads(answer.text) if kind == "application/json" else answer.text
        validator = jsonschema.Draft202012Validator(schema["schema"], resolver=RESOLVER)
        self.assertEqual([f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)], [])

    def test_every_status_is_provoked_or_said_why_not(self):
        described = {(method, path, status) for method, path, what in operations() for status in what["responses"]}
        self.assertEqual(described, set(PROVOKED) | set(ELSEWHERE) | set(NOT_PROVOKED))
        for name in ELSEWHERE.values():
            self.assertTrue(hasattr(self, name), name)

    def test_every_answer_is_as_described(self):
        server = self.start()
        for (method, path, status), provoke in PROVOKED.items():
            with self.subTest(method=method, path=path, status=status):
                self.check(method, path, status, provoke(server))

    def test_no_other_method_is_taken(self):
        server = self.start()
        for path, item in DOCUMENT["paths"].items():
            named = [method for method in METHODS if method in item]
            listener = item[named[0]]["tags"][0]
            for method in set(METHODS) - set(named):
                with self.subTest(method=method, path=path):
                    answer = server.ask(method, path, listener=listener)
                    self.assertEqual(answer.status, 405)
                    allowed = {word.strip().lower() for word in answer.headers["Allow"].split(",")}
                    self.assertEqual(allowed - {"head"}, set(named))
            if "get" in named and path != "/ws":
                head = server.ask("head", path, listener=listener)
                self.assertEqual((head.status, head.text), (server.ask("get", path).status, ""))

    def test_without_a_campaign(self):
        self.check("get", "/", "404", self.start(campaigns="docs").ask("get", "/"))

    def test_without_a_lab(self):
        self.check("get", "/labs/tracker", "404", self.start(lab=False).ask("get", "/labs/tracker"))

    def test_without_an_authority(self):
        self.check("get", "/authority.crt", "404", self.start(authority="").ask("get", "/authority.crt"))
        # A key that was named by mistake stays here.
        wrong = self.start(authority="-----BEGIN PRIVATE KEY-----\n")
        self.check("get", "/authority.crt", "404", wrong.ask("get", "/authority.crt"))

    def test_a_code_cannot_be_guessed(self):
        server = self.start()
        answer = many(11, lambda: PROVOKED["post", "/api/enrol", "403"](server))
        self.check("post", "/api/enrol", "429", answer)

    def test_a_signature_cannot_be_guessed(self):
        server = self.start()
        self.check("post", EVENTS, "429", many(150, lambda: PROVOKED["post", EVENTS, "401"](server)))

    def test_off_loopback_staff_routes_ask_for_the_password(self):
        server = self.start(staff="0.0.0.0:0")
        staff = [(method, path) for method, path, what in operations() if what["tags"] == ["staff"]]
        for method, path in staff:
            self.check(method, path, "401", server.ask(method, path))
        number = 0

        def guess(method, path):
            nonlocal number
            number += 1
            password = base64.b64encode(f"anna:wrong{number}".encode()).decode()
            return server.ask(method, path, {"Authorization": f"Basic {password}"})

        for method, path in staff:
            # An attempt comes back every five seconds: a slow machine has more of them.
            answer = next((answer for _ in range(100) if (answer := guess(method, path)).status == 429), None)
            self.assertIsNotNone(answer, "the limit is never reached")
            self.check(method, path, "429", answer)


class Document(unittest.TestCase):
    def test_every_reference_leads_somewhere_and_every_part_is_used(self):
        used = set(re.findall(r"\$ref: '([^']+)'", pathlib.Path("docs/openapi.yaml").read_text("utf-8")))
        for reference in used:
            RESOLVER.resolve(reference)
        parts = {f"#/components/{kind}/{name}" for kind, names in DOCUMENT["components"].items() for name in names}
        self.assertEqual(parts, used)

    def test_no_comma_ends_a_text_that_goes_on(self):
        nothing = []

        def look(node, place):
            for key, value in node.items() if isinstance(node, dict) else enumerate(node):
                if value is None:
                    nothing.append(f"{place}/{key}")
                elif isinstance(value, (dict, list)):
                    look(value, f"{place}/{key}")
        look(DOCUMENT, "#")
        self.assertEqual(nothing, [])

    def test_operations_have_names_of_their_own(self):
        names = [what["operationId"] for _, _, what in operations()]
        self.assertEqual(len(names), len(set(names)))
        for _, path, what in operations():
            self.assertTrue(what["summary"] and len(what["tags"]) == 1, path)

    def test_schemas_are_schemas(self):
        for schema in DOCUMENT["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_a_wrong_answer_does_not_fit(self):
        live = DOCUMENT["components"]["schemas"]["live"]
        validator = jsonschema.Draft202012Validator(live, resolver=RESOLVER)
        self.assertFalse(validator.is_valid({"rows": 1}))


if __name__ == "__main__":
    unittest.main()
