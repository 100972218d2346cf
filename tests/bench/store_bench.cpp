// SPDX-License-Identifier: MIT
//   store_bench [groups | start] [DIRECTORY]
//
// groups: what the SQLite store appends on this machine's disk, beside what the disk itself can do;
//   the anchor is measured between the rounds.
// start: opening the store with 10 M rows of 1 M devices in it (takes 3 GB meanwhile).
// Both without a name. DIRECTORY (default store_bench.data) is emptied before and removed after.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "server/store/sqlite_store.h"
#include "tests/bench/figures.h"
#include "tests/bench/many_rows.h"
#include "tests/server/group_builder.h"

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
