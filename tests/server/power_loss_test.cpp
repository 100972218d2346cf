// SPDX-License-Identifier: MIT
// The server's store loses power at every single disk operation of a small workload.
#include <catch2/catch.hpp>

#include <map>
#include <string>

#include "server/store/sqlite_store.h"
#include "tests/fakes/power_loss_vfs.h"
#include "tests/server/aborting_child.h"
#include "tests/server/group_builder.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

// Small enough that the log is copied and started over several times.
constexpr int kCheckpointPages = 6;

Result<std::unique_ptr<Store>> open(const std::string& directory) {
  return open_sqlite_store(
      {directory, CheckpointMode::Inline, kCheckpointPages, [](const Status&) {}});
}

// What devices were told, and the devices' next numbers.
struct Oracle {
  std::map<std::string, uint64_t> acknowledged;

  bool append(Store& store, const std::string& device, uint8_t kind) {
    GroupBuilder builder;
    uint64_t& mark = acknowledged[device];
    builder.stream(device, incarnation(1), mark).rows(3);
    if (kind % 3 == 1) builder.refused("unknown_type", std::string(300, 'x'));
    if (kind % 3 == 2) builder.lost(5, "outbox_full");
    builder.row("{\"text\":\"" + std::string(700, 'y') + "\"}");
    if (!store.append(builder.group()).ok()) return false;
    mark = builder.group().streams[0].mark_after;
    return true;
  }
};

// Two lives of a server; returns early when the power is gone.
void serve(const std::string& directory, Oracle& oracle) {
  for (int life = 0; life < 2; ++life) {
    Result<std::unique_ptr<Store>> store = open(directory);
    if (!store.ok()) return;
    for (uint8_t i = 0; i < 6; ++i) {
      if (!oracle.append(*store.value(), i % 2 == 0 ? "kiosk-1" : "kiosk-2", i)) return;
    }
    RetentionPolicy nothing_expires;
    if (!store.value()->retire(nothing_expires, 1'700'000'000'000, 10).ok()) return;
  }
}

// Every sequence of a stream, and how often it is there.
using Census = std::map<std::string, std::map<uint64_t, int>>;

Census count(StoreReader& reader) {
  Census census;
  std::vector<StoredRow> rows;
  std::vector<StoredQuarantine> refused;
  std::vector<StoredLoss> losses;
  (void)reader.read_rows(0, 10000, {}, rows);
  (void)reader.read_quarantine(0, 10000, refused);
  (void)reader.read_losses(0, 10000, losses);
  for (const StoredRow& row : rows) ++census[row.device][row.sequence];
  for (const StoredQuarantine& row : refused) ++census[row.device][row.sequence];
  for (const StoredLoss& loss : losses) {
    for (uint64_t s = loss.first; s <= loss.last; ++s) ++census[loss.device][s];
  }
  return census;
}

std::string check_stream(const std::string& device, uint64_t acknowledged, uint64_t mark,
                         const std::map<uint64_t, int>& census) {
  if (mark < acknowledged) {
    return device + ": acknowledged " + std::to_string(acknowledged) + ", mark " +
           std::to_string(mark);
  }
  uint64_t next = 1;
  for (const auto& [sequence, times] : census) {
    if (sequence != next++) return device + ": a hole before " + std::to_string(sequence);
    if (times != 1) return device + ": " + std::to_string(sequence) + " is there twice";
  }
  if (next != mark + 1) return device + ": the mark is not what is stored";
  return "";
}

std::string check(const std::string& directory, const Oracle& oracle) {
  Result<std::unique_ptr<Store>> store = open(directory);
  if (!store.ok()) return "does not open: " + store.status().to_string();
  const Result<std::unique_ptr<StoreReader>> reader = store.value()->open_reader();
  if (!reader.ok()) return "cannot be read: " + reader.status().to_string();
  Census census = count(*reader.value());
  Oracle later;
  for (const auto& [device, acknowledged] : oracle.acknowledged) {
    const auto state = store.value()->find_stream(device, incarnation(1));
    if (!state.ok()) return "no mark: " + state.status().to_string();
    const uint64_t mark = state.value() ? state.value()->mark : 0;
    const std::string wrong = check_stream(device, acknowledged, mark, census[device]);
    if (!wrong.empty()) return wrong;
    later.acknowledged[device] = mark;
  }
  if (!later.append(*store.value(), "kiosk-1", 0)) return "does not go on";
  return "";
}

CrashReport crash_everywhere(bool ignore_syncs) {
  const TemporaryDirectory directory;  // only the lock file is really there
  Oracle oracle;
  return enumerate_crashes(
      [&](PowerLossDisk&) {
        oracle = Oracle();
        serve(directory.path(), oracle);
      },
      [&](PowerLossDisk&) { return check(directory.path(), oracle); }, ignore_syncs);
}

}  // namespace

TEST_CASE("whenever the power fails, what was acknowledged is there, whole, once") {
  const CrashReport report = crash_everywhere(false);
  INFO(report.first_failure);
  CHECK(report.operations > 100);
  CHECK(report.crashes == report.operations * 6);
  CHECK(report.failures == 0);
}

TEST_CASE("the same test finds a store on a disk that does not sync") {
  const CrashReport report = crash_everywhere(true);
  INFO(report.first_failure);
  CHECK(report.failures > 0);
}

TEST_CASE("a disk error ends the process before anything is acknowledged") {
  const TemporaryDirectory directory;
  check_aborts_unanswered([&directory](const Answerer& answer) {
    PowerLossDisk disk;
    auto store =
        open_sqlite_store({directory.path(), CheckpointMode::Inline, kCheckpointPages, {}});
    Oracle oracle;
    disk.crash_at(disk.operations() + 3);
    answer(oracle.append(*store.value(), "kiosk-1", 0));
  });
}

TEST_CASE("a full disk refuses groups whole, loses nothing and is over when there is room") {
  const TemporaryDirectory directory;
  PowerLossDisk disk;
  Oracle oracle;
  {
    Result<std::unique_ptr<Store>> opened = open(directory.path());
    REQUIRE(opened.ok());
    Store& store = *opened.value();
    REQUIRE(oracle.append(store, "kiosk-1", 0));
    size_t refused = 0;
    for (int room = 0; room < 40; ++room) {
      disk.set_capacity(disk.used_bytes() + static_cast<uint64_t>(room) * 1500);
      GroupBuilder builder;
      builder.stream("kiosk-1", incarnation(1), oracle.acknowledged["kiosk-1"]).rows(50);
      const Status status = store.append(builder.group());
      if (status.ok()) {
        oracle.acknowledged["kiosk-1"] = builder.group().streams[0].mark_after;
        continue;
      }
      ++refused;
      CHECK(status.code() == StatusCode::ResourceExhausted);
      CHECK(store.find_stream("kiosk-1", incarnation(1)).value()->mark ==
            oracle.acknowledged["kiosk-1"]);
    }
    CHECK(refused > 0);
    disk.set_capacity(0);
    CHECK(oracle.append(store, "kiosk-1", 0));
  }
  CHECK(check(directory.path(), oracle) == "");
}
