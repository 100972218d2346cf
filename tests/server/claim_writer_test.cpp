// SPDX-License-Identifier: MIT
// The thread that applies claim commands, between a loop and a store.
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "server/claims/claim_writer.h"
#include "server/claims/memory_claim_store.h"
#include "server/claims/sqlite_claim_store.h"
#include "tests/server/claim_commands.h"
#include "tests/server/claim_invariants.h"
#include "tests/server/set_clock.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;
using rules::ClaimState;

namespace {

// Lets the store answer what it is told to, when it is told to.
struct Gate {
  MemoryClaimStoreOptions options() {
    return {[this](std::span<const ClaimCommand> commands) {
      if (commands[0].verb == ClaimVerb::Expire) return Status();  // nobody's but the writer's
      std::unique_lock lock(mutex);
      ++arrived;
      changed.notify_all();
      changed.wait(lock, [this] { return open; });
      return status;
    }};
  }
  void wait_for(int count) {
    std::unique_lock lock(mutex);
    REQUIRE(changed.wait_for(lock, std::chrono::seconds(60), [&] { return arrived >= count; }));
  }
  void let_go(Status answer = {}) {
    const std::lock_guard lock(mutex);
    status = std::move(answer);
    open = true;
    changed.notify_all();
  }

  std::mutex mutex;
  std::condition_variable changed;
  int arrived = 0;
  bool open = false;
  Status status;
};

// A loop that waits for completions, bounded in time.
struct Loop {
  explicit Loop(ClaimStore& store, ClaimWriterLimits limits = {})
      : writer(store, clock, limits, [this] {
          const std::lock_guard lock(mutex);
          ++wakes;
          woken.notify_one();
        }) {}
  ~Loop() { writer.stop(); }

  // By the submitters' numbers, each exactly once.
  std::map<uint64_t, ClaimCompletion> wait(size_t count) {
    std::map<uint64_t, ClaimCompletion> all;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (all.size() < count && std::chrono::steady_clock::now() < deadline) {
      for (const ClaimCompletion& done : writer.take_completions()) {
        REQUIRE(all.emplace(done.number, done).second);
      }
      if (all.size() >= count) break;
      std::unique_lock lock(mutex);
      woken.wait_for(lock, std::chrono::milliseconds(20));
    }
    REQUIRE(all.size() == count);
    return all;
  }

  ClaimCompletion ask(ClaimCommand command) {
    REQUIRE(writer.submit(1, std::move(command)));
    return wait(1).at(1);
  }

  SetClock clock{kNow};
  std::mutex mutex;
  std::condition_variable woken;
  int wakes = 0;
  ClaimWriter writer;
};

bool wait_until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace

TEST_CASE("every submission has its own answer, and a wake announces it") {
  const auto store = make_memory_claim_store();
  Loop loop(*store);
  REQUIRE(loop.writer.submit(7, set_pool(1)));
  REQUIRE(loop.writer.submit(8, hold(1, "phone-1", "key")));
  REQUIRE(loop.writer.submit(9, hold(2, "phone-2", "key")));
  const auto done = loop.wait(3);
  CHECK(done.at(7).outcome.answer == ClaimAnswer::Done);
  CHECK(done.at(8).outcome.claim->claim == claim_id(1));
  CHECK(done.at(9).outcome.answer == ClaimAnswer::SoldOut);
  CHECK(loop.wakes > 0);
  CHECK(loop.writer.stats().commands == 3);
}

TEST_CASE("nothing is answered before it is durable; what came meanwhile shares one transaction") {
  Gate gate;
  const auto store = make_memory_claim_store(gate.options());
  Loop loop(*store);
  REQUIRE(loop.writer.submit(0, set_pool(100)));
  gate.wait_for(1);
  for (uint64_t i = 1; i <= 50; ++i) {
    REQUIRE(loop.writer.submit(i, hold(i, "phone-" + std::to_string(i), "key")));
  }
  CHECK(loop.writer.take_completions().empty());
  CHECK(loop.writer.stats().queued == 50);
  gate.let_go();
  loop.wait(51);
  CHECK(loop.writer.stats().groups == 2);
}

TEST_CASE("a full queue takes nothing and leaves the command with its owner") {
  Gate gate;
  const auto store = make_memory_claim_store(gate.options());
  ClaimWriterLimits limits;
  limits.max_queued = 2;
  Loop loop(*store, limits);
  REQUIRE(loop.writer.submit(0, set_pool(100)));
  gate.wait_for(1);
  REQUIRE(loop.writer.submit(1, hold(1, "phone-1", "key")));
  REQUIRE(loop.writer.submit(2, hold(2, "phone-2", "key")));
  ClaimCommand third = hold(3, "phone-3", "key");
  CHECK_FALSE(loop.writer.submit(3, std::move(third)));
  CHECK(third.holder == "phone-3");
  CHECK(loop.writer.stats().refused_queue_full == 1);
  gate.let_go();
  loop.wait(3);
  CHECK(loop.writer.submit(3, std::move(third)));
  loop.wait(1);
}

TEST_CASE("a group is no larger than it may be") {
  Gate gate;
  const auto store = make_memory_claim_store(gate.options());
  ClaimWriterLimits limits;
  limits.max_group = 10;
  Loop loop(*store, limits);
  REQUIRE(loop.writer.submit(0, set_pool(100)));
  gate.wait_for(1);
  for (uint64_t i = 1; i <= 25; ++i) {
    REQUIRE(loop.writer.submit(i, hold(i, "phone-" + std::to_string(i), "key")));
  }
  gate.let_go();
  loop.wait(26);
  CHECK(loop.writer.stats().groups == 4);
}

TEST_CASE("a full disk is told to everybody whose command it was, and is over by itself") {
  Gate gate;
  gate.let_go({StatusCode::ResourceExhausted, "no room"});
  const auto store = make_memory_claim_store(gate.options());
  Loop loop(*store);
  const ClaimCompletion refused = loop.ask(set_pool(5));
  CHECK(refused.status.code() == StatusCode::ResourceExhausted);
  CHECK_FALSE(refused.outcome.pool);
  CHECK(loop.writer.stats().storage_full);
  CHECK(loop.writer.stats().refused_full == 1);
  gate.let_go();
  CHECK(loop.ask(set_pool(5)).outcome.answer == ClaimAnswer::Done);
  CHECK_FALSE(loop.writer.stats().storage_full);
}

TEST_CASE("stop settles what is queued and takes no more") {
  const auto store = make_memory_claim_store();
  Loop loop(*store);
  REQUIRE(loop.writer.submit(0, set_pool(100)));
  for (uint64_t i = 1; i <= 30; ++i) {
    REQUIRE(loop.writer.submit(i, hold(i, "phone-" + std::to_string(i), "key")));
  }
  loop.writer.stop();
  CHECK(loop.wait(31).at(30).outcome.answer == ClaimAnswer::Done);
  CHECK_FALSE(loop.writer.submit(40, set_pool(5)));
}

TEST_CASE("holds go back to the stock by themselves, more than one step's worth, links with age") {
  const auto store = make_memory_claim_store();
  ClaimWriterLimits limits;
  limits.expire_every_us = 1000;
  limits.link_life_ms = 24 * 3600 * 1000;
  Loop loop(*store, limits);
  REQUIRE(loop.writer.submit(0, set_pool(1000)));
  for (uint64_t i = 1; i <= 700; ++i) {
    REQUIRE(loop.writer.submit(i, hold(i, "phone-" + std::to_string(i), "key")));
  }
  REQUIRE(loop.writer.submit(701, follow(1, "li")));
  loop.wait(702);
  CHECK(loop.writer.stats().expired == 0);
  loop.clock.hurry_ms(kHoldMs);
  CHECK(wait_until([&] { return loop.writer.stats().expired == 700; }));
  CHECK(loop.writer.stats().retired_links == 0);
  loop.clock.hurry_ms(limits.link_life_ms + 1);
  CHECK(wait_until([&] { return loop.writer.stats().retired_links == 1; }));
  const auto reader = store->open_reader().value();
  CHECK(check_claims(*reader) == "");
  std::vector<Pool> pools;
  REQUIRE(reader->read_pools(pools).ok());
  CHECK(pools[0].remaining() == 1000);
  std::vector<MemberLink> links;
  REQUIRE(reader->read_member("sandbox", "li", links).ok());
  CHECK(links.empty());
}

TEST_CASE("a clock that is set takes no minute from a hold, and gives none") {
  const auto store = make_memory_claim_store();
  ClaimWriterLimits limits;
  limits.expire_every_us = 1000;
  Loop loop(*store, limits);
  REQUIRE(loop.ask(set_pool(5)).outcome.answer == ClaimAnswer::Done);
  const Claim held = *loop.ask(hold(1, "phone-1", "key")).outcome.claim;
  CHECK(held.hold_until - held.held_time == kHoldMs);
  const int64_t day = 24 * 3'600'000;
  uint64_t jumps = 0;
  for (const int64_t by : {day, -2 * day, int64_t{3'600'000}, day - 3'600'000}) {
    loop.clock.set_by_ms(by);
    REQUIRE(wait_until([&] { return loop.writer.stats().clock_jumps == jumps + 1; }));
    ++jumps;
    const Claim now = *store->open_reader().value()->find_claim(held.claim).value();
    CHECK(now.state == ClaimState::Held);
    CHECK(now.hold_until - now.held_time == kHoldMs);
    const int64_t left = now.hold_until - loop.clock.wall_ms();
    CHECK(left > 0);
    CHECK(left <= kHoldMs);
  }
  // Its time, and no more.
  loop.clock.hurry_ms(kHoldMs);
  CHECK(wait_until([&] { return loop.writer.stats().expired == 1; }));
  CHECK(check_claims(*store->open_reader().value()) == "");
}

TEST_CASE("a clock that was set back between two runs keeps nothing from the stock for a day") {
  const auto store = make_memory_claim_store();
  const int64_t day = 24 * 3'600'000;
  const std::vector<ClaimCommand> before = {set_pool(5), hold(1, "phone-1", "key", kNow + day)};
  std::vector<ClaimOutcome> outcomes;
  REQUIRE(store->apply(before, outcomes).ok());
  ClaimWriterLimits limits;
  limits.expire_every_us = 1000;
  Loop loop(*store, limits);
  CHECK(wait_until([&] { return loop.writer.stats().expired == 1; }));
}

TEST_CASE("a thousand phones at the last thing: one has it, all the others know at once") {
  const TemporaryDirectory directory;
  SqliteClaimStoreOptions options;
  options.directory = directory.path();
  const auto store = open_sqlite_claim_store(options).value();
  Loop loop(*store);
  REQUIRE(loop.ask(set_pool(1)).outcome.answer == ClaimAnswer::Done);
  constexpr uint64_t kThreads = 8, kPhones = 125;
  std::vector<std::thread> phones;
  for (uint64_t thread = 0; thread < kThreads; ++thread) {
    phones.emplace_back([&, thread] {
      for (uint64_t i = 0; i < kPhones; ++i) {
        const uint64_t number = thread * kPhones + i;
        const std::string phone = "phone-" + std::to_string(number);
        // Every one asks twice, as where the first answer was lost on its way.
        while (!loop.writer.submit(2 * number, hold(2 * number, phone, "key"))) {
        }
        while (!loop.writer.submit(2 * number + 1, hold(2 * number + 1, phone, "key"))) {
        }
      }
    });
  }
  const auto done = loop.wait(2 * kThreads * kPhones);
  for (std::thread& phone : phones) phone.join();
  std::map<ClaimAnswer, int> answers;
  for (const auto& [number, completion] : done) ++answers[completion.outcome.answer];
  CHECK(answers[ClaimAnswer::Done] == 1);
  CHECK(answers[ClaimAnswer::Repeated] == 1);
  CHECK(answers[ClaimAnswer::SoldOut] == 1998);
  CHECK(check_claims(*store->open_reader().value()) == "");
}
