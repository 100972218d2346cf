// SPDX-License-Identifier: MIT
// Staff at work on claims that people have: seeing, finding, taking back, stopping everything.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/server/claim_commands.h"
#include "tests/server/claim_peers.h"
#include "tests/server/console_asking.h"

using namespace vitrine;
using namespace vitrine::test;
using protocol::ClaimKind;

namespace {

// A screen and the phone that came by its code.
struct Pair {
  LiveServer& server;
  ScreenPeer screen;
  PhonePeer phone;

  explicit Pair(LiveServer& on) : server(on), screen(on), phone(on) {
    screen.open("true-red");
    REQUIRE(screen.wait_for("waiting"));
    phone.join(screen.member("ticket"));
    REQUIRE(phone.wait_for("agreeing"));
  }
  void agree_and_follow() {
    phone.agree();
    REQUIRE(phone.wait_for("following"));
    phone.act(ClaimKind::Follow);
    REQUIRE(post_form(server.port(), phone.wait_for_action(), "choice=follow").status == 303);
    REQUIRE(phone.wait_for("paying"));
  }
  void pay() {
    phone.act(ClaimKind::Pay);
    REQUIRE(post_form(server.port(), phone.wait_for_action(), "choice=pay").status == 303);
    REQUIRE(phone.wait_for("issued"));
  }
};

std::string claims(const LiveServer& server, std::string_view path) {
  return part_of(ask(server.staff_port(), "GET /api/claims").body, path);
}

// The number of true-red's pool: it is not the first by name.
std::string pool(const LiveServer& server, const std::string& member) {
  for (int i = 0; i < 8; ++i) {
    const std::string at = "pools." + std::to_string(i);
    if (claims(server, at + ".pool") == "\"lip-popup/true-red\"")
      return claims(server, at + "." + member);
  }
  return "";
}

std::string bare(std::string json) {
  return json.size() > 2 ? json.substr(1, json.size() - 2) : "";
}

// `state`: of the claim as staff saw it when they confirmed.
Answer take_back(const LiveServer& server, const std::string& claim,
                 const std::string& state = "issued") {
  return act(server.staff_port(), "/api/claims/void",
             "{\"claim\":\"" + claim + "\",\"state\":\"" + state + "\"}");
}

Answer find(const LiveServer& server, const std::string& text) {
  return act(server.staff_port(), "/api/claims/find", "{\"find\":\"" + text + "\"}");
}

}  // namespace

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

TEST_CASE("the log says what was taken back, number by number") {
  LiveServer server;
  Pair pair(server);
  pair.agree_and_follow();
  pair.pay();
  const std::string number = bare(claims(server, "claims.0.claim"));
  const Answer done = take_back(server, number);
  REQUIRE(done.status == 200);
  const std::string log = ask(server.staff_port(), "GET /api/audit").body;
  CHECK(part_of(log, "lines.0.act") == "\"void\"");
  CHECK(part_of(log, "lines.0.detail.state") == "\"issued\"");
  CHECK(part_of(log, "lines.0.detail.price") == "500");
  CHECK(part_of(log, "lines.0.detail.currency") == "\"CNY\"");
}

TEST_CASE("the ledger names who of staff did it, as the log does") {
  LiveServer server;
  Pair pair(server);
  pair.agree_and_follow();
  pair.pay();
  // "anna:x" and "ben:x"
  const std::string anna = "Origin: http://127.0.0.1\r\nAuthorization: Basic YW5uYTp4\r\n";
  const std::string ben = "Origin: http://127.0.0.1\r\nAuthorization: Basic YmVuOng=\r\n";
  const std::string number = bare(claims(server, "claims.0.claim"));
  REQUIRE(act(server.staff_port(), "/api/claims/void",
              "{\"claim\":\"" + number + "\",\"state\":\"issued\"}", anna)
              .status == 200);
  REQUIRE(act(server.staff_port(), "/api/campaigns/lip-popup/publish",
              R"({"base_version":1,"products":{"true-red":{"offer":6000}}})", ben)
              .status == 200);
  REQUIRE(wait_until([&] { return pool(server, "price") == "6000"; }));
  REQUIRE(act(server.staff_port(), "/api/stop", "{}", anna).status == 200);
  REQUIRE(wait_until([&] { return pool(server, "open") == "false"; }));
  const auto reader = std::move(server.claims().open_reader()).value();
  std::vector<ClaimEvent> events;
  REQUIRE(reader->read_events(0, 1000, events).ok());
  std::map<std::string, std::string> actors;  // of what was done last
  for (const ClaimEvent& event : events) {
    const bool is_void = event.verb == ClaimVerb::Void;
    const bool is_price = event.verb == ClaimVerb::SetPool && event.amount.minor == 6000;
    if (is_void) actors["void"] = event.actor;
    if (is_price && actors.count("price") == 0) actors["price"] = event.actor;
    if (event.verb == ClaimVerb::SetPool) actors["stop"] = event.actor;
  }
  CHECK(actors["void"] == "anna");
  CHECK(actors["price"] == "ben");
  CHECK(actors["stop"] == "anna");
}

TEST_CASE("what could not be done is not in the log as done, and is done when it can be") {
  std::atomic<bool> is_full{false};
  LiveServerOptions options;
  options.make_claims = [&is_full] {
    MemoryClaimStoreOptions claims;
    claims.before_apply = [&is_full](std::span<const ClaimCommand> commands) {
      const bool is_void = std::any_of(commands.begin(), commands.end(), [](const auto& command) {
        return command.verb == ClaimVerb::Void;
      });
      return is_full && is_void ? Status(StatusCode::ResourceExhausted, "disk full") : Status();
    };
    return make_memory_claim_store(claims);
  };
  LiveServer server(options);
  Pair pair(server);
  pair.agree_and_follow();
  pair.pay();
  const std::string number = bare(claims(server, "claims.0.claim"));
  is_full = true;
  CHECK(take_back(server, number).status == 503);
  std::string log = ask(server.staff_port(), "GET /api/audit").body;
  CHECK(part_of(log, "lines.0.act") == "\"void_failed\"");
  CHECK(part_of(log, "lines.0.detail.why") == "\"storage_full\"");
  CHECK(part_of(log, "lines.1.act") == "\"void_asked\"");
  CHECK(claims(server, "claims.0.state") == "\"issued\"");
  is_full = false;
  CHECK(take_back(server, number).status == 200);
  log = ask(server.staff_port(), "GET /api/audit").body;
  CHECK(part_of(log, "lines.0.act") == "\"void\"");
  CHECK(part_of(log, "lines.1.act") == "\"void_asked\"");
  CHECK(part_of(log, "lines.4").empty());
}

TEST_CASE("a server that died between asking and doing says in the log how each act went") {
  const TemporaryDirectory directory;
  const auto asked = [](uint64_t claim, const char* actor, const char* state) {
    return AuditLine{0,
                     kNow,
                     actor,
                     "void_asked",
                     claim_id(claim).to_hex(),
                     std::string("{\"pool\":\"p\",\"state\":\"") + state + "\"}"};
  };
  {
    const auto store = ConsoleStore::open(directory.path()).value();
    REQUIRE(store->note(asked(1, "anna", "issued")).ok());
    REQUIRE(store->note(asked(1, "ben", "issued")).ok());
    REQUIRE(store->note(asked(2, "anna", "issued")).ok());
    REQUIRE(store->note(asked(3, "anna", "held")).ok());
    REQUIRE(store->note(asked(4, "anna", "held")).ok());
    REQUIRE(store->note(asked(9, "anna", "held")).ok());
  }
  LiveServerOptions options;
  options.console_directory = directory.path();
  options.make_claims = [] {
    auto claims = make_memory_claim_store();
    ClaimCommand stopped = release(3);
    stopped.reason = rules::ReleaseReason::Stopped;
    std::vector<ClaimCommand> before = {set_pool(9)};
    for (uint64_t i = 1; i <= 4; ++i) before.push_back(hold(i, "phone-" + std::to_string(i), "k"));
    for (uint64_t i = 1; i <= 2; ++i) {
      before.push_back(follow(i, "member-" + std::to_string(i)));
      before.push_back(issue(i, i));
    }
    before.insert(before.end(), {void_claim(1), stopped, release(4)});
    std::vector<ClaimOutcome> outcomes;
    REQUIRE(claims->apply(before, outcomes).ok());
    return claims;
  };
  const std::set<std::string> expected = {"anna 1 void ",
                                          "ben 1 void ",
                                          "anna 2 void_failed interrupted",
                                          "anna 3 void ",
                                          "anna 4 void_failed changed",
                                          "anna 9 void_failed changed"};
  for (int start = 0; start < 2; ++start) {
    LiveServer server(options);
    const std::string log = ask(server.staff_port(), "GET /api/audit").body;
    std::set<std::string> settled;
    size_t lines = 0;
    for (; !part_of(log, "lines." + std::to_string(lines)).empty(); ++lines) {
      const std::string at = "lines." + std::to_string(lines) + ".";
      if (part_of(log, at + "act") == "\"void_asked\"") continue;
      const Id128 claim = *Id128::from_hex(bare(part_of(log, at + "target")));
      settled.insert(bare(part_of(log, at + "actor")) + " " + std::to_string(claim.bytes[0]) + " " +
                     bare(part_of(log, at + "act")) + " " + bare(part_of(log, at + "detail.why")));
    }
    CHECK(settled == expected);
    CHECK(lines == 12);
  }
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
