// SPDX-License-Identifier: MIT
// What the log and the ledger say of what staff did: nothing that did not happen, all that did.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/server/claim_commands.h"
#include "tests/server/console_claims.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;

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
  const auto line = [](const char* act, uint64_t claim, const char* actor, const char* state) {
    return AuditLine{0,
                     kNow,
                     actor,
                     act,
                     claim_id(claim).to_hex(),
                     std::string("{\"pool\":\"p\",\"state\":\"") + state + "\"}"};
  };
  {
    const auto store = ConsoleStore::open(directory.path()).value();
    const std::vector<AuditLine> before = {
        line("void_asked", 1, "anna", "issued"),
        line("void_joined", 1, "ben", "issued"),
        line("void_asked", 2, "anna", "issued"),
        line("void_asked", 3, "anna", "held"),
        line("void_asked", 4, "anna", "held"),
        line("void_asked", 9, "anna", "held"),
        // Anna's came to nothing, and how it went found no room; then Ben did it.
        line("void_asked", 5, "anna", "issued"),
        line("void_asked", 5, "ben", "issued"),
        line("void", 5, "ben", "issued"),
        line("void_asked", 6, "anna", "issued"),
        line("void_asked", 6, "ben", "issued"),
    };
    for (const AuditLine& one : before) REQUIRE(store->note(one).ok());
  }
  LiveServerOptions options;
  options.console_directory = directory.path();
  options.make_claims = [] {
    auto claims = make_memory_claim_store();
    ClaimCommand stopped = release(3);
    stopped.reason = rules::ReleaseReason::Stopped;
    std::vector<ClaimCommand> before = {set_pool(9)};
    for (uint64_t i = 1; i <= 6; ++i) before.push_back(hold(i, "phone-" + std::to_string(i), "k"));
    for (const uint64_t i : {1, 2, 5, 6}) {
      before.push_back(follow(i, "member-" + std::to_string(i)));
      before.push_back(issue(i, i));
    }
    before.insert(before.end(), {void_claim(1), stopped, release(4), void_claim(5), void_claim(6)});
    std::vector<ClaimOutcome> outcomes;
    REQUIRE(claims->apply(before, outcomes).ok());
    return claims;
  };
  const std::set<std::string> expected = {"anna 1 void ",
                                          "ben 1 void ",
                                          "anna 2 void_failed interrupted",
                                          "anna 3 void ",
                                          "anna 4 void_failed changed",
                                          "anna 9 void_failed changed",
                                          "anna 5 void_failed interrupted",
                                          "ben 5 void ",
                                          "anna 6 void_failed interrupted",
                                          "ben 6 void "};
  for (int start = 0; start < 2; ++start) {
    LiveServer server(options);
    const std::string log = ask(server.staff_port(), "GET /api/audit").body;
    std::set<std::string> settled;
    size_t lines = 0;
    for (; !part_of(log, "lines." + std::to_string(lines)).empty(); ++lines) {
      const std::string at = "lines." + std::to_string(lines) + ".";
      const std::string act = bare(part_of(log, at + "act"));
      if (act == "void_asked" || act == "void_joined") continue;
      const Id128 claim = *Id128::from_hex(bare(part_of(log, at + "target")));
      settled.insert(bare(part_of(log, at + "actor")) + " " + std::to_string(claim.bytes[0]) + " " +
                     act + " " + bare(part_of(log, at + "detail.why")));
    }
    CHECK(settled == expected);
    CHECK(lines == 20);
  }
}
