// SPDX-License-Identifier: MIT
// Every malformed handshake we know, the answer each gets, and a good client after each.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/server/live_server.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

struct HandshakeCase {
  const char* what;
  std::vector<std::string> headers;
  int status;  // 0: closed without an answer (the library's own doing)
  const char* request_line = "GET /ws HTTP/1.1";
};

const std::vector<HandshakeCase> kHandshakes = {
    {"a correct one", {}, 101},
    {"POST", {}, 405, "POST /ws HTTP/1.1"},
    {"PUT", {}, 405, "PUT /ws HTTP/1.1"},
    {"a method nobody knows", {}, 403, "BREW /ws HTTP/1.1"},
    {"version 12", {"Sec-WebSocket-Version: 12"}, 426},
    {"version 8", {"Sec-WebSocket-Version: 8"}, 426},
    {"no version", {"Sec-WebSocket-Version:"}, 426},
    {"version twice", {"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 13"}, 400},
    {"a three-byte key", {"Sec-WebSocket-Key: AAA="}, 400},
    {"a key of 17 bytes", {"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAAA"}, 400},
    {"a key that is not base64", {"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA!!=="}, 400},
    {"a key with stray bits", {"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAB=="}, 400},
    {"no key", {"Sec-WebSocket-Key:"}, 400},
    {"no Host", {"Host:"}, 400},
    {"Host twice", {"Host: a\r\nHost: b"}, 400},
    {"a Host with spaces", {"Host: a b"}, 400},
    {"a foreign Origin", {"Origin: https://evil.example"}, 403},
    {"an Origin whose host only begins alike", {"Origin: http://127.0.0.1.evil.example"}, 403},
    {"Origin null", {"Origin: null"}, 403},
    {"the server's own Origin", {"Origin: http://127.0.0.1"}, 101},
    {"a listed Origin", {"Origin: https://shop.example"}, 101},
    {"a listed Origin with another port", {"Origin: https://shop.example:8443"}, 403},
    {"no subprotocol", {"Sec-WebSocket-Protocol:"}, 400},
    {"an unknown subprotocol", {"Sec-WebSocket-Protocol: mqtt"}, 400},
    {"a known one among others", {"Sec-WebSocket-Protocol: mqtt, vitrine.1"}, 101},
    {"cloudevents.json", {"Sec-WebSocket-Protocol: cloudevents.json"}, 101},
    {"another path", {}, 404, "GET /chat HTTP/1.1"},
    {"upgrade to h2c", {"Upgrade: h2c"}, 400},
    {"upgrade to something else", {"Upgrade: tls/1.0"}, 403},
    {"a body announced", {"Content-Length: 5"}, 400},
    {"Content-Length twice", {"Content-Length: 1\r\nContent-Length: 2"}, 400},
    {"a chunked body", {"Transfer-Encoding: chunked"}, 400},
    {"Connection without Upgrade", {"Connection: keep-alive"}, 0},
    {"deflate offered", {"Sec-WebSocket-Extensions: permessage-deflate"}, 101},
    {"16 KiB of header", {"X-Long: " + std::string(16384, 'a')}, 0},
    {"a tunnel asked for", {}, 0, "CONNECT 127.0.0.1:22 HTTP/1.1"},
    {"HTTP/2 without asking", {}, 403, "PRI * HTTP/2.0"},
};

}  // namespace

TEST_CASE("every malformed handshake gets its answer and disturbs nobody") {
  LiveServerOptions options;
  options.timeouts.linger = 250;
  options.origins = {"https://shop.example"};
  LiveServer server(options);
  for (const HandshakeCase& bad : kHandshakes) {
    INFO(bad.what);
    RawClient client(server.port());
    CHECK(client.send(make_handshake(bad.headers, bad.request_line)));
    std::string head;
    CHECK(client.read_response(nullptr, &head) == bad.status);
    if (bad.status == 101) {
      CHECK(head.find("permessage-deflate") == std::string::npos);
    } else {
      CHECK(client.wait_closed());
    }
    CHECK(server.still_serves());
  }
}

TEST_CASE("what libwebsockets does not let us see is accepted, and stays harmless") {
  LiveServer server;
  SECTION("lines that end with LF alone") {
    std::string handshake = make_handshake();
    handshake.erase(std::remove(handshake.begin(), handshake.end(), '\r'), handshake.end());
    RawClient client(server.port());
    client.send(handshake);
    CHECK(client.read_response() == 101);
  }
  SECTION("two hundred headers within 8 KiB") {
    std::vector<std::string> headers;
    for (int i = 0; i < 200; ++i) headers.push_back("X-" + std::to_string(i) + ": a");
    RawClient client(server.port());
    client.send(make_handshake(headers));
    CHECK(client.read_response() == 101);
  }
  SECTION("a path that is not normal") {
    RawClient client(server.port());
    client.send(make_handshake({}, "GET /x/../ws HTTP/1.1"));
    CHECK(client.read_response() == 101);
  }
  CHECK(server.still_serves());
}

TEST_CASE("random bytes instead of a request end the connection") {
  LiveServer server;
  for (const std::string_view bytes :
       {std::string_view("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11),
        std::string_view("\0\0\0\0\0\0\0\0\r\n\r\n", 12), std::string_view("\r\n\r\n\r\n\r\n"),
        std::string_view("GET\r\n\r\n"), std::string_view("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
        std::string_view("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n")}) {
    RawClient client(server.port());
    client.send(bytes);
    client.stop_sending();
    CHECK(client.wait_closed());
    CHECK(server.still_serves());
  }
}
