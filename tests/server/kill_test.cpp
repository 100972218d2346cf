// SPDX-License-Identifier: MIT
// The server dies at random moments, or is asked to stop, while devices record. Whatever a device
// was ever told is kept, is there afterwards, once and in order.
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <map>
#include <memory>

#include "engine/base/random.h"
#include "server/store/sqlite_store.h"
#include "tests/server/recording_device.h"
#include "tests/server/server_process.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr int kDevices = 4;
// A machine with other work may need longer than the usual five seconds to stop.
const std::vector<std::string> kPatient = {"--stop-seconds", "100"};

struct Fleet {
  std::vector<std::unique_ptr<RecordingDevice>> devices;

  Fleet(const std::string& data, const std::atomic<uint16_t>& port) {
    auto registry = open_sqlite_device_registry(data);
    REQUIRE(registry.ok());
    const int64_t now = ServerClock().wall_ms();
    for (int i = 0; i < kDevices; ++i) {
      TestDevice device = TestDevice::make("screen-" + std::to_string(i));
      const Result<std::string> code = registry.value()->invite(device.name, now);
      REQUIRE(code.ok());
      REQUIRE(registry.value()->enrol(code.value(), device.public_key, now).ok());
      devices.push_back(std::make_unique<RecordingDevice>(std::move(device), port));
    }
  }
  void stop() {
    for (auto& device : devices) device->stop();
  }
  uint64_t acknowledged() const {
    uint64_t rows = 0;
    for (const auto& device : devices) rows += device->acknowledged();
    return rows;
  }
  // Until each device was told of more.
  void wait_for_all() const {
    for (const auto& device : devices) {
      const uint64_t before = device->acknowledged();
      REQUIRE(wait_until([&] { return device->acknowledged() > before; }));
    }
  }
  // Until together they were told of so many more.
  void wait_for(uint64_t rows) const {
    const uint64_t before = acknowledged();
    REQUIRE(wait_until([&] { return acknowledged() >= before + rows; }));
  }
};

// Rows of each device in the durable order must be 1, 2, 3, ... without hole or repetition.
std::map<std::string, uint64_t> read_contiguous(const std::string& data) {
  auto reader = open_sqlite_reader(data);
  REQUIRE(reader.ok());
  std::map<std::string, uint64_t> last;
  std::vector<StoredRow> rows;
  uint64_t broken = 0;
  for (uint64_t after = 0;;) {
    const Result<uint64_t> next = reader.value()->read_rows(after, 5000, {}, rows);
    REQUIRE(next.ok());
    for (const StoredRow& row : rows) {
      uint64_t& sequence = last[row.device];
      if (row.sequence != sequence + 1 ||
          row.data != "{\"button\":\"b" + std::to_string(row.sequence) + "\"}") {
        ++broken;
      }
      sequence = row.sequence;
    }
    if (next.value() == after) break;
    after = next.value();
  }
  CHECK(broken == 0);
  return last;
}

void check_fleet(Fleet& fleet, const std::string& data) {
  const std::map<std::string, uint64_t> stored = read_contiguous(data);
  for (const auto& device : fleet.devices) {
    INFO(device->device().name);
    CHECK_FALSE(device->saw_mark_go_back());
    CHECK(device->acknowledged() > 0);
    REQUIRE(stored.count(device->device().name) == 1);
    CHECK(stored.at(device->device().name) >= device->acknowledged());
    CHECK(stored.at(device->device().name) <= device->sent());
  }
}

void sleep_ms(int ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

}  // namespace

TEST_CASE("killed fifty times at random, every acknowledged row is there once and in order") {
  TemporaryDirectory data;
  std::atomic<uint16_t> port{0};
  std::unique_ptr<ServerProcess> server =
      std::make_unique<ServerProcess>(ServerProcess::Options{data.path(), 0, 0, kPatient});
  REQUIRE(server->is_running());
  port = server->port();
  Fleet fleet(data.path(), port);
  Random random(20261121);
  for (int kills = 0; kills < 50; ++kills) {
    // In the middle of the recording, however slow the machine; every fifth while they come back.
    if (kills % 5 != 0) fleet.wait_for(1 + random.below(400));
    sleep_ms(static_cast<int>(random.below(30)));
    server->send_signal(SIGKILL);
    CHECK(server->wait() == 1000 + SIGKILL);
    // A port that just lost its owner may be busy for a moment; then any other will do.
    server = std::make_unique<ServerProcess>(ServerProcess::Options{data.path(), 0, 0, kPatient});
    REQUIRE(server->is_running());
    port = server->port();
  }
  fleet.wait_for_all();
  fleet.stop();
  server->send_signal(SIGTERM);
  CHECK(server->wait() == 0);
  check_fleet(fleet, data.path());
}

TEST_CASE("asked to stop under load, it settles, acknowledges, says 1001 and exits") {
  TemporaryDirectory data;
  std::atomic<uint16_t> port{0};
  ServerProcess server({data.path(), 0, 0, kPatient});
  REQUIRE(server.is_running());
  port = server.port();
  Fleet fleet(data.path(), port);
  fleet.wait_for_all();
  server.send_signal(SIGTERM);
  // 1000 + SIGALRM: it did not manage within its time.
  CHECK(server.wait() == 0);
  fleet.stop();
  for (const auto& device : fleet.devices) CHECK(device->last_close_code() == 1001);
  check_fleet(fleet, data.path());
}

TEST_CASE("idle, it stops at once on SIGINT too") {
  TemporaryDirectory data;
  ServerProcess server({data.path(), 0, 0, kPatient});
  REQUIRE(server.is_running());
  RawClient silent(server.port());
  server.send_signal(SIGINT);
  CHECK(server.wait() == 0);
}

TEST_CASE("descriptors run out: accepting pauses without spinning and goes on afterwards",
          "[.][descriptors]") {
  TemporaryDirectory data;
  ServerProcess server({data.path(), 0, 64, kPatient});
  REQUIRE(server.is_running());
  {
    std::vector<RawClient> crowd;
    for (int i = 0; i < 120; ++i) crowd.emplace_back(server.port());
    // The listener pauses 200 ms a time.
    sleep_ms(1500);
  }
  RawClient client(server.staff_port());
  client.send("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.staff_port()) +
              "\r\nConnection: close\r\n\r\n");
  std::string body;
  REQUIRE(client.read_response(&body) == 200);
  const size_t at = body.find("\nvitrine_accept_pauses_total ");
  REQUIRE(at != std::string::npos);
  const int pauses = std::atoi(body.c_str() + at + 29);
  CHECK(pauses >= 1);
  // One each 200 ms; a busy loop would count thousands.
  CHECK(pauses < 100);
  server.send_signal(SIGTERM);
  CHECK(server.wait() == 0);
}

TEST_CASE("what keeps it from starting is named by its exit code") {
  TemporaryDirectory data;
  ServerProcess first({data.path(), 0, 0, {}});
  REQUIRE(first.is_running());
  CHECK_FALSE(ServerProcess({data.path(), 0, 0, {}}).is_running());
  TemporaryDirectory other;
  CHECK_FALSE(ServerProcess({other.path(), first.port(), 0, {}}).is_running());
  CHECK_FALSE(ServerProcess({other.path(), 0, 0, {"--no-such-option"}}).is_running());
}
