// SPDX-License-Identifier: MIT
// Staff at work on claims that people have: seeing, finding, taking back, stopping everything.
#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/server/console_claims.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("staff see a claim come about, with its code masked and nobody named") {
  LiveServer server;
  CHECK(claims(server, "stopped") == "null");
  CHECK(pool(server, "remaining") == "200");
  Pair pair(server);
  pair.agree_and_follow();
  CHECK(claims(server, "claims.0.state") == "\"held\"");
  CHECK(pool(server, "held") == "1");
  CHECK(pool(server, "issued") == "0");
  pair.pay();
  const std::string body = ask(server.staff_port(), "GET /api/claims").body;
  const std::string code = pair.phone.member("code");
  CHECK(part_of(body, "claims.0.state") == "\"issued\"");
  CHECK(part_of(body, "claims.0.payment") == "\"paid\"");
  CHECK(part_of(body, "claims.0.code").find(code.substr(10)) != std::string::npos);
  CHECK(body.find(code) == std::string::npos);
  for (const char* secret : {"holder", "member", "session", "reference"}) {
    CHECK(body.find(secret) == std::string::npos);
  }
  CHECK(pool(server, "held") == "0");
  CHECK(pool(server, "issued") == "1");
  CHECK(pool(server, "remaining") == "199");
}

TEST_CASE("who asks again and again for claims is told only what is new") {
  LiveServer server;
  const Answer first = ask(server.staff_port(), "GET /api/claims");
  const size_t at = first.head.find("ETag: ") + 6;
  const std::string known =
      "If-None-Match: " + first.head.substr(at, first.head.find("\r\n", at) - at) + "\r\n";
  CHECK(ask(server.staff_port(), "GET /api/claims", known).status == 304);
  Pair pair(server);
  pair.phone.agree();
  REQUIRE(pair.phone.wait_for("following"));
  CHECK(ask(server.staff_port(), "GET /api/claims", known).status == 200);
}

TEST_CASE("a claim is found by what the shopper reads out, and by its number") {
  LiveServer server;
  Pair pair(server);
  pair.agree_and_follow();
  pair.pay();
  const std::string code = pair.phone.member("code");
  const std::string number = bare(claims(server, "claims.0.claim"));
  for (const std::string& typed : {code, code.substr(0, 5) + "-" + code.substr(5), number}) {
    const Answer found = find(server, typed);
    CHECK(found.status == 200);
    CHECK(bare(part_of(found.body, "claim.claim")) == number);
    CHECK(found.body.find(code) == std::string::npos);
  }
  for (const std::string& other :
       {std::string("nothing"), std::string(32, '0'), std::string("' OR 1=1")}) {
    CHECK(find(server, other).status == 404);
  }
  CHECK(find(server, std::string(65, 'A')).status == 400);
}

TEST_CASE("a voucher that staff take back is void, its money goes back, twice is once") {
  LiveServer server;
  Pair pair(server);
  pair.agree_and_follow();
  pair.pay();
  const std::string code = pair.phone.member("code");
  const std::string number = bare(claims(server, "claims.0.claim"));
  const Answer done = take_back(server, number);
  CHECK(done.status == 200);
  CHECK(part_of(done.body, "claim.state") == "\"voided\"");
  CHECK(pair.phone.wait_for("ended"));
  CHECK(pair.phone.member("reason") == "voided");
  CHECK(wait_until(
      [&] { return part_of(find(server, number).body, "claim.payment") == "\"refunded\""; }));
  CHECK(pool(server, "remaining") == "200");
  CHECK(take_back(server, number).status == 200);
  // Asked for and done: the second time there was nothing to do.
  const std::string log = ask(server.staff_port(), "GET /api/audit").body;
  CHECK(bare(part_of(log, "lines.0.target")) == number);
  CHECK(part_of(log, "lines.0.act") == "\"void\"");
  CHECK(part_of(log, "lines.1.act") == "\"void_asked\"");
  CHECK(bare(part_of(log, "lines.1.target")) == number);
  CHECK(part_of(log, "lines.2").empty());
  CHECK(log.find(code) == std::string::npos);
}

TEST_CASE("two of staff take the same voucher back at once, and it happens once") {
  LiveServer server;
  Pair pair(server);
  pair.agree_and_follow();
  pair.pay();
  const std::string number = bare(claims(server, "claims.0.claim"));
  int statuses[4] = {};
  std::vector<std::thread> staff;
  for (int& status : statuses) {
    staff.emplace_back([&server, &status, &number] { status = take_back(server, number).status; });
  }
  for (std::thread& one : staff) one.join();
  for (const int status : statuses) CHECK(status == 200);
  const auto reader = std::move(server.claims().open_reader()).value();
  std::vector<ClaimEvent> events;
  REQUIRE(reader->read_events(0, 1000, events).ok());
  const auto voids = std::count_if(events.begin(), events.end(), [](const ClaimEvent& event) {
    return event.verb == ClaimVerb::Void;
  });
  CHECK(voids == 1);
}

TEST_CASE("a hold that staff end is over for its phone; what was handed over stays") {
  LiveServer server;
  Pair pair(server);
  pair.agree_and_follow();
  const Answer ended = take_back(server, bare(claims(server, "claims.0.claim")), "held");
  CHECK(ended.status == 200);
  CHECK(part_of(ended.body, "claim.state") == "\"released\"");
  CHECK(part_of(ended.body, "claim.reason") == "\"stopped\"");
  CHECK(pair.phone.wait_for("ended"));
  CHECK(take_back(server, std::string(32, '1')).status == 404);
  CHECK(take_back(server, "no").status == 400);
  CHECK(take_back(server, std::string(32, '1'), "redeemed").status == 400);
  CHECK(take_back(server, std::string(32, '1'), "").status == 400);
}

TEST_CASE("who confirmed the end of a hold does not void the voucher that was paid meanwhile") {
  LiveServer server;
  Pair pair(server);
  pair.agree_and_follow();
  const std::string number = bare(claims(server, "claims.0.claim"));
  pair.pay();
  const Answer late = take_back(server, number, "held");
  CHECK(late.status == 409);
  CHECK(part_of(late.body, "error") == "\"changed\"");
  CHECK(part_of(late.body, "claim.state") == "\"issued\"");
  CHECK(pool(server, "issued") == "1");
  CHECK(claims(server, "claims.0.payment") == "\"paid\"");
  // Nothing was done, so nothing is in the log.
  CHECK(part_of(ask(server.staff_port(), "GET /api/audit").body, "lines.0").empty());
  CHECK(take_back(server, number, "issued").status == 200);
}

TEST_CASE("a new price is for new claims; who has one pays what was agreed") {
  LiveServer server;
  Pair pair(server);
  pair.agree_and_follow();
  REQUIRE(publish(server.staff_port(), 1, R"({"true-red":{"offer":6000}})").status == 200);
  REQUIRE(wait_until([&] { return pool(server, "price") == "6000"; }));
  CHECK(claims(server, "claims.0.price") == "500");
  pair.pay();
  CHECK(claims(server, "claims.0.price") == "500");
  CHECK(claims(server, "claims.0.payment") == "\"paid\"");
}

TEST_CASE("a stock below what is taken is refused with the number that is") {
  LiveServer server;
  Pair pair(server);
  pair.agree_and_follow();
  const Answer bad = publish(server.staff_port(), 1, R"({"true-red":{"stock":0}})");
  CHECK(bad.status == 422);
  CHECK(part_of(bad.body, "problems.0.code") == "\"stock_taken\"");
  CHECK(part_of(bad.body, "problems.0.limit") == "1");
  REQUIRE(publish(server.staff_port(), 1, R"({"true-red":{"stock":1}})").status == 200);
  CHECK(wait_until([&] { return pool(server, "remaining") == "0"; }));
  pair.screen.open("true-red");
  CHECK(pair.screen.wait_for("ended"));
  CHECK(pair.screen.member("reason") == "sold_out");
}

TEST_CASE("stopped: nobody begins, who agreed goes on, and started again it is as before") {
  LiveServer server;
  Pair agreed(server);
  agreed.agree_and_follow();
  CHECK(part_of(act(server.staff_port(), "/api/stop", "{}").body, "stopped.actor") == "\"staff\"");
  CHECK(wait_until([&] { return pool(server, "open") == "false"; }));
  agreed.pay();
  agreed.screen.open("true-red");
  CHECK(agreed.screen.wait_for("ended"));
  CHECK(agreed.screen.member("reason") == "closed");
  // A new price does not open it.
  REQUIRE(publish(server.staff_port(), 1, R"({"true-red":{"offer":400}})").status == 200);
  REQUIRE(wait_until([&] { return pool(server, "price") == "400"; }));
  CHECK(pool(server, "open") == "false");
  CHECK(act(server.staff_port(), "/api/stop", "{}").status == 200);
  CHECK(part_of(act(server.staff_port(), "/api/start", "{}").body, "stopped") == "null");
  CHECK(wait_until([&] { return pool(server, "open") == "true"; }));
  agreed.screen.open("true-red");
  CHECK(agreed.screen.wait_for("waiting"));
}

TEST_CASE("who has come by a code and not agreed yet is told that it is closed") {
  LiveServer server;
  Pair pair(server);
  REQUIRE(act(server.staff_port(), "/api/stop", "{}").status == 200);
  CHECK(pair.phone.wait_for("ended"));
  CHECK(pair.phone.member("reason") == "closed");
  CHECK(pair.screen.wait_for("ended"));
  CHECK(pair.screen.member("reason") == "closed");
  pair.phone.agree();
  pair.phone.read_state();
  CHECK(pair.phone.stage() == "ended");
  CHECK(claims(server, "claims.0").empty());
}

TEST_CASE("staff see every enrolled screen, there or not, and what it still has to send") {
  const TemporaryDirectory directory;
  LiveServerOptions options;
  options.registry_directory = directory.path();
  LiveServer server(options);
  server.enrol("window-right");
  const auto screens = [&](std::string_view path) {
    return part_of(ask(server.staff_port(), "GET /api/screens").body, path);
  };
  REQUIRE(wait_until([&] { return screens("devices") == "2"; }));
  CHECK(screens("screens.0.device") == "\"lobby-left\"");
  CHECK(screens("screens.0.connected") == "false");
  CHECK(screens("screens.0.since") == "0");
  {
    RawClient client = server.connect();
    REQUIRE(client.open_websocket());
    const Id128 incarnation = *Id128::from_hex(std::string(32, '7'));
    client.send(make_text(server.device().hello(client.nonce(), incarnation, 8, 1)));
    REQUIRE(client.read_frame());
    CHECK(wait_until([&] { return screens("screens.0.connected") == "true"; }));
    CHECK(screens("screens.0.queued") == "7");
    CHECK(screens("screens.0.heard") != "0");
    CHECK(screens("screens.1.connected") == "false");
  }
  CHECK(wait_until([&] { return screens("screens.0.connected") == "false"; }));
  CHECK(screens("screens.0.since") != "0");
  server.revoke("window-right");
  CHECK(wait_until([&] { return screens("screens.1.state") == "\"revoked\""; }));
}
