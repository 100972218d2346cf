// SPDX-License-Identifier: MIT
// Recorded end to end: 100 connections with 8 frames of 10 interactions in flight, every frame
// validated, every acknowledgement after fdatasync; Redis Streams with fsync always behind the same
// client beside it, and the disk's own rate of fdatasync. Then 10,000 connections of which 100
// record. Prints medians and spread; never fails on a figure.
#include <fcntl.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "server/crypto.h"
#include "server/store/device_registry.h"
#include "tests/bench/load_client.h"
#include "tests/server/server_process.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::bench;
using test::ServerProcess;
using test::TemporaryDirectory;

namespace {

constexpr int kRounds = 3;
constexpr double kSeconds = 4;

struct Series {
  std::vector<double> values;

  void add(double value) { values.push_back(value); }
  void print(const char* name, const char* unit) {
    std::sort(values.begin(), values.end());
    if (values.empty()) return;
    std::printf("%-46s median %10.1f %s   (%.1f to %.1f, %zu rounds)\n", name, median(), unit,
                values.front(), values.back(), values.size());
  }
  double median() {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
  }
};

// User and system time of a process so far, in seconds.
double cpu_seconds(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::stringstream text;
  text << file.rdbuf();
  const std::string stat = text.str();
  std::istringstream fields(stat.substr(stat.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / double(sysconf(_SC_CLK_TCK));
}

double resident_kib(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/status");
  std::string line;
  while (std::getline(file, line)) {
    if (line.rfind("VmRSS:", 0) == 0) return std::atof(line.c_str() + 6);
  }
  return 0;
}

double fdatasync_rate(const std::string& directory) {
  const std::string path = directory + "/anchor";
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  const std::string page(4096, 'x');
  int count = 0;
  const double begin = now_seconds();
  while (now_seconds() - begin < 1) {
    if (write(file, page.data(), page.size()) != 4096 || fdatasync(file) != 0) break;
    ++count;
  }
  const double rate = count / (now_seconds() - begin);
  close(file);
  unlink(path.c_str());
  return rate;
}

LoadOptions enrolled(const std::string& data) {
  LoadOptions options;
  std::array<uint8_t, 32> key{};
  crypto_sign_keypair(key.data(), options.secret_key.data());
  auto registry = open_sqlite_device_registry(data);
  if (!registry.ok()) std::exit(1);
  const auto code = registry.value()->invite(options.device, 1);
  if (!code.ok() || !registry.value()->enrol(code.value(), key, 2).ok()) std::exit(1);
  return options;
}

struct Measured {
  double rows_per_second = 0;
  double cpu_us_per_frame = 0;
  double p50_ms = 0, p99_ms = 0;
  double kib_per_connection = 0;
  bool ok = false;
};

Measured measure(LoadOptions options, pid_t process) {
  Measured measured;
  const double empty_kib = resident_kib(process);
  LoadClient client(options);
  if (!client.connect_all()) return measured;
  measured.kib_per_connection = (resident_kib(process) - empty_kib) / options.connections;
  client.run(0.5);
  const double cpu = cpu_seconds(process);
  const LoadResult result = client.run(kSeconds);
  measured.cpu_us_per_frame = (cpu_seconds(process) - cpu) * 1e6 / double(result.frames);
  measured.rows_per_second = double(result.frames) * options.rows / result.seconds;
  measured.p50_ms = result.percentile_ms(0.5);
  measured.p99_ms = result.percentile_ms(0.99);
  measured.ok = result.failed == 0 && result.frames > 0;
  return measured;
}

Measured measure_vitrine(int connections, int active, int window) {
  TemporaryDirectory data;
  LoadOptions options = enrolled(data.path());
  ServerProcess server({data.path(), 0, 0, {"--max-per-address", "20000"}});
  if (!server.is_running()) std::exit(1);
  options.port = server.port();
  options.connections = connections;
  options.active = active;
  options.window = window;
  return measure(options, server.process());
}

// A free port that was just ours: Redis has no way to tell which one it took.
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

void compare_with_redis() {
  Series rows, redis_rows, ratio, cpu, p50, p99, sync;
  for (int round = 0; round < kRounds; ++round) {
    TemporaryDirectory here;
    sync.add(fdatasync_rate(here.path()));
    const Measured vitrine = measure_vitrine(100, 100, 8);
    const Measured redis = measure_redis(static_cast<uint16_t>(20000 + getpid() % 10000 + round));
    if (!vitrine.ok) std::printf("a round of vitrine-server failed\n");
    if (!redis.ok) std::printf("no redis-server: apt-get install redis-server for the anchor\n");
    rows.add(vitrine.rows_per_second);
    cpu.add(vitrine.cpu_us_per_frame);
    p50.add(vitrine.p50_ms);
    p99.add(vitrine.p99_ms);
    if (!redis.ok) continue;
    redis_rows.add(redis.rows_per_second);
    ratio.add(vitrine.rows_per_second / redis.rows_per_second);
  }
  std::printf("100 connections x 8 frames x 10 interactions, acknowledged after fdatasync\n");
  rows.print("  vitrine-server (SQLite, validation on)", "rows/s");
  redis_rows.print("  Redis Streams, appendfsync always", "rows/s");
  ratio.print("  ratio", "");
  cpu.print("  server CPU a frame", "us");
  p50.print("  acknowledgement p50", "ms");
  p99.print("  acknowledgement p99", "ms");
  sync.print("  fdatasync of 4 KiB appended", "/s");
}

void compare_idle_crowd() {
  Series alone, crowded, ratio, memory;
  for (int round = 0; round < kRounds; ++round) {
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
  std::printf("100 devices record one frame at a time, alone and among 10,000 connected\n");
  alone.print("  server CPU a frame, 100 connections", "us");
  crowded.print("  server CPU a frame, 10,000 connections", "us");
  ratio.print("  ratio", "");
  memory.print("  memory a connection", "KiB");
}

}  // namespace

int main() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 25000);
  setrlimit(RLIMIT_NOFILE, &limit);
  if (!init_crypto()) return 1;
  compare_with_redis();
  compare_idle_crowd();
  return 0;
}
