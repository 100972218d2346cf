// SPDX-License-Identifier: MIT
// One store of claims of each kind, with a reader; invariants are looked at when a test ends.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "server/claims/memory_claim_store.h"
#include "server/claims/sqlite_claim_store.h"
#include "tests/server/claim_commands.h"
#include "tests/server/claim_invariants.h"
#include "tests/server/temporary_directory.h"

namespace vitrine::test {

struct ClaimFixture {
  explicit ClaimFixture(const std::string& kind) {
    if (kind == "memory") {
      store = make_memory_claim_store();
    } else {
      SqliteClaimStoreOptions options;
      options.directory = directory.path();
      Result<std::unique_ptr<ClaimStore>> opened = open_sqlite_claim_store(options);
      INFO(opened.status().to_string());
      REQUIRE(opened.ok());
      store = std::move(opened).value();
    }
    Result<std::unique_ptr<ClaimReader>> opened = store->open_reader();
    INFO(opened.status().to_string());
    REQUIRE(opened.ok());
    reader = std::move(opened).value();
  }
  ~ClaimFixture() { CHECK(check_claims(*reader) == ""); }

  ClaimOutcome apply(const ClaimCommand& command) {
    std::vector<ClaimOutcome> outcomes;
    REQUIRE(store->apply({&command, 1}, outcomes).ok());
    REQUIRE(outcomes.size() == 1);
    return outcomes[0];
  }
  ClaimAnswer answer(const ClaimCommand& command) { return apply(command).answer; }
  ClaimOutcome done(const ClaimCommand& command) {
    ClaimOutcome outcome = apply(command);
    INFO(claim_verb_name(command.verb) << ": " << claim_answer_name(outcome.answer));
    REQUIRE(outcome.answer == ClaimAnswer::Done);
    return outcome;
  }

  Claim claim(uint64_t number) {
    const Result<std::optional<Claim>> found = reader->find_claim(claim_id(number));
    REQUIRE(found.ok());
    REQUIRE(found.value());
    return *found.value();
  }
  Payment payment(const std::string& reference) {
    const Result<std::optional<Payment>> found = reader->find_payment(reference);
    REQUIRE(found.ok());
    REQUIRE(found.value());
    return *found.value();
  }
  Pool pool() {
    std::vector<Pool> pools;
    REQUIRE(reader->read_pools(pools).ok());
    REQUIRE_FALSE(pools.empty());
    return pools[0];
  }
  std::vector<MemberLink> links(const std::string& member) {
    std::vector<MemberLink> links;
    REQUIRE(reader->read_member("sandbox", member, links).ok());
    return links;
  }
  std::vector<ClaimEvent> events() {
    std::vector<ClaimEvent> events;
    REQUIRE(reader->read_events(0, 1000, events).ok());
    return events;
  }

  TemporaryDirectory directory;
  std::unique_ptr<ClaimStore> store;
  std::unique_ptr<ClaimReader> reader;
};

#define FOR_EVERY_CLAIM_STORE() \
  ClaimFixture fixture(GENERATE(as<std::string>{}, "memory", "sqlite"))

}  // namespace vitrine::test
