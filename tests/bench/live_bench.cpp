// SPDX-License-Identifier: MIT
//   live_bench [DIRECTORY]
//
// The live view while 50,000 rows a second arrive on top of 5 M rows: how far /api/live is behind
// what was acknowledged before it was asked, and how long it takes to answer. Every round ends with
// kill -9 in the middle of the load; the next one begins with the start that recovers from it.
//
// DIRECTORY (default live_bench.data) is emptied before and removed after; 2 GB.
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "server/crypto.h"
#include "server/store/sqlite_store.h"
#include "tests/bench/figures.h"
#include "tests/bench/load_client.h"
#include "tests/bench/load_setup.h"
#include "tests/bench/many_rows.h"
#include "tests/server/server_process.h"

using namespace vitrine;
using namespace vitrine::bench;
using test::ServerProcess;

namespace {

constexpr int kRounds = 5;
constexpr double kSeconds = 4;
constexpr uint64_t kRowsBefore = 5'000'000;
constexpr double kRowsPerSecond = 50'000;

struct Figures {
  Series arrived, behind, answer_ms, start_ms, log_mib, cpu;
};

int64_t rows_shown(uint16_t staff_port) {
  const std::string body = staff_get(staff_port, "/api/live");
  const size_t at = body.find("\"rows\":");
  return at == std::string::npos ? -1 : std::atoll(body.c_str() + at + 7);
}

// Asks ten times a second, as ten open pages would, until told to stop.
void watch(const LoadClient& client, uint16_t staff_port, int64_t rows_before,
           const std::atomic<bool>& done, Figures& figures) {
  while (!done) {
    const auto acknowledged = static_cast<int64_t>(client.acknowledged_rows());
    const double asked = now_seconds();
    const int64_t shown = rows_shown(staff_port) - rows_before;
    figures.answer_ms.add((now_seconds() - asked) * 1000);
    figures.behind.add(double(std::max<int64_t>(0, acknowledged - shown)));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

bool measure_round(const std::string& data, LoadOptions options, bool after_kill,
                   Figures& figures) {
  const double born = now_seconds();
  ServerProcess server({data, 0, 0, {}});
  if (!server.is_running()) return false;
  const int64_t rows_before = rows_shown(server.staff_port());
  if (after_kill) figures.start_ms.add((now_seconds() - born) * 1000);
  options.port = server.port();
  options.rows_per_second = kRowsPerSecond;
  LoadClient client(options);
  if (rows_before < 0 || !client.connect_all()) return false;
  std::atomic<bool> done{false};
  std::thread watcher([&] { watch(client, server.staff_port(), rows_before, done, figures); });
  const double cpu = cpu_seconds(server.process());
  const LoadResult result = client.run(kSeconds);
  done = true;
  watcher.join();
  figures.cpu.add((cpu_seconds(server.process()) - cpu) * 100 / result.seconds);
  figures.arrived.add(double(result.frames) * options.rows / result.seconds);
  std::thread killer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    server.send_signal(SIGKILL);
  });
  client.run(1);
  killer.join();
  server.wait();
  figures.log_mib.add(double(std::filesystem::file_size(data + "/vitrine.sqlite3-wal")) /
                      (1 << 20));
  return result.failed == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (!init_crypto()) return 1;
  const std::string data = argc > 1 ? argv[1] : "live_bench.data";
  std::filesystem::remove_all(data);
  {
    const std::unique_ptr<Store> store = open_store(data);
    ManyRows load(10000);
    for (uint64_t done = 0; done < kRowsBefore; done += 10000) load.append(*store, 10000);
  }
  const LoadOptions options = enrolled_load(data);
  Figures figures;
  for (int round = 0; round <= kRounds; ++round) {
    if (!measure_round(data, options, round > 0, figures)) std::printf("a round failed\n");
  }
  print_head("The live view while 50 000 rows a second arrive on top of 5 M");
  print_row("arrived and acknowledged", "50 000 rows/s", figures.arrived, "rows/s");
  print_row("/api/live: acknowledged rows it does not show yet", "less than one second's",
            figures.behind, "rows");
  print_row("/api/live answers after", "≤ 1 000 ms", figures.answer_ms, "ms");
  print_row("processor time of the server meanwhile", "", figures.cpu, "% of one core");
  print_row("start after kill -9, to the first answer", "≤ 2 000 ms", figures.start_ms, "ms");
  print_row("log on disk at the kill", "", figures.log_mib, "MiB");
  std::filesystem::remove_all(data);
  return 0;
}
