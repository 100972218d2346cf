// SPDX-License-Identifier: MIT
// Claims on a disk that is full, or reports errors.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "server/claims/sqlite_claim_store.h"
#include "tests/fakes/power_loss_vfs.h"
#include "tests/server/aborting_child.h"
#include "tests/server/claim_commands.h"
#include "tests/server/claim_invariants.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

SqliteClaimStoreOptions options_of(const TemporaryDirectory& directory) {
  SqliteClaimStoreOptions options;
  options.directory = directory.path();
  options.checkpoints = CheckpointMode::Inline;
  options.checkpoint_pages = 6;
  return options;
}

std::vector<ClaimCommand> twenty_holds(uint64_t first) {
  std::vector<ClaimCommand> holds;
  for (uint64_t i = first; i < first + 20; ++i) {
    holds.push_back(hold(i, "phone-" + std::to_string(i), "key"));
  }
  return holds;
}

int64_t taken(ClaimStore& store) {
  std::vector<Pool> pools;
  REQUIRE(store.open_reader().value()->read_pools(pools).ok());
  return pools[0].taken;
}

}  // namespace

TEST_CASE(
    "a full disk refuses a group whole, keeps what was there and is over when there is room") {
  const TemporaryDirectory directory;
  PowerLossDisk disk;
  const auto store = open_sqlite_claim_store(options_of(directory)).value();
  std::vector<ClaimOutcome> outcomes;
  REQUIRE(store->apply(std::vector{set_pool(100'000)}, outcomes).ok());
  int refused = 0;
  int64_t held = 0;
  for (uint64_t room = 0; room < 40; ++room) {
    disk.set_capacity(disk.used_bytes() + room * 3000);
    const Status status = store->apply(twenty_holds(1 + room * 20), outcomes);
    held += status.ok() ? 20 : 0;
    refused += status.ok() ? 0 : 1;
    CHECK((status.ok() || status.code() == StatusCode::ResourceExhausted));
    CHECK(outcomes.size() == (status.ok() ? 20 : 0));
    CHECK(taken(*store) == held);
  }
  CHECK(refused > 0);
  CHECK(held > 0);
  disk.set_capacity(0);
  // The very groups that were refused are taken now, and those that were not are there already.
  for (uint64_t room = 0; room < 40; ++room) {
    REQUIRE(store->apply(twenty_holds(1 + room * 20), outcomes).ok());
  }
  CHECK(taken(*store) == 40 * 20);
  CHECK(check_claims(*store->open_reader().value()) == "");
}

TEST_CASE("after a disk error nothing is answered any more, until the next start") {
  const TemporaryDirectory directory;
  PowerLossDisk disk;
  int errors = 0;
  {
    SqliteClaimStoreOptions options = options_of(directory);
    options.on_disk_error = [&](const Status&) { ++errors; };
    const auto store = open_sqlite_claim_store(options).value();
    std::vector<ClaimOutcome> outcomes;
    REQUIRE(store->apply(std::vector{set_pool(100)}, outcomes).ok());
    REQUIRE(store->apply(twenty_holds(1), outcomes).ok());
    disk.crash_at(disk.operations() + 2);
    CHECK(store->apply(twenty_holds(100), outcomes).code() == StatusCode::DataLoss);
    CHECK(outcomes.empty());
    CHECK(errors == 1);
    CHECK(store->apply(twenty_holds(200), outcomes).code() == StatusCode::DataLoss);
    CHECK(errors == 1);
  }
  disk.restart(Survival::Nothing, 1);
  const auto store = open_sqlite_claim_store(options_of(directory)).value();
  CHECK(taken(*store) == 20);
}

TEST_CASE("a disk error ends the server's process before anybody is answered") {
  const TemporaryDirectory directory;
  check_aborts_unanswered([&directory](const Answerer& answer) {
    PowerLossDisk disk;
    auto store = open_sqlite_claim_store(options_of(directory));
    std::vector<ClaimOutcome> outcomes;
    disk.crash_at(disk.operations() + 3);
    answer(store.value()->apply(std::vector{set_pool(1)}, outcomes).ok());
  });
}
