// SPDX-License-Identifier: MIT
// A process that appends is killed at random moments, many times over the same files; also while it
// opens them. This shows nothing about syncs (the system keeps what it was given: power_loss_test
// does that), but that recovery and appends fit together, on the real file system.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>

#include "engine/base/random.h"
#include "server/store/sqlite_store.h"
#include "tests/server/group_builder.h"
#include "tests/server/killed_child.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using vitrine::test::incarnation;
using vitrine::test::run_and_kill;
using vitrine::test::TemporaryDirectory;

namespace {

constexpr int kKills = 40;
void note_acknowledged(const std::string& said, std::map<std::string, uint64_t>& acknowledged) {
  std::istringstream lines(said);
  std::string device;
  uint64_t mark = 0;
  while (lines >> device >> mark) acknowledged[device] = std::max(acknowledged[device], mark);
}

std::map<std::string, std::map<uint64_t, int>> census_of(StoreReader& reader) {
  std::map<std::string, std::map<uint64_t, int>> census;
  std::vector<StoredRow> rows;
  for (uint64_t after = 0;;) {
    const Result<uint64_t> next = reader.read_rows(after, 5000, {}, rows);
    REQUIRE(next.ok());
    for (const StoredRow& row : rows) ++census[row.device][row.sequence];
    if (next.value() == after) break;
    after = next.value();
  }
  std::vector<StoredQuarantine> refused;
  REQUIRE(reader.read_quarantine(0, 1000000, refused).ok());
  for (const StoredQuarantine& row : refused) ++census[row.device][row.sequence];
  std::vector<StoredLoss> losses;
  REQUIRE(reader.read_losses(0, 1000000, losses).ok());
  for (const StoredLoss& loss : losses) {
    for (uint64_t s = loss.first; s <= loss.last; ++s) ++census[loss.device][s];
  }
  return census;
}

}  // namespace

TEST_CASE(
    "a writer killed at any moment has lost nothing it acknowledged and stored nothing twice") {
  const TemporaryDirectory directory;
  Random random(20261121);
  std::map<std::string, uint64_t> acknowledged;
  for (int i = 0; i < kKills; ++i) {
    // In the middle of its work, however slow the machine; every fourth while it opens.
    const size_t lines = i % 4 == 0 ? 0 : 1 + random.below(120);
    const int milliseconds = static_cast<int>(random.below(20));
    note_acknowledged(
        run_and_kill(VITRINE_KILLER_CHILD, directory.path(), random.next(), lines, milliseconds),
        acknowledged);
  }
  REQUIRE(acknowledged.size() == 20);
  const auto store = open_sqlite_store({directory.path(), {}, 4000, {}}).value();
  auto census = census_of(*store->open_reader().value());
  uint64_t rows = 0;
  for (const auto& [device, acknowledged_mark] : acknowledged) {
    INFO(device);
    const uint64_t mark = store->find_stream(device, incarnation(1)).value()->mark;
    CHECK(mark >= acknowledged_mark);
    const std::map<uint64_t, int>& sequences = census[device];
    REQUIRE_FALSE(sequences.empty());
    CHECK(sequences.begin()->first == 1);
    CHECK(sequences.rbegin()->first == mark);
    CHECK(sequences.size() == mark);
    for (const auto& [sequence, times] : sequences) {
      if (times != 1) FAIL_CHECK(device << " " << sequence << " is there " << times << " times");
    }
    rows += mark;
  }
  WARN(kKills << " kills, " << rows << " sequences settled");
}
