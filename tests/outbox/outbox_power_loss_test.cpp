// SPDX-License-Identifier: MIT
// The kiosk's outbox loses power at every single disk operation of a small workload.
#include <catch2/catch.hpp>
#include <memory>
#include <optional>
#include <string>

#include "native/sqlite_outbox_store.h"
#include "tests/fakes/power_loss_vfs.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr const char* kLives = "03030303030303030303030303030303:1";

std::string row_text(uint64_t sequence) {
  return "{\"n\":" + std::to_string(sequence) + ",\"pad\":\"" + std::string(400, 'p') + "\"}";
}

// With the change that ends with row `next` - 1: every second time nobody is engaged.
std::string session_text(uint64_t next) {
  return next % 2 == 0 ? "" : "session of " + std::to_string(next);
}

// What the outbox was told, and what it told us.
struct Oracle {
  uint64_t next = 1;     // sequence of the next new row
  uint64_t durable = 0;  // rows up to here were reported as committed
  uint64_t settled = 0;  // the newest settled_through that was asked for
};

std::unique_ptr<SqliteOutboxStore> open() {
  SqliteOutboxOptions options;
  options.file = "/power-loss/outbox.sqlite3";
  return std::make_unique<SqliteOutboxStore>(options);
}

Status commit(SqliteOutboxStore& store, OutboxChange change) {
  Status status(StatusCode::Internal, "never reported");
  store.commit(std::move(change), [&](Status reported) { status = std::move(reported); });
  store.drain();
  store.poll();
  return status;
}

Result<OutboxContents> load(SqliteOutboxStore& store) {
  std::optional<Result<OutboxContents>> contents;
  store.load([&](Result<OutboxContents> loaded) { contents.emplace(std::move(loaded)); });
  store.drain();
  store.poll();
  return std::move(*contents);
}

// One life of a kiosk; returns early when the power is gone.
void live(Oracle& oracle) {
  const std::unique_ptr<SqliteOutboxStore> store = open();
  if (!load(*store).ok()) return;
  for (int i = 0; i < 6; ++i) {
    OutboxChange change;
    if (oracle.next == 1) change.lives = kLives;
    for (int n = 0; n < 3; ++n) {
      change.add_rows.push_back({oracle.next, row_text(oracle.next)});
      ++oracle.next;
    }
    change.next_sequence = oracle.next;
    change.open_session = session_text(oracle.next);
    if (i % 2 == 1) change.settled_through = oracle.settled = oracle.durable;
    if (!commit(*store, std::move(change)).ok()) return;
    oracle.durable = oracle.next - 1;
  }
}

std::string check_rows(const OutboxContents& contents, const Oracle& oracle) {
  if (oracle.durable > 0 && contents.lives != kLives) return "the lives are gone";
  if (contents.next_sequence <= oracle.durable) return "numbers would be given out twice";
  const bool is_new = contents.lives.empty();
  if (contents.open_session != (is_new ? "" : session_text(contents.next_sequence))) {
    return "rows and the open session disagree: " + contents.open_session;
  }
  uint64_t expected = contents.rows.empty() ? contents.next_sequence : contents.rows[0].sequence;
  // Only what was settled, or was being settled by the last change, may be missing at the front.
  if (expected > oracle.settled + 1) return "row " + std::to_string(expected - 1) + " is missing";
  for (const OutboxRow& row : contents.rows) {
    const std::string number = std::to_string(row.sequence);
    if (row.sequence != expected++) return "a hole before " + number;
    if (row.row != row_text(row.sequence)) return "row " + number + " is damaged";
  }
  return expected == contents.next_sequence ? "" : "rows and the next number disagree";
}

std::string check(const Oracle& oracle) {
  const std::unique_ptr<SqliteOutboxStore> store = open();
  const Result<OutboxContents> loaded = load(*store);
  if (!loaded.ok()) return "does not load: " + loaded.status().to_string();
  const std::string wrong = check_rows(loaded.value(), oracle);
  if (!wrong.empty()) return wrong;
  OutboxChange change;
  change.add_rows.push_back({loaded.value().next_sequence, row_text(1)});
  change.next_sequence = loaded.value().next_sequence + 1;
  return commit(*store, std::move(change)).ok() ? "" : "does not go on";
}

CrashReport crash_everywhere(bool ignore_syncs) {
  Oracle oracle;
  return enumerate_crashes(
      [&](PowerLossDisk&) {
        oracle = Oracle();
        live(oracle);
        live(oracle);
      },
      [&](PowerLossDisk&) { return check(oracle); }, ignore_syncs);
}

}  // namespace

TEST_CASE("whenever the power fails, what the outbox called durable is there, in order") {
  const CrashReport report = crash_everywhere(false);
  INFO(report.first_failure);
  CHECK(report.operations > 60);
  CHECK(report.failures == 0);
}

TEST_CASE("the same test finds an outbox on a disk that does not sync") {
  const CrashReport report = crash_everywhere(true);
  INFO(report.first_failure);
  CHECK(report.failures > 0);
}
