// SPDX-License-Identifier: MIT
// A process that claims and pays is killed at random moments, many times over the same files; also
// while it opens them. What anybody was told stays true, and who asks again gets the same.
#include <catch2/catch.hpp>
#include <map>
#include <sstream>
#include <string>

#include "engine/base/random.h"
#include "server/claims/sqlite_claim_store.h"
#include "tests/server/claim_commands.h"
#include "tests/server/claim_invariants.h"
#include "tests/server/killed_child.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;
using rules::ClaimState;

namespace {

// What a person was told over all lives of the process.
struct Told {
  std::string claim;  // in hex
  std::string code;
  bool redeemed = false;
  bool released = false;
};

// The first of it must be the last of it.
void tell(std::string& known, const std::string& now) {
  if (known.empty()) known = now;
  CHECK(known == now);
}

void note(const std::string& said, std::map<int, Told>& people) {
  std::istringstream lines(said.substr(0, said.rfind('\n') + 1));
  std::string what, detail;
  for (int person = 0; lines >> what >> person;) {
    Told& told = people[person];
    if (what == "held") {
      lines >> detail;
      tell(told.claim, detail);
      CHECK(told.code.empty());  // a voucher does not become a hold again
      CHECK_FALSE(told.released);
    } else if (what == "paid") {
      lines >> detail;
      tell(told.code, detail);
      CHECK_FALSE(told.redeemed);
    } else {
      (what == "redeemed" ? told.redeemed : told.released) = true;
    }
  }
}

void check_told(ClaimStore& store, const std::map<int, Told>& people) {
  std::vector<ClaimOutcome> outcomes;
  for (const auto& [person, told] : people) {
    INFO("person " << person);
    const ClaimCommand again =
        hold(1'000'000 + uint64_t(person), "phone-" + std::to_string(person), "key");
    REQUIRE(store.apply({&again, 1}, outcomes).ok());
    REQUIRE(outcomes[0].answer == ClaimAnswer::Repeated);
    const Claim& claim = *outcomes[0].claim;
    if (!told.claim.empty()) CHECK(claim.claim.to_hex() == told.claim);
    if (!told.code.empty()) CHECK(claim.code == told.code);
    if (told.redeemed) CHECK(claim.state == ClaimState::Redeemed);
    if (told.released) CHECK(claim.state == ClaimState::Released);
  }
}

void kill_many_times(int kills) {
  const TemporaryDirectory directory;
  Random random(20261127);
  std::map<int, Told> people;
  for (int i = 0; i < kills; ++i) {
    // In the middle of its work, however slow the machine; every fourth while it opens.
    const size_t lines = i % 4 == 0 ? 0 : 1 + random.below(60);
    const int milliseconds = static_cast<int>(random.below(10));
    note(run_and_kill(VITRINE_KILLER_CHILD, directory.path(), random.next(), lines, milliseconds),
         people);
  }
  SqliteClaimStoreOptions options;
  options.directory = directory.path();
  const auto store = open_sqlite_claim_store(options).value();
  check_told(*store, people);
  CHECK(check_claims(*store->open_reader().value()) == "");
  size_t paid = 0;
  for (const auto& [person, told] : people) paid += told.code.empty() ? 0 : 1;
  CHECK(paid > 10);
  WARN(kills << " kills, " << people.size() << " people, " << paid << " of them paid");
}

}  // namespace

TEST_CASE("killed a hundred times, nobody loses a claim, a code or money that they were told of") {
  kill_many_times(100);
}
