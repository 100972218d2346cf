// SPDX-License-Identifier: MIT
// X-Forwarded-For: who is believed, and what hostile values come to.
#include "server/forwarded.h"

#include <catch2/catch.hpp>

#include "tests/server/live_server.h"
#include "tests/server/web_asking.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

PeerAddress address(std::string_view text) {
  const std::optional<PeerAddress> parsed = parse_peer_address(text);
  REQUIRE(parsed);
  return *parsed;
}

const TrustedProxies& two_proxies() {
  static const TrustedProxies proxies{{address("10.0.0.1"), address("2001:db8::1")}};
  return proxies;
}

PeerAddress behind(std::string_view peer, std::string_view forwarded_for) {
  return client_behind(two_proxies(), address(peer), forwarded_for);
}

LiveServerOptions behind_loopback() {
  LiveServerOptions options;
  options.proxies.addresses = {address("127.0.0.1")};
  return options;
}

std::string forwarded(const std::string& value) {
  return "X-Forwarded-For: " + value;
}

int enrol(LiveServer& server, const std::string& headers) {
  return post_json(server.port(), "/api/enrol", R"({"code":"no","key":"no"})", headers).status;
}

}  // namespace

TEST_CASE("who is no proxy of ours is itself, whatever it says") {
  CHECK(behind("192.0.2.7", "198.51.100.1") == address("192.0.2.7"));
  CHECK(client_behind({}, address("10.0.0.1"), "198.51.100.1") == address("10.0.0.1"));
}

TEST_CASE("behind a proxy it is the last address that is none") {
  CHECK(behind("10.0.0.1", "198.51.100.1") == address("198.51.100.1"));
  CHECK(behind("10.0.0.1", "1.1.1.1, 2.2.2.2 ,198.51.100.1") == address("198.51.100.1"));
  CHECK(behind("10.0.0.1", "198.51.100.1, 2001:db8::1") == address("198.51.100.1"));
  CHECK(behind("2001:db8::1", "2001:db8:5::9") == address("2001:db8:5::9"));
  CHECK(behind("::ffff:10.0.0.1", "::ffff:198.51.100.1") == address("198.51.100.1"));
  CHECK(behind("10.0.0.1", "198.51.100.1:50123") == address("198.51.100.1"));
  CHECK(behind("10.0.0.1", "[2001:db8:5::9]:443") == address("2001:db8:5::9"));
}

TEST_CASE("reading ends at what is no address, and it is whoever said so") {
  for (const char* nonsense :
       {"", " ", ",", "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "999.1.1.1", "[::1", "::g",
        "198.51.100.1,", "198.51.100.1, x", "1.2.3.4%0d", "01.2.3.4x"}) {
    INFO(nonsense);
    CHECK(behind("10.0.0.1", nonsense) == address("10.0.0.1"));
  }
  CHECK(behind("10.0.0.1", "garbage, 198.51.100.1") == address("198.51.100.1"));
  CHECK(behind("10.0.0.1", "garbage, 2001:db8::1") == address("2001:db8::1"));
  CHECK(behind("10.0.0.1", std::string(10240, 'x')) == address("10.0.0.1"));
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "10.0.0.1,";
  CHECK(behind("10.0.0.1", many + "10.0.0.1") == address("10.0.0.1"));
}

TEST_CASE("without a trusted proxy the header changes nothing") {
  LiveServer server;
  for (int i = 0; i < 10; ++i) {
    CHECK(enrol(server, forwarded("198.51.100." + std::to_string(i)) + "\r\n") == 400);
  }
  CHECK(enrol(server, forwarded("198.51.100.99") + "\r\n") == 429);
}

TEST_CASE("behind a trusted proxy each address has its own limit") {
  LiveServer server(behind_loopback());
  const std::string one = forwarded("198.51.100.1") + "\r\n";
  for (int i = 0; i < 10; ++i) CHECK(enrol(server, one) == 400);
  CHECK(enrol(server, one) == 429);
  // What its client wrote before the proxy did is not believed, in one header or in two.
  CHECK(enrol(server, forwarded("1.1.1.1, 198.51.100.1") + "\r\n") == 429);
  CHECK(enrol(server, forwarded("1.1.1.1") + "\r\n" + one) == 429);
  CHECK(enrol(server, forwarded("198.51.100.2") + "\r\n") == 400);
  CHECK(enrol(server, forwarded("2001:db8::7") + "\r\n") == 400);
}

TEST_CASE("behind a trusted proxy connections are counted by who is behind it") {
  LiveServerOptions options = behind_loopback();
  options.caps = {100, 2};
  LiveServer server(options);
  std::vector<RawClient> crowd;
  const auto comes = [&](const std::string& from) {
    crowd.emplace_back(server.port());
    return crowd.back().open_websocket({forwarded(from)});
  };
  CHECK(comes("198.51.100.1"));
  CHECK(comes("198.51.100.1"));
  RawClient third(server.port());
  third.send(make_handshake({forwarded("198.51.100.1")}));
  CHECK(third.read_response() == 429);
  for (int i = 2; i < 10; ++i) CHECK(comes("198.51.100." + std::to_string(i)));
  crowd.clear();
  CHECK(wait_until([&] { return server.metric("vitrine_websockets") == 0; }));
  CHECK(comes("198.51.100.1"));
}

TEST_CASE("a header of ten thousand bytes ends its own connection and no other") {
  LiveServer server(behind_loopback());
  RawClient client(server.port());
  client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n" + forwarded(std::string(10240, '1')) +
              "\r\n\r\n");
  CHECK(client.wait_closed());
  CHECK(server.still_serves());
}
