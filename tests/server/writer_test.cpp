// SPDX-License-Identifier: MIT
// The writer's thread between a loop and a store.
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/base/clock.h"
#include "server/store/memory_store.h"
#include "server/store/sqlite_store.h"
#include "server/writer.h"
#include "tests/server/group_builder.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using vitrine::test::incarnation;

namespace {

class SteadyClock final : public Clock {
 public:
  int64_t monotonic_us() const override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  }
  int64_t wall_ms() const override { return 1'700'000'000'000; }
};

IngestBatch rows(uint64_t first, uint64_t count, const std::string& device = "kiosk-1",
                 uint64_t salt = 0) {
  IngestBatch batch;
  batch.device = device;
  batch.incarnation = incarnation(1);
  batch.first = first;
  batch.last = first + count - 1;
  for (uint64_t s = first; s <= batch.last; ++s) {
    protocol::Interaction row;
    row.time_ms = static_cast<int64_t>(s + salt);
    row.context.campaign = "lip-popup";
    row.data = "{}";
    const protocol::TypeInfo& type = protocol::dictionary()[0];
    row.type = type.id;
    batch.rows.push_back({s,
                          std::max<uint64_t>(1, protocol::row_hash(row)),
                          row.time_ms,
                          protocol::Mode::Live,
                          {},
                          type.name,
                          "lip-popup",
                          "",
                          "",
                          "{}"});
  }
  return batch;
}

// A loop that waits for completions, bounded in time.
struct Loop {
  explicit Loop(Store& store, WriterLimits limits = {})
      : writer(store, clock, limits, [this] {
          const std::lock_guard lock(mutex);
          ++wakes;
          woken.notify_one();
        }) {}
  ~Loop() { writer.stop(); }

  std::vector<Completion> wait(size_t count) {
    std::vector<Completion> all;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (all.size() < count && std::chrono::steady_clock::now() < deadline) {
      const std::vector<Completion>& some = writer.take_completions();
      all.insert(all.end(), some.begin(), some.end());
      if (all.size() >= count) break;
      std::unique_lock lock(mutex);
      woken.wait_for(lock, std::chrono::milliseconds(20));
    }
    REQUIRE(all.size() == count);
    return all;
  }

  Completion hello(uint64_t next, const std::string& device = "kiosk-1") {
    REQUIRE(writer.submit_hello(1, device, incarnation(1), next));
    return wait(1)[0];
  }

  SteadyClock clock;
  std::mutex mutex;
  std::condition_variable woken;
  int wakes = 0;
  Writer writer;
};

// Holds every append until it is let go.
struct Gate {
  MemoryStoreOptions options() {
    return {[this](const Group&) {
      std::unique_lock lock(mutex);
      ++arrived;
      changed.notify_all();
      changed.wait(lock, [this] { return open; });
      return status;
    }};
  }
  void wait_for(int count) {
    std::unique_lock lock(mutex);
    REQUIRE(changed.wait_for(lock, std::chrono::seconds(30), [&] { return arrived >= count; }));
  }
  void let_go() {
    const std::lock_guard lock(mutex);
    open = true;
    changed.notify_all();
  }

  std::mutex mutex;
  std::condition_variable changed;
  int arrived = 0;
  bool open = false;
  Status status;
};

}  // namespace

TEST_CASE("a new stream says hello, sends, is acknowledged and says hello again") {
  const std::unique_ptr<Store> store = make_memory_store();
  Loop loop(*store);
  const Completion hello = loop.hello(1);
  CHECK(hello.kind == CompletionKind::Hello);
  CHECK(hello.mark == 0);
  CHECK_FALSE(hello.renew);
  REQUIRE(loop.writer.submit_batch(7, rows(1, 3)));
  const Completion settled = loop.wait(1)[0];
  CHECK(settled.connection == 7);
  CHECK(settled.kind == CompletionKind::Settled);
  CHECK(settled.mark == 3);
  CHECK(settled.rows == 3);
  CHECK(settled.stream == 1);
  CHECK(loop.hello(4).mark == 3);
}

TEST_CASE("a device that goes back behind the mark is told to renew, with what is known") {
  const test::TemporaryDirectory directory;
  {
    const auto store = open_sqlite_store({directory.path(), {}, 4000, {}}).value();
    Loop loop(*store);
    REQUIRE(loop.writer.submit_batch(1, rows(1, 300)));
    loop.wait(1);
  }
  const auto store = open_sqlite_store({directory.path(), {}, 4000, {}}).value();
  Loop loop(*store);
  const Completion hello = loop.hello(290);
  CHECK(hello.renew);
  CHECK(hello.mark == 300);
  CHECK(hello.recent_first == 45);
  REQUIRE(hello.recent.size() == 256);
  CHECK(hello.recent[0] == rows(45, 1).rows[0].hash);
  CHECK(hello.recent[255] == rows(300, 1).rows[0].hash);
}

TEST_CASE("a resend is compared also when another process stored it") {
  const test::TemporaryDirectory directory;
  {
    const auto store = open_sqlite_store({directory.path(), {}, 4000, {}}).value();
    Loop loop(*store);
    REQUIRE(loop.writer.submit_batch(1, rows(1, 10)));
    loop.wait(1);
  }
  const auto store = open_sqlite_store({directory.path(), {}, 4000, {}}).value();
  Loop loop(*store);
  REQUIRE(loop.writer.submit_batch(1, rows(1, 10)));
  CHECK(loop.wait(1)[0].duplicates == 10);
  CHECK(loop.writer.stats().conflicts == 0);
  REQUIRE(loop.writer.submit_batch(1, rows(6, 5, "kiosk-1", 99)));
  loop.wait(1);
  CHECK(loop.writer.stats().conflicts == 5);
  CHECK(loop.writer.stats().uncompared == 0);
}

TEST_CASE("a gap is refused and what follows in order is taken") {
  const std::unique_ptr<Store> store = make_memory_store();
  Loop loop(*store);
  REQUIRE(loop.writer.submit_batch(1, rows(1, 2)));
  REQUIRE(loop.writer.submit_batch(1, rows(4, 2)));
  REQUIRE(loop.writer.submit_batch(1, rows(3, 1)));
  const std::vector<Completion> done = loop.wait(3);
  CHECK(done[0].kind == CompletionKind::Settled);
  CHECK(done[1].kind == CompletionKind::Gap);
  CHECK(done[1].mark == 2);
  CHECK(done[2].kind == CompletionKind::Settled);
  CHECK(done[2].mark == 3);
  CHECK(loop.writer.stats().gaps == 1);
}

TEST_CASE("a hello that holds the row at the mark is told the hash of the server's own") {
  const std::unique_ptr<Store> store = make_memory_store();
  {
    Loop loop(*store);
    REQUIRE(loop.writer.submit_batch(1, rows(1, 5)));
    loop.wait(1);
    CHECK(loop.hello(6).mark_hash == 0);  // it holds nothing: nothing is looked up
    REQUIRE(loop.writer.submit_hello(1, "kiosk-1", incarnation(1), 6, 4));
    CHECK(loop.wait(1)[0].mark_hash == rows(5, 1).rows[0].hash);
  }
  Loop restarted(*store);
  REQUIRE(restarted.writer.submit_hello(1, "kiosk-1", incarnation(1), 6, 5));
  CHECK(restarted.wait(1)[0].mark_hash == rows(5, 1).rows[0].hash);
}

TEST_CASE("nothing completes before it is durable, and a hello behind a batch sees it settled") {
  Gate gate;
  const std::unique_ptr<Store> store = make_memory_store(gate.options());
  Loop loop(*store);
  REQUIRE(loop.writer.submit_batch(1, rows(1, 3)));
  gate.wait_for(1);
  REQUIRE(loop.writer.submit_hello(2, "kiosk-1", incarnation(1), 4));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(loop.writer.take_completions().empty());
  gate.let_go();
  const std::vector<Completion> done = loop.wait(2);
  CHECK(done[0].mark == 3);
  CHECK(done[1].kind == CompletionKind::Hello);
  CHECK(done[1].mark == 3);
}

TEST_CASE("what arrives during an append shares the next one") {
  Gate gate;
  const std::unique_ptr<Store> store = make_memory_store(gate.options());
  Loop loop(*store);
  REQUIRE(loop.writer.submit_batch(1, rows(1, 1)));
  gate.wait_for(1);
  for (uint64_t i = 0; i < 50; ++i) {
    REQUIRE(loop.writer.submit_batch(i, rows(1, 4, "other-" + std::to_string(i))));
  }
  gate.let_go();
  loop.wait(51);
  CHECK(loop.writer.stats().groups == 2);
  CHECK(loop.writer.stats().rows == 201);
}

TEST_CASE("a full store refuses the whole group, answers hellos and goes on by itself") {
  Gate gate;
  gate.status = Status(StatusCode::ResourceExhausted, "full");
  gate.open = true;
  const std::unique_ptr<Store> store = make_memory_store(gate.options());
  Loop loop(*store);
  REQUIRE(loop.writer.submit_batch(1, rows(1, 3)));
  Completion done = loop.wait(1)[0];
  CHECK(done.kind == CompletionKind::Full);
  CHECK(done.mark == 0);
  CHECK(loop.writer.stats().store_full);
  CHECK(loop.writer.stats().rows == 0);
  CHECK(loop.hello(4).mark == 0);
  {
    const std::lock_guard lock(gate.mutex);
    gate.status = Status();
  }
  REQUIRE(loop.writer.submit_batch(1, rows(1, 3)));
  done = loop.wait(1)[0];
  CHECK(done.kind == CompletionKind::Settled);
  CHECK(done.mark == 3);
  CHECK_FALSE(loop.writer.stats().store_full);
}

TEST_CASE("a mark that somebody else moved is read again") {
  const std::unique_ptr<Store> store = make_memory_store();
  Loop loop(*store);
  REQUIRE(loop.writer.submit_batch(1, rows(1, 3)));
  loop.wait(1);
  test::GroupBuilder other;
  other.stream("kiosk-1", incarnation(1), 3).rows(2);
  REQUIRE(store->append(other.group()).ok());
  REQUIRE(loop.writer.submit_batch(1, rows(4, 2)));
  CHECK(loop.wait(1)[0].kind == CompletionKind::Unavailable);
  REQUIRE(loop.writer.submit_batch(1, rows(4, 3)));
  const Completion done = loop.wait(1)[0];
  CHECK(done.kind == CompletionKind::Settled);
  CHECK(done.rows == 1);
  CHECK(done.duplicates == 2);
}

TEST_CASE("a full queue takes nothing and leaves the batch with its owner") {
  Gate gate;
  const std::unique_ptr<Store> store = make_memory_store(gate.options());
  WriterLimits limits;
  limits.max_queued_rows = 10;
  Loop loop(*store, limits);
  REQUIRE(loop.writer.submit_batch(1, rows(1, 1)));
  gate.wait_for(1);
  REQUIRE(loop.writer.submit_batch(1, rows(2, 8)));
  IngestBatch more = rows(10, 5);
  CHECK_FALSE(loop.writer.submit_batch(1, std::move(more)));
  CHECK(more.rows.size() == 5);
  CHECK(more.device == "kiosk-1");
  CHECK(loop.writer.stats().queued_rows == 8);
  gate.let_go();
  loop.wait(2);
  CHECK(loop.writer.submit_batch(1, std::move(more)));
  CHECK(loop.wait(1)[0].mark == 14);
}

TEST_CASE("a batch larger than the queue is not refused for ever") {
  const std::unique_ptr<Store> store = make_memory_store();
  WriterLimits limits;
  limits.max_queued_rows = 10;
  Loop loop(*store, limits);
  REQUIRE(loop.writer.submit_batch(1, rows(1, 100)));
  CHECK(loop.wait(1)[0].mark == 100);
}

TEST_CASE("two connections of one stream settle every row once") {
  const std::unique_ptr<Store> store = make_memory_store();
  Loop loop(*store);
  for (uint64_t first = 1; first <= 91; first += 10) {
    REQUIRE(loop.writer.submit_batch(1, rows(first, 10)));
    REQUIRE(loop.writer.submit_batch(2, rows(first, 10)));
  }
  loop.wait(20);
  CHECK(loop.writer.stats().rows == 100);
  CHECK(loop.writer.stats().duplicates == 100);
  CHECK(loop.writer.stats().conflicts == 0);
}

TEST_CASE("stop settles what is queued and takes no more") {
  const std::unique_ptr<Store> store = make_memory_store();
  Loop loop(*store);
  for (uint64_t i = 0; i < 20; ++i) REQUIRE(loop.writer.submit_batch(1, rows(i + 1, 1)));
  loop.writer.stop();
  CHECK(loop.wait(20).back().mark == 20);
  CHECK_FALSE(loop.writer.submit_batch(1, rows(21, 1)));
  CHECK_FALSE(loop.writer.submit_hello(1, "kiosk-1", incarnation(1), 1));
}

TEST_CASE("retention runs beside the appends") {
  const std::unique_ptr<Store> store = make_memory_store();
  Loop loop(*store);
  REQUIRE(loop.writer.submit_batch(1, rows(1, 10)));  // received in 1970
  loop.wait(1);
  loop.writer.set_retention({});
  const auto reader = store->open_reader().value();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (reader->counters().value().retired < 10 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  CHECK(reader->counters().value().retired == 10);
  CHECK(loop.hello(11).mark == 10);
}
