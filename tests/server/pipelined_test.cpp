// SPDX-License-Identifier: MIT
// Several requests in one write. A second one that has a body ends its connection (the library
// hands no such body over, docs/protocol.md), and the server goes on for everybody else.
#include <catch2/catch.hpp>

#include "tests/server/test_certificate.h"
#include "tests/server/web_asking.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

const std::string kGet = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
const std::string kBody = R"({"campaign":"lip-popup"})";

std::string with_body(const std::string& line, const std::string& body = kBody) {
  return line +
         " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(kBody.size()) + "\r\n\r\n" + body;
}

struct Write {
  const char* what;
  std::string bytes;
  std::string later;  // after the answer to the first
};

std::vector<Write> hostile_writes(const std::string& get, const std::string& post) {
  const std::string half = kBody.substr(0, 9);
  return {
      {"GET and POST", get + with_body("POST " + post), ""},
      {"POST and POST", with_body("POST " + post) + with_body("POST " + post), ""},
      {"five POSTs",
       with_body("POST " + post) + with_body("POST " + post) + with_body("POST " + post) +
           with_body("POST " + post) + with_body("POST " + post),
       ""},
      {"GET and half a POST", get + with_body("POST " + post, half), ""},
      {"GET and half a POST, the rest later", get + with_body("POST " + post, half),
       kBody.substr(9)},
      {"GET and a POST without its body", get + with_body("POST " + post, ""), kBody},
      {"GET and a POST to nowhere", get + with_body("POST /nowhere"), ""},
      {"GET and GET with a body", get + with_body("GET /"), ""},
      {"GET and PUT with a body", get + with_body("PUT /"), ""},
      {"GET and a POST that is too large",
       get + "POST " + post + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 20000\r\n\r\n" +
           std::string(20000, 'a'),
       ""},
      {"POST and a byte", with_body("POST " + post) + "x", ""},
  };
}

// The first is answered, the connection is not kept for long, and others are served.
void check_hostile_writes(LiveServer& server, const std::vector<Write>& writes,
                          const std::function<RawClient()>& connect) {
  for (const Write& write : writes) {
    INFO(write.what);
    RawClient client = connect();
    CHECK(client.send(write.bytes));
    CHECK(client.read_response() > 0);
    if (!write.later.empty()) client.send(write.later);
    CHECK(ask(server.staff_port(), "GET /metrics").status == 200);
    CHECK(server.still_serves());
  }
}

}  // namespace

TEST_CASE("a second request with a body in one write freezes no listener") {
  LiveServer server;
  check_hostile_writes(server, hostile_writes(kGet, "/api/token"),
                       [&] { return RawClient(server.port()); });
  const std::string live = "GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  check_hostile_writes(server, hostile_writes(live, "/api/claims/find"),
                       [&] { return RawClient(server.staff_port()); });
}

TEST_CASE("nor over TLS") {
  CertificateFolder folder;
  LiveServerOptions options;
  options.tls = folder.files;
  LiveServer server(options);
  check_hostile_writes(server, hostile_writes(kGet, "/api/token"),
                       [&] { return server.connect(); });
}

TEST_CASE("a body whose end the library reports before it came is not taken for a request") {
  LiveServer server;
  RawClient client(server.port());
  client.send(kGet + with_body("POST /api/token"));
  CHECK(client.read_response() == 200);
  CHECK(client.wait_closed());
}

TEST_CASE(
    "requests without a body in one write are all answered, one with a body as the first too") {
  LiveServer server;
  RawClient client(server.port());
  client.send(with_body("POST /api/token") + kGet + kGet);
  for (int i = 0; i < 3; ++i) CHECK(client.read_response() == 200);
  client.send(with_body("POST /api/token", ""));
  client.send(kBody.substr(0, 9));
  client.send(kBody.substr(9));
  CHECK(client.read_response() == 200);
}
