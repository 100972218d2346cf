// SPDX-License-Identifier: MIT
//   load_bench [record | own | crowd] [ROUNDS]      record and crowd without a name; 5 rounds
//
// record: recorded end to end: 100 connections with 8 frames of 10 interactions in flight, every
//   frame validated, every acknowledgement after fdatasync. In turn with it: the same server with
//   Redis Streams, fsync always, as its store; the same client straight to Redis; the disk's own
//   rate of fdatasync.
// own: the first of these alone, for while something is being changed.
// crowd: 100 devices that record, alone and among 10,000 connected.
//
// Prints rows for docs/benchmarks.md; never fails on a figure.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/crypto.h"
#include "tests/bench/figures.h"
#include "tests/bench/load_measure.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::bench;

namespace {

constexpr Load kRecord = {100, 100, 8};
constexpr int kCrowd = 10000;
// What a process needs beside a descriptor a connection.
constexpr int kOtherDescriptors = 300;

// One way to record the same rows, and its figures over the rounds.
struct Contender {
  std::string name;
  std::function<Measured()> measure;
  Series rows = {}, ratio = {}, cpu = {}, client = {}, commit = {}, p50 = {}, p99 = {};

  void add(const Measured& measured) {
    rows.add(measured.rows_per_second);
    cpu.add(measured.cpu_us_per_frame);
    client.add(measured.client_us_per_frame);
    if (measured.rows_per_commit > 0) commit.add(measured.rows_per_commit);
    p50.add(measured.p50_ms);
    p99.add(measured.p99_ms);
  }
};

Contender behind_server(std::string name, std::vector<std::string> options) {
  return {"this server on Redis, " + name,
          [options] { return measure_behind_server(kRecord, options); }};
}

// Ours first, Redis without a server last.
std::vector<Contender> contenders() {
  return {
      {"vitrine-server", [] { return measure_vitrine(kRecord); }},
      behind_server("marks stored with the rows (MULTI)", {"--redis-marks", "stored"}),
      behind_server("rows alone", {}),
      behind_server("rows alone, over 8 connections", {"--redis-connections", "8"}),
      behind_server("rows alone, a field a column", {"--redis-row", "fields"}),
      {"Redis alone, XADD by the client", measure_redis_alone},
  };
}

void print_contenders(const std::vector<Contender>& all) {
  for (const Contender& one : all) {
    const bool ours = &one == &all.front();
    print_row(one.name, ours ? "≥ 300 000 rows/s" : "", one.rows, "rows/s");
  }
  for (const Contender& one : all) print_row("ratio to: " + one.name, "≥ 2", one.ratio, "");
  for (const Contender& one : all) {
    print_row("processor time a frame: " + one.name, "", one.cpu, "µs");
  }
  const Contender& ours = all.front();
  print_row("processor time a frame: the load client", "", ours.client, "µs");
  print_row("rows a commit", "", ours.commit, "");
  print_row("acknowledged after, p50", "", ours.p50, "ms");
  print_row("acknowledged after, p99", "", ours.p99, "ms");
}

// Why rows are missing from the table.
void explain_missing(const std::vector<Contender>& all) {
  if (all.size() == 1) return;
  if (!has_redis_peer()) std::printf("\nBuilt without libhiredis-dev: no Redis as a store.\n");
  if (all.back().rows.rounds() == 0) std::printf("\nNo redis-server here: nothing of Redis.\n");
}

void compare_recording(std::vector<Contender> all, int rounds) {
  Series sync, load;
  for (int round = 0; round < rounds; ++round) {
    test::TemporaryDirectory here;
    sync.add(fdatasync_rate(here.path(), 0.5));
    double ours = 0;
    for (Contender& one : all) {
      const Measured measured = one.measure();
      load.add(load_average());
      if (!measured.ok) continue;
      one.add(measured);
      if (&one == &all.front()) ours = measured.rows_per_second;
      if (ours > 0 && &one != &all.front()) one.ratio.add(ours / measured.rows_per_second);
    }
    if (ours == 0) std::printf("a round of vitrine-server failed\n");
  }
  print_head("100 connections x 8 frames x 10 interactions, acknowledged after fdatasync");
  print_contenders(all);
  print_row("fdatasync of 4 KiB appended", "", sync, "/s");
  print_row("load average meanwhile, this benchmark's own included", "", load, "");
  explain_missing(all);
}

// The server that is started inherits the limit; both sides need a descriptor a connection. Root
// may raise the hard limit as well.
int connections_possible(int wanted) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t needed = static_cast<rlim_t>(wanted + kOtherDescriptors);
  if (limit.rlim_cur >= needed) return wanted;
  const rlimit raised = {needed, std::max(limit.rlim_max, needed)};
  if (setrlimit(RLIMIT_NOFILE, &raised) == 0) return wanted;
  limit.rlim_cur = std::min(limit.rlim_max, needed);
  setrlimit(RLIMIT_NOFILE, &limit);
  return std::min(wanted, static_cast<int>(limit.rlim_cur) - kOtherDescriptors);
}

void compare_idle_crowd(int rounds) {
  const int crowd = connections_possible(kCrowd);
  if (crowd < kCrowd) {
    std::printf("%d connections instead of %d: the hard limit of descriptors (ulimit -Hn) is low\n",
                crowd, kCrowd);
  }
  if (crowd < 200) return;
  Series alone, crowded, ratio, memory;
  for (int round = 0; round < rounds; ++round) {
    const Measured few = measure_vitrine({100, 100, 1});
    const Measured many = measure_vitrine({crowd, 100, 1});
    if (!few.ok || !many.ok) {
      std::printf("a round failed\n");
      continue;
    }
    alone.add(few.cpu_us_per_frame);
    crowded.add(many.cpu_us_per_frame);
    ratio.add(many.cpu_us_per_frame / few.cpu_us_per_frame);
    memory.add(many.kib_per_connection);
  }
  const std::string connected = std::to_string(crowd) + " connections";
  print_head("100 devices record a frame at a time, alone and among all that are connected");
  print_row("processor time a frame, 100 connections", "", alone, "µs");
  print_row("processor time a frame, " + connected, "", crowded, "µs");
  print_row("ratio of the two", "≤ 1.5", ratio, "");
  print_row("memory a connection", "≤ 8 KiB", memory, "KiB");
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view scenario = argc > 1 ? argv[1] : "";
  const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
  if (!scenario.empty() && scenario != "record" && scenario != "own" && scenario != "crowd") {
    std::fprintf(stderr, "usage: load_bench [record | own | crowd] [ROUNDS]\n");
    return 2;
  }
  if (!init_crypto()) return 1;
  if (scenario == "own") compare_recording({contenders().front()}, rounds);
  if (scenario.empty() || scenario == "record") compare_recording(contenders(), rounds);
  if (scenario.empty() || scenario == "crowd") compare_idle_crowd(rounds);
  return 0;
}
