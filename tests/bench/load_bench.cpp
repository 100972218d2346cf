// SPDX-License-Identifier: MIT
//   load_bench [record | crowd] [ROUNDS]      both without a name; 5 rounds
//
// record: recorded end to end: 100 connections with 8 frames of 10 interactions in flight, every
//   frame validated, every acknowledgement after fdatasync; between its rounds Redis Streams with
//   fsync always behind the same client, and the disk's own rate of fdatasync.
// crowd: 100 devices that record, alone and among 10,000 connected.
//
// Prints rows for docs/benchmarks.md; never fails on a figure.
#include <fcntl.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "server/crypto.h"
#include "tests/bench/figures.h"
#include "tests/bench/load_client.h"
#include "tests/bench/load_setup.h"
#include "tests/server/raw_client.h"
#include "tests/server/server_process.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::bench;
using test::ServerProcess;
using test::TemporaryDirectory;

namespace {

constexpr double kWarmSeconds = 0.5;
constexpr double kSeconds = 2.5;

struct Measured {
  bool ok = false;
  double rows_per_second = 0;
  double cpu_us_per_frame = 0;
  double client_us_per_frame = 0;
  double rows_per_commit = 0;
  double p50_ms = 0, p99_ms = 0;
  double kib_per_connection = 0;
};

Measured measure(const LoadOptions& options, pid_t process) {
  Measured measured;
  const double empty_kib = resident_kib(process);
  LoadClient client(options);
  if (!client.connect_all()) return measured;
  measured.kib_per_connection = (resident_kib(process) - empty_kib) / options.connections;
  client.run(kWarmSeconds);
  const double cpu = cpu_seconds(process);
  const double own = own_cpu_seconds();
  const LoadResult result = client.run(kSeconds);
  const double frames = double(std::max<uint64_t>(1, result.frames));
  measured.cpu_us_per_frame = (cpu_seconds(process) - cpu) * 1e6 / frames;
  measured.client_us_per_frame = (own_cpu_seconds() - own) * 1e6 / frames;
  measured.rows_per_second = double(result.frames) * options.rows / result.seconds;
  measured.p50_ms = result.percentile_ms(0.5);
  measured.p99_ms = result.percentile_ms(0.99);
  measured.ok = result.failed == 0 && result.frames > 0;
  return measured;
}

Measured measure_vitrine(int connections, int active, int window) {
  TemporaryDirectory data;
  LoadOptions options = enrolled_load(data.path());
  ServerProcess server({data.path(), 0, 0, {"--max-per-address", "20000"}});
  if (!server.is_running()) std::exit(1);
  options.port = server.port();
  options.connections = connections;
  options.active = active;
  options.window = window;
  Measured measured = measure(options, server.process());
  const double commits = metric(server.staff_port(), "vitrine_commits_total");
  const double rows = metric(server.staff_port(), "vitrine_interactions_total");
  if (commits > 0) measured.rows_per_commit = rows / commits;
  return measured;
}

// A port that was free a moment ago: Redis has no way to tell which one it took.
Measured measure_redis(uint16_t port) {
  TemporaryDirectory data;
  const pid_t process = fork();
  if (process == 0) {
    const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(null, STDOUT_FILENO);
    execlp("redis-server", "redis-server", "--port", std::to_string(port).c_str(), "--bind",
           "127.0.0.1", "--dir", data.path().c_str(), "--appendonly", "yes", "--appendfsync",
           "always", "--save", "", "--auto-aof-rewrite-percentage", "0", nullptr);
    _exit(127);
  }
  LoadOptions options;
  options.target = Target::Redis;
  options.port = port;
  Measured measured;
  for (int i = 0; i < 50 && !measured.ok; ++i) {
    usleep(100000);
    if (waitpid(process, nullptr, WNOHANG) != 0) return measured;
    measured = measure(options, process);
  }
  kill(process, SIGKILL);
  waitpid(process, nullptr, 0);
  return measured;
}

void compare_with_redis(int rounds) {
  Series rows, redis_rows, ratio, cpu, redis_cpu, client, redis_client, group, p50, p99, sync;
  for (int round = 0; round < rounds; ++round) {
    TemporaryDirectory here;
    sync.add(fdatasync_rate(here.path(), 0.5));
    const Measured vitrine = measure_vitrine(100, 100, 8);
    const Measured redis = measure_redis(static_cast<uint16_t>(20000 + getpid() % 10000 + round));
    if (!vitrine.ok) std::printf("a round of vitrine-server failed\n");
    if (!redis.ok) std::printf("no redis-server: apt-get install redis-server for the anchor\n");
    if (vitrine.ok) {
      rows.add(vitrine.rows_per_second);
      cpu.add(vitrine.cpu_us_per_frame);
      client.add(vitrine.client_us_per_frame);
      group.add(vitrine.rows_per_commit);
      p50.add(vitrine.p50_ms);
      p99.add(vitrine.p99_ms);
    }
    if (!redis.ok) continue;
    redis_rows.add(redis.rows_per_second);
    redis_cpu.add(redis.cpu_us_per_frame);
    redis_client.add(redis.client_us_per_frame);
    if (vitrine.ok) ratio.add(vitrine.rows_per_second / redis.rows_per_second);
  }
  print_head("100 connections x 8 frames x 10 interactions, acknowledged after fdatasync");
  print_row("vitrine-server, SQLite, validation on", "≥ 300 000 rows/s", rows, "rows/s");
  print_row("anchor: Redis Streams, appendfsync always", "", redis_rows, "rows/s");
  print_row("ratio to Redis Streams", "≥ 2", ratio, "");
  print_row("anchor: fdatasync of 4 KiB appended", "", sync, "/s");
  print_row("processor time a frame, vitrine-server", "", cpu, "µs");
  print_row("processor time for the same rows, redis-server", "", redis_cpu, "µs");
  print_row("processor time a frame, load client to vitrine-server", "", client, "µs");
  print_row("processor time for the same rows, load client to Redis", "", redis_client, "µs");
  print_row("rows a commit", "", group, "");
  print_row("acknowledged after, p50", "", p50, "ms");
  print_row("acknowledged after, p99", "", p99, "ms");
}

void compare_idle_crowd(int rounds) {
  Series alone, crowded, ratio, memory;
  for (int round = 0; round < rounds; ++round) {
    const Measured few = measure_vitrine(100, 100, 1);
    const Measured many = measure_vitrine(10000, 100, 1);
    if (!few.ok || !many.ok) {
      std::printf("a round failed (10,000 connections need `ulimit -n 25000`)\n");
      continue;
    }
    alone.add(few.cpu_us_per_frame);
    crowded.add(many.cpu_us_per_frame);
    ratio.add(many.cpu_us_per_frame / few.cpu_us_per_frame);
    memory.add(many.kib_per_connection);
  }
  print_head("100 devices record a frame at a time, alone and among 10,000 connected");
  print_row("processor time a frame, 100 connections", "", alone, "µs");
  print_row("processor time a frame, 10,000 connections", "", crowded, "µs");
  print_row("ratio of the two", "≤ 1.5", ratio, "");
  print_row("memory a connection", "≤ 8 KiB", memory, "KiB");
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view scenario = argc > 1 ? argv[1] : "";
  const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
  if (!scenario.empty() && scenario != "record" && scenario != "crowd") {
    std::fprintf(stderr, "usage: load_bench [record | crowd] [ROUNDS]\n");
    return 2;
  }
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 25000);
  setrlimit(RLIMIT_NOFILE, &limit);
  if (!init_crypto()) return 1;
  if (scenario != "crowd") compare_with_redis(rounds);
  if (scenario != "record") compare_idle_crowd(rounds);
  return 0;
}
