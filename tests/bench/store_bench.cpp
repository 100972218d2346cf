// SPDX-License-Identifier: MIT
//   store_bench [groups | start] [DIRECTORY]
//
// groups: what the SQLite store appends on this machine's disk, beside what the disk itself can do;
//   the anchor is measured between the rounds.
// start: opening the store with 10 M rows of 1 M devices in it, and starting the server on that
// with
//   all of these devices enrolled (takes 3 GB meanwhile).
// Both without a name. DIRECTORY (default store_bench.data) is emptied before and removed after.
// Run from the repository's root.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "server/store/device_registry.h"
#include "server/store/sqlite_db.h"
#include "server/store/sqlite_store.h"
#include "tests/bench/figures.h"
#include "tests/bench/load_setup.h"
#include "tests/bench/many_rows.h"
#include "tests/server/group_builder.h"
#include "tests/server/server_process.h"

using namespace vitrine;
using namespace vitrine::bench;

namespace {

constexpr int kRounds = 5;
constexpr double kRoundSeconds = 0.7;
constexpr uint64_t kManyRows = 10'000'000;
constexpr uint32_t kManyDevices = 1'000'000;

// Operations a second.
double rate(const std::function<void()>& operation) {
  const double start = now_seconds();
  int count = 0;
  for (; now_seconds() - start < kRoundSeconds; ++count) operation();
  return count / (now_seconds() - start);
}

void measure_groups(const std::string& directory) {
  const std::unique_ptr<Store> store = open_store(directory + "/groups");
  ManyRows load(5000);
  const uint64_t sizes[] = {1, 10, 64, 256, 1024, 8192};
  std::map<uint64_t, Series> rows, ratios, cpu;
  Series sync;
  for (int round = 0; round < kRounds; ++round) {
    for (const uint64_t size : sizes) {
      sync.add(fdatasync_rate(directory, 0.3));
      const double own = own_cpu_seconds();
      const double appends = rate([&] { load.append(*store, size); });
      rows[size].add(appends * double(size));
      ratios[size].add(appends / sync.median());
      cpu[size].add((own_cpu_seconds() - own) * 1e6 / (appends * double(size) * kRoundSeconds));
    }
  }
  print_head("Appending to the SQLite store, one thread, every group durable");
  print_row("anchor: fdatasync of 4 KiB appended", "", sync, "/s");
  for (const uint64_t size : sizes) {
    const std::string groups = "groups of " + std::to_string(size);
    print_row(groups, "", rows[size], "rows/s");
    print_row(groups + ", appends for one fdatasync of the anchor", "", ratios[size], "");
    print_row(groups + ", processor time a row", "", cpu[size], "µs");
  }
}

// Enrolling one by one is two commits each. So the rows are put in as the registry would.
void enrol_many(const std::string& data) {
  const auto registry = open_sqlite_device_registry(data);
  SqliteDb db;
  if (!registry.ok() || !db.open(data + "/devices.sqlite3", SqliteOpen::ReadWrite, 1000).ok() ||
      !db.execute("BEGIN").ok()) {
    std::exit(1);
  }
  auto insert = db.prepare("INSERT INTO device VALUES (?1, ?2, NULL, 0, 1, 1, 0)");
  for (uint32_t i = 0; insert.ok() && i < kManyDevices; ++i) {
    const std::string name = "kiosk-" + std::to_string(i);
    Ed25519PublicKey key{};
    std::memcpy(key.data(), &i, sizeof i);
    insert.value().bind_text(1, name);
    insert.value().bind_blob(2, {reinterpret_cast<const char*>(key.data()), key.size()});
    if (!insert.value().run()) std::exit(1);
  }
  if (!insert.ok() || !db.execute("COMMIT").ok()) std::exit(1);
}

// From exec to the first answer: what a kiosk waits for after a restart.
void measure_server_start(const std::string& data) {
  Series starts, finds, memory;
  enrol_many(data);
  for (int round = 0; round < kRounds; ++round) {
    {
      const auto registry = open_sqlite_device_registry(data);
      const double asked = now_seconds();
      for (uint32_t i = 0; i < 1000; ++i) {
        const auto found = registry.value()->find("kiosk-" + std::to_string(i * 997));
        if (!found.ok() || !found.value()) std::exit(1);
      }
      finds.add((now_seconds() - asked) * 1000);
    }
    const double start = now_seconds();
    test::ServerProcess server({data, 0, 0, {}});
    if (!server.is_running() || metric(server.staff_port(), "vitrine_interactions_total") < 0) {
      std::exit(1);
    }
    starts.add((now_seconds() - start) * 1000);
    memory.add(resident_kib(server.process()) / 1024);
  }
  print_head("Starting the server with 10 M rows and 1 M enrolled devices");
  print_row("start, to the first answer", "≤ 2 000 ms", starts, "ms");
  print_row("its resident memory then", "", memory, "MiB");
  print_row("a device's key looked up at hello", "", finds, "µs");
}

void measure_start(const std::string& directory) {
  const std::string data = directory + "/large";
  Series filled, starts, finds;
  {
    const std::unique_ptr<Store> store = open_store(data);
    ManyRows load(kManyDevices);
    const double start = now_seconds();
    for (uint64_t done = 0; done < kManyRows; done += 10000) load.append(*store, 10000);
    filled.add(double(kManyRows) / (now_seconds() - start));
  }
  for (int round = 0; round < kRounds; ++round) {
    const double start = now_seconds();
    const std::unique_ptr<Store> store = open_store(data);
    starts.add((now_seconds() - start) * 1000);
    const double asked = now_seconds();
    for (int i = 0; i < 1000; ++i) {
      (void)store->find_stream("kiosk-" + std::to_string(i * 997), test::incarnation(1));
    }
    finds.add(now_seconds() - asked);
  }
  print_head("Opening the store with 10 M rows of 1 M devices");
  print_row("open", "≤ 2 000 ms", starts, "ms");
  print_row("first mark of a device after it", "", finds, "ms");
  print_row("filling it before, groups of 10 000 rows of 1 000 devices", "", filled, "rows/s");
  measure_server_start(data);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view scenario = argc > 1 ? argv[1] : "";
  if (!scenario.empty() && scenario != "groups" && scenario != "start") {
    std::fprintf(stderr, "usage: store_bench [groups | start] [DIRECTORY]\n");
    return 2;
  }
  const std::string directory = argc > 2 ? argv[2] : "store_bench.data";
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  if (scenario != "start") measure_groups(directory);
  if (scenario != "groups") measure_start(directory);
  std::filesystem::remove_all(directory);
  return 0;
}
