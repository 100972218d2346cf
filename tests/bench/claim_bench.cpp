// SPDX-License-Identifier: MIT
//   claim_bench [CLIENTS [ROUNDS]]
//
// Claims out of one pool by so many clients at a time, each of which asks for the next when it has
// its answer, every answer durable: our store through its writer, and PostgreSQL. Ours twice: a
// thread a client as PostgreSQL has a connection a client, and one loop for all of them as the
// server has. Run from the repository's root.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/random.h"
#include "server/claims/claim_writer.h"
#include "server/claims/sqlite_claim_store.h"
#include "tests/bench/figures.h"
#include "tests/bench/postgres_claims.h"
#include "tests/server/claim_commands.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::bench;

namespace {

constexpr double kRoundSeconds = 2;

class SystemClock final : public Clock {
 public:
  int64_t monotonic_us() const override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  }
  int64_t wall_ms() const override { return test::kNow; }
};

// Nobody claims twice. Claims and holders are named as the server names them, as quickly after one
// another as they would be at ten thousand a second.
class Holders {
 public:
  std::pair<Id128, std::string> next() {
    const uint64_t number = count_++;
    Random random(number);
    const int64_t now = test::kNow + int64_t(number) / 10;
    const Id128 claim = time_ordered_id(now, draw(random));
    return {claim, time_ordered_id(now, draw(random)).to_hex()};
  }

 private:
  static Id128 draw(Random& random) {
    Id128 id;
    for (uint8_t& byte : id.bytes) byte = uint8_t(random.below(256));
    return id;
  }

  std::atomic<uint64_t> count_{1};
};

ClaimCommand next_hold(Holders& holders) {
  auto [claim, holder] = holders.next();
  ClaimCommand command = test::hold(0, holder, "key");
  command.claim = claim;
  return command;
}

// Somebody waits, somebody else ends that. The library's semaphore spins first, which two cores
// cannot spare.
class Signal {
 public:
  void raise() {
    const std::lock_guard lock(mutex_);
    raised_ = true;
    changed_.notify_one();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return raised_; });
    raised_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool raised_ = false;
};

// What one round gave.
struct Round {
  uint64_t claims = 0;
  double seconds = 0;
  std::vector<double> ms;  // each claim's

  double rate() const { return double(claims) / seconds; }
  double percentile(double part) {
    if (ms.empty()) return 0;
    const auto at = ms.begin() + long(double(ms.size() - 1) * part);
    std::nth_element(ms.begin(), at, ms.end());
    return *at;
  }
};

// Every client a thread that calls `claim` again and again.
Round run_threads(size_t clients, const std::function<bool(size_t)>& claim) {
  std::vector<Round> parts(clients);
  std::vector<std::thread> threads;
  ::sync();  // what others left to be written is not ours
  const double start = now_seconds();
  for (size_t client = 0; client < clients; ++client) {
    threads.emplace_back([&, client] {
      for (double asked = now_seconds(); asked - start < kRoundSeconds;) {
        if (!claim(client)) std::exit(1);
        const double answered = now_seconds();
        parts[client].ms.push_back((answered - asked) * 1000);
        asked = answered;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  Round round;
  round.seconds = now_seconds() - start;
  for (const Round& part : parts) round.ms.insert(round.ms.end(), part.ms.begin(), part.ms.end());
  round.claims = round.ms.size();
  return round;
}

// Our store and its writer; what the writer wakes is a semaphore.
class Ours {
 public:
  explicit Ours(size_t clients) : writer_(open(), clock_, {}, [this] { woken_.raise(); }) {
    for (size_t i = 0; i <= clients; ++i) answered_.push_back(std::make_unique<Signal>());
    ask(clients, test::set_pool(1'000'000'000));
  }

  // A thread a client, and one that hands out the answers.
  Round run_with_threads(size_t clients) {
    std::atomic<bool> stopping{false};
    std::thread dispatcher([&] {
      while (!stopping) {
        woken_.wait();
        for (const ClaimCompletion& done : writer_.take_completions()) {
          check(done);
          answered_[done.number]->raise();
        }
      }
    });
    Round round = run_threads(clients, [&](size_t client) {
      if (!writer_.submit(client, next_hold(holders_))) return false;
      answered_[client]->wait();
      return true;
    });
    stopping = true;
    woken_.raise();
    dispatcher.join();
    return round;
  }

  // One loop for all clients.
  Round run_in_loop(size_t clients) {
    Round round;
    std::vector<double> asked(clients);
    ::sync();
    const double start = now_seconds();
    for (size_t client = 0; client < clients; ++client) {
      asked[client] = now_seconds();
      writer_.submit(client, next_hold(holders_));
    }
    for (size_t waiting = clients; waiting > 0;) {
      woken_.wait();
      for (const ClaimCompletion& done : writer_.take_completions()) {
        check(done);
        const double now = now_seconds();
        round.ms.push_back((now - asked[done.number]) * 1000);
        asked[done.number] = now;
        const bool over = now - start >= kRoundSeconds;
        if (over) --waiting;
        if (!over) writer_.submit(done.number, next_hold(holders_));
      }
    }
    round.seconds = now_seconds() - start;
    round.claims = round.ms.size();
    return round;
  }

  int64_t taken() {
    std::vector<Pool> pools;
    const auto reader = store_->open_reader();
    if (!reader.ok() || !reader.value()->read_pools(pools).ok()) return -1;
    return pools[0].taken;
  }
  uint64_t groups() const { return writer_.stats().groups; }
  const std::string& directory() const { return directory_.path(); }

 private:
  ClaimStore& open() {
    SqliteClaimStoreOptions options;
    options.directory = directory_.path();
    auto opened = open_sqlite_claim_store(options);
    if (!opened.ok()) std::exit(1);
    store_ = std::move(opened).value();
    return *store_;
  }

  void ask(size_t number, ClaimCommand command) {
    writer_.submit(number, std::move(command));
    woken_.wait();
    for (const ClaimCompletion& done : writer_.take_completions()) check(done);
  }

  static void check(const ClaimCompletion& done) {
    if (!done.status.ok() || done.outcome.answer != ClaimAnswer::Done) std::exit(1);
  }

  test::TemporaryDirectory directory_;
  SystemClock clock_;
  std::unique_ptr<ClaimStore> store_;
  Holders holders_;
  Signal woken_;
  std::vector<std::unique_ptr<Signal>> answered_;
  ClaimWriter writer_;
};

// Rounds of one way to claim.
struct Figures {
  Series rate, p50, p99;

  void add(Round round) {
    rate.add(round.rate());
    p50.add(round.percentile(0.5));
    p99.add(round.percentile(0.99));
  }
  void print(const std::string& what, const char* goal) const {
    print_row(what, goal, rate, "claims/s");
    print_row(what + ", answered after, p50", "", p50, "ms");
    print_row(what + ", answered after, p99", "", p99, "ms");
  }
};

struct Peer {
  std::string name;
  PostgresWay way;
  Figures figures;
  Series ratio;
};

void measure(size_t clients, int rounds) {
  std::string why_not;
  const std::unique_ptr<PostgresClaims> postgres = start_postgres_claims(clients, why_not);
  if (postgres == nullptr) std::printf("PostgreSQL is left out: %s\n", why_not.c_str());
  Ours ours(clients);
  Holders holders;
  Figures threads, loop;
  Series sync, group, cpu;
  Peer peers[] = {{"PostgreSQL, a transaction", PostgresWay::Transaction, {}, {}},
                  {"PostgreSQL, one statement", PostgresWay::OneStatement, {}, {}}};
  int64_t claimed = 0, claimed_there = 0;
  for (int round = 0; round < rounds; ++round) {
    sync.add(fdatasync_rate(ours.directory(), 0.3));
    const uint64_t groups = ours.groups();
    const double cpu_before = own_cpu_seconds();
    const Round looped = ours.run_in_loop(clients);
    cpu.add((own_cpu_seconds() - cpu_before) * 1e6 / double(looped.claims));
    group.add(double(looped.claims) / double(ours.groups() - groups));
    const Round threaded = ours.run_with_threads(clients);
    claimed += int64_t(looped.claims + threaded.claims);
    for (Peer& peer : peers) {
      if (postgres == nullptr) break;
      const Round theirs = run_threads(clients, [&](size_t client) {
        const auto [claim, holder] = holders.next();
        return postgres->claim(client, peer.way, claim.to_hex(), holder);
      });
      claimed_there += int64_t(theirs.claims);
      peer.ratio.add(threaded.rate() / theirs.rate());
      peer.figures.add(theirs);
    }
    loop.add(looped);
    threads.add(threaded);
  }
  const std::string title = std::to_string(clients) + " clients at one pool, every claim durable";
  print_head(title);
  loop.print("our store, one loop for all clients", "≥ 10 000 claims/s");
  threads.print("our store, a thread a client", "≥ 10 000 claims/s");
  for (const Peer& peer : peers) peer.figures.print(peer.name, "");
  for (const Peer& peer : peers) {
    print_row("ratio of a thread a client to " + peer.name, "≥ 10", peer.ratio, "");
  }
  print_row("claims a commit, one loop", "", group, "");
  print_row("processor time a claim, one loop", "", cpu, "µs");
  print_row("anchor: fdatasync of 4 KiB appended", "", sync, "/s");
  const bool balances = ours.taken() == claimed;
  const bool theirs_do = postgres == nullptr || (postgres->count_claims() == claimed_there &&
                                                 postgres->count_taken() == claimed_there);
  if (!balances || !theirs_do) std::printf("\nThe books do not balance!\n");
}

}  // namespace

int main(int argc, char** argv) {
  const int clients = argc > 1 ? std::atoi(argv[1]) : 64;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  if (argc > 3 || clients < 1 || clients > 1000 || rounds < 1) {
    std::fprintf(stderr, "usage: claim_bench [CLIENTS [ROUNDS]]\n");
    return 2;
  }
  measure(static_cast<size_t>(clients), rounds);
  return 0;
}
