// SPDX-License-Identifier: MIT
// The whole server on a disk that stops answering, or is full: what waits is bounded, nothing is
// acknowledged that is not stored, and everything goes on by itself when the disk is well again.
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <mutex>
#include <thread>

#include "server/crypto.h"
#include "server/store/sqlite_files.h"
#include "server/store/sqlite_store.h"
#include "tests/fakes/power_loss_vfs.h"
#include "tests/server/group_builder.h"
#include "tests/server/live_server.h"
#include "tests/server/temporary_directory.h"
#include "tests/server/web_asking.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr int kRows = 50;  // a batch
constexpr int kDevices = 16;
constexpr uint64_t kBatches = 60;  // each device would like to send
constexpr size_t kQueuedRows = 1000;

LiveServerOptions on_disk(const std::string& directory) {
  LiveServerOptions options;
  options.writer.max_queued_rows = kQueuedRows;
  options.make_store = [directory] {
    Result<std::unique_ptr<Store>> store =
        open_sqlite_store({directory, CheckpointMode::Inline, 1000, {}});
    REQUIRE(store.ok());
    return std::move(store).value();
  };
  return options;
}

// What the server said of its disk, in the order said.
class DiskLog {
 public:
  void add(const std::string& line) {
    const std::lock_guard lock(mutex_);
    if (line.find("disk") != std::string::npos) lines_.push_back(line);
  }
  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

// A device that sends as much as the server takes.
struct Flood {
  explicit Flood(LiveServer& server)
      : incarnation(random_id()), client(server.open_recording(incarnation)) {
    for (uint64_t i = 0; i < kBatches; ++i) {
      bytes += make_text(make_batch(incarnation, i * kRows + 1, kRows));
    }
  }
  size_t push() {
    const size_t now = client.send_some(std::string_view(bytes).substr(taken));
    taken += now;
    return now;
  }
  uint64_t read_mark() {
    const std::optional<Frame> frame = client.read_frame();
    const size_t at = frame ? frame->payload.find("\"mark\":") : std::string::npos;
    if (at != std::string::npos) mark = std::strtoull(frame->payload.c_str() + at + 7, nullptr, 10);
    return at == std::string::npos ? 0 : mark;
  }

  Id128 incarnation;
  RawClient client;
  std::string bytes;
  size_t taken = 0;
  uint64_t mark = 0;
};

// Until nobody's socket takes anything any more.
void push_all(std::vector<Flood>& floods) {
  for (int idle = 0; idle < 20;) {
    size_t taken = 0;
    for (Flood& flood : floods) taken += flood.push();
    idle = taken == 0 ? idle + 1 : 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(taken == 0 ? 5 : 0));
  }
}

uint64_t stored_rows(LiveServer& server) {
  const auto reader = server.store().open_reader();
  REQUIRE(reader.ok());
  return reader.value()->counters().value().rows;
}

}  // namespace

TEST_CASE(
    "a disk that stops answering stops the reading, and everything is settled when it is back") {
  const TemporaryDirectory directory;
  PowerLossDisk disk;
  LiveServer server(on_disk(directory.path()));
  std::vector<Flood> floods;
  for (int i = 0; i < kDevices; ++i) floods.emplace_back(server);
  disk.hold_syncs();
  push_all(floods);
  CHECK(wait_until([&] { return disk.held_syncs() == 1; }));
  CHECK(wait_until([&] { return server.metric("vitrine_queued_rows") > double(kQueuedRows) / 2; }));
  // Not even a window of each device is in memory: the queue's own limit came first. What the
  // sockets took beyond it is the kernel's, and bounded by it.
  CHECK(server.metric("vitrine_queued_rows") <= double(kQueuedRows));
  for (Flood& flood : floods) {
    CHECK(flood.taken > kQueuedRows / kDevices * 80);
    CHECK_FALSE(flood.client.read_frame(1));
  }
  CHECK(server.metric("vitrine_interactions_total") == 0);
  CHECK(server.metric("vitrine_websockets") == kDevices);
  disk.release_syncs();
  for (Flood& flood : floods) {
    while (flood.mark < kBatches * kRows) {
      flood.push();
      REQUIRE(flood.read_mark() > 0);
    }
  }
  CHECK(stored_rows(server) == kDevices * kBatches * kRows);
  CHECK(server.still_serves());
  server.stop();
}

TEST_CASE("a full disk is said, campaigns are served on, and recording resumes by itself") {
  const TemporaryDirectory directory;
  PowerLossDisk disk;
  DiskLog log;
  LiveServerOptions options = on_disk(directory.path());
  options.log = [&log](const std::string& line) { log.add(line); };
  LiveServer server(options);
  const Id128 incarnation = random_id();
  RawClient device = server.open_recording(incarnation);
  REQUIRE(device.send(make_text(make_batch(incarnation, 1, kRows))));
  std::optional<Frame> answer = device.read_frame();
  REQUIRE(answer);
  CHECK(answer->payload.find("\"mark\":50") != std::string::npos);
  disk.set_capacity(disk.used_bytes() + 4096);
  REQUIRE(device.send(make_text(make_batch(incarnation, 51, kRows))));
  answer = device.read_frame();
  REQUIRE(answer);
  INFO(answer->payload);
  CHECK(answer->payload.find("\"kind\":\"refused\"") != std::string::npos);
  CHECK(answer->payload.find("storage_full") != std::string::npos);
  CHECK(wait_until([&] { return server.metric("vitrine_store_full") == 1; }));
  REQUIRE(device.send(make_text(make_batch(incarnation, 51, kRows))));
  CHECK(device.read_frame());
  CHECK(wait_until([&] { return !log.lines().empty(); }));
  CHECK(stored_rows(server) == kRows);
  // A hello needs no room, and the mark it is told is the one on disk.
  RawClient other = server.open_recording(random_id());
  CHECK(server.metric("vitrine_websockets") == 2);
  disk.set_capacity(0);
  REQUIRE(device.send(make_text(make_batch(incarnation, 51, kRows))));
  answer = device.read_frame();
  REQUIRE(answer);
  CHECK(answer->payload.find("\"mark\":100") != std::string::npos);
  CHECK(stored_rows(server) == 2 * kRows);
  CHECK(wait_until([&] { return log.lines().size() > 1; }));
  const std::vector<std::string> said = log.lines();
  REQUIRE(said.size() == 2);
  CHECK(said[0].find("is full") != std::string::npos);
  CHECK(said[1].find("has room again") != std::string::npos);
  CHECK(server.metric("vitrine_store_full") == 0);
  server.stop();
}

TEST_CASE("a disk that is full for claims alone is said, by /healthz and the log") {
  std::atomic<bool> is_full{false};
  DiskLog log;
  LiveServerOptions options;
  options.log = [&log](const std::string& line) { log.add(line); };
  options.make_claims = [&is_full] {
    MemoryClaimStoreOptions memory;
    memory.before_apply = [&is_full](std::span<const ClaimCommand>) {
      return is_full ? Status(StatusCode::ResourceExhausted, "full") : Status();
    };
    return make_memory_claim_store(std::move(memory));
  };
  LiveServer server(options);
  const auto health = [&server] { return ask(server.port(), "GET /healthz"); };
  CHECK(health().status == 200);
  is_full = true;  // the next of the writer's chores finds it
  CHECK(wait_until([&] { return health().status == 503; }));
  CHECK(health().body == "the disk is full\n");
  CHECK(wait_until([&] { return !log.lines().empty(); }));
  CHECK(log.lines()[0].find("nothing can be claimed until there is room") != std::string::npos);
  is_full = false;  // and nobody claims
  CHECK(wait_until([&] { return health().status == 200; }));
  CHECK(server.still_serves());
  server.stop();
}

// The writer alone would not notice: it appends to the log, and only checkpoints write the
// database.
TEST_CASE("a disk error of a checkpoint stops the store as one of the writer's does") {
  const TemporaryDirectory directory;
  PowerLossDisk disk;
  std::atomic<int> errors{0};
  {
    SqliteStoreOptions options{directory.path(), CheckpointMode::Background, 1, {}};
    options.on_disk_error = [&](const Status&) { ++errors; };
    std::unique_ptr<Store> store = open_sqlite_store(options).value();
    const auto append = [&](uint64_t mark) {
      GroupBuilder builder;
      builder.stream("kiosk-1", incarnation(1), mark).rows(kRows);
      return store->append(builder.group());
    };
    disk.spoil(sqlite_store_path(directory.path()));
    REQUIRE(append(0).ok());
    CHECK(wait_until([&] { return errors > 0; }));
    CHECK(append(kRows).code() == StatusCode::DataLoss);
    CHECK(store->retire({}, 0, 100).status().code() == StatusCode::DataLoss);
  }
  disk.spoil("");
  // What was acknowledged is in the log and comes back with the next start.
  std::unique_ptr<Store> store = open_sqlite_store({directory.path(), {}, 1000, {}}).value();
  CHECK(store->find_stream("kiosk-1", incarnation(1)).value()->mark == kRows);
}
