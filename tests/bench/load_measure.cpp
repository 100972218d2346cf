// SPDX-License-Identifier: MIT
#include "tests/bench/load_measure.h"

#include <algorithm>
#include <cstdlib>

#include "tests/bench/figures.h"
#include "tests/bench/load_setup.h"
#include "tests/bench/redis_process.h"
#include "tests/server/server_process.h"
#include "tests/server/temporary_directory.h"

namespace vitrine::bench {

using test::ServerProcess;
using test::TemporaryDirectory;

namespace {

constexpr double kWarmSeconds = 0.5;
constexpr double kSeconds = 2.5;

double cpu_of_all(const std::vector<pid_t>& processes) {
  double seconds = 0;
  for (const pid_t process : processes) seconds += cpu_seconds(process);
  return seconds;
}

Measured measure(const LoadOptions& options, const std::vector<pid_t>& processes) {
  Measured measured;
  const double empty_kib = resident_kib(processes.front());
  LoadClient client(options);
  if (!client.connect_all()) return measured;
  measured.kib_per_connection = (resident_kib(processes.front()) - empty_kib) / options.connections;
  client.run(kWarmSeconds);
  const double cpu = cpu_of_all(processes);
  const double own = own_cpu_seconds();
  const LoadResult result = client.run(kSeconds);
  const double frames = double(std::max<uint64_t>(1, result.frames));
  measured.cpu_us_per_frame = (cpu_of_all(processes) - cpu) * 1e6 / frames;
  measured.client_us_per_frame = (own_cpu_seconds() - own) * 1e6 / frames;
  measured.rows_per_second = double(result.frames) * options.rows / result.seconds;
  measured.p50_ms = result.percentile_ms(0.5);
  measured.p99_ms = result.percentile_ms(0.99);
  measured.ok = result.failed == 0 && result.frames > 0;
  return measured;
}

Measured measure_server(const Load& load, const std::string& program, std::vector<std::string> more,
                        const std::vector<pid_t>& behind) {
  TemporaryDirectory data;
  LoadOptions options = enrolled_load(data.path());
  more.insert(more.end(), {"--max-per-address", "20000"});
  ServerProcess server({data.path(), 0, 0, more, program});
  if (!server.is_running()) return {};
  options.port = server.port();
  options.connections = load.connections;
  options.active = load.active;
  options.window = load.window;
  std::vector<pid_t> processes = {server.process()};
  processes.insert(processes.end(), behind.begin(), behind.end());
  Measured measured = measure(options, processes);
  const double commits = metric(server.staff_port(), "vitrine_commits_total");
  const double rows = metric(server.staff_port(), "vitrine_interactions_total");
  if (commits > 0) measured.rows_per_commit = rows / commits;
  return measured;
}

}  // namespace

Measured measure_vitrine(const Load& load) {
  return measure_server(load, "", {}, {});
}

Measured measure_behind_server(const Load& load, const std::vector<std::string>& peer_options) {
  if (!has_redis_peer()) return {};
  RedisProcess redis;
  if (!redis.is_running()) return {};
  std::vector<std::string> options = {"--redis-port", std::to_string(redis.port())};
  options.insert(options.end(), peer_options.begin(), peer_options.end());
  return measure_server(load, VITRINE_REDIS_PEER, options, {redis.process()});
}

Measured measure_redis_alone() {
  RedisProcess redis;
  if (!redis.is_running()) return {};
  LoadOptions options;
  options.target = Target::Redis;
  options.port = redis.port();
  return measure(options, {redis.process()});
}

bool has_redis_peer() {
  return VITRINE_REDIS_PEER[0] != '\0';
}

}  // namespace vitrine::bench
