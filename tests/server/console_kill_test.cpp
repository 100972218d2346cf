// SPDX-License-Identifier: MIT
// The server is killed again and again while staff publish and stop. What staff were told is there
// afterwards, whole; what they were not told of is there whole or not at all.
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include "engine/base/random.h"
#include "tests/server/console_asking.h"
#include "tests/server/server_process.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr int kKills = 20;

// Publishes until the server is gone. Stock and version rise together, so that each version says
// what it must contain.
struct Publishing {
  uint16_t port;
  std::atomic<int64_t> told;
  std::atomic<int> answers{0};
  std::thread thread;

  Publishing(uint16_t staff_port, int64_t version) : port(staff_port), told(version) {
    thread = std::thread([this] { run(); });
  }
  void run() {
    for (;;) {
      const int64_t next = told + 1;
      const Answer answer =
          publish(port, told, "{\"true-red\":{\"stock\":" + std::to_string(1000 + next) + "}}");
      if (answer.status != 200) return;
      told = next;
      ++answers;
    }
  }
};

int64_t number(const std::string& text) {
  return std::strtoll(text.c_str(), nullptr, 10);
}

}  // namespace

TEST_CASE("whenever the server is killed, what staff published is there, whole") {
  const TemporaryDirectory data;
  Random random(20261127);
  int64_t told = 1;
  for (int kill = 0; kill < kKills; ++kill) {
    INFO("kill " << kill);
    ServerProcess server({data.path(), 0, 0, {}, {}});
    REQUIRE(server.is_running());
    const std::string now = ask(server.staff_port(), "GET /api/campaigns/lip-popup").body;
    const int64_t version = number(part_of(now, "version"));
    const std::string served = ask(server.port(), "GET /c/lip-popup/campaign.json").body;
    CHECK(version >= told);
    CHECK(version <= told + 1);
    CHECK(number(part_of(served, "version")) == version);
    if (version > 1) {
      CHECK(number(part_of(served, "products.1.stock")) == 1000 + version);
      CHECK(number(part_of(now, "products.1.pool.stock")) == 1000 + version);
      CHECK(number(part_of(now, "versions.0.version")) == version);
      CHECK(part_of(ask(server.staff_port(), "GET /api/audit").body, "lines.0.act") ==
            "\"publish\"");
    }
    Publishing publishing(server.staff_port(), version);
    CHECK(wait_until([&] { return publishing.answers > 0; }));
    std::this_thread::sleep_for(std::chrono::microseconds(random.below(30'000)));
    server.send_signal(SIGKILL);
    server.wait();
    publishing.thread.join();
    told = publishing.told;
  }
  CHECK(told > kKills);
}

TEST_CASE("a stop that staff were told of stays, whenever the server is killed") {
  const TemporaryDirectory data;
  for (const bool stopped : {true, false, true}) {
    ServerProcess server({data.path(), 0, 0, {}, {}});
    REQUIRE(server.is_running());
    REQUIRE(act(server.staff_port(), stopped ? "/api/stop" : "/api/start", "{}").status == 200);
    server.send_signal(SIGKILL);
    server.wait();
    ServerProcess again({data.path(), 0, 0, {}, {}});
    REQUIRE(again.is_running());
    const std::string claims = ask(again.staff_port(), "GET /api/claims").body;
    CHECK((part_of(claims, "stopped") == "null") != stopped);
    CHECK(part_of(claims, "pools.0.open") == (stopped ? "false" : "true"));
  }
}
