// SPDX-License-Identifier: MIT
// One seed drives recording, network, disk, crashes and restored snapshots; afterwards the server
// holds everything exactly once. VITRINE_SEEDS=n runs more seeds; `./dev test all` does.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include "engine/base/random.h"
#include "tests/telemetry/sim_device.h"

using namespace vitrine;
using namespace vitrine::fakes;

namespace {

struct Plan {
  bool crashes = false;
  bool snapshots = false;
  bool full_disks = false;
  size_t max_rows = 100000;
};

// A run of one device against one server that drop, delay and refuse as the seed says.
class Run {
 public:
  Run(uint64_t seed, const Plan& plan)
      : plan_(plan), random_(seed), device_(seed, {.max_rows = plan.max_rows}) {}

  void go(int steps) {
    for (int i = 0; i < steps; ++i) step();
    device_.store.full = false;
    device_.transport.refuse_sends = false;
    device_.store.automatic = true;
    for (int i = 0; i < 3000 && !(i > 10 && device_.outbox->is_settled()); ++i) {
      device_.run(server_, 1, 100);
    }
  }

  void step() {
    switch (random_.below(12)) {
      case 0:
      case 1:
      case 2:
        record();
        break;
      case 3:
        network();
        break;
      case 4:
        disk();
        break;
      case 5:
        crash();
        break;
      case 6:
        snapshot();
        break;
      default:
        frame();
    }
  }

  void check() {
    INFO("recorded " << device_.recorded << " stored " << server_.stored_rows << " lost "
                     << server_.lost_rows << " renewals " << server_.renewals << " duplicates "
                     << server_.duplicates << " forgotten " << forgettable_.size());
    CHECK(device_.outbox->is_settled());
    CHECK(server_.conflicts == 0);
    uint64_t missing = 0;
    for (const auto& [data, times] : server_.stored) REQUIRE(times == 1);
    for (const std::string& data : recorded_) {
      if (server_.stored.count(data) == 0 && forgettable_.count(data) == 0) ++missing;
    }
    // Whatever is not there was declared lost, and nothing was declared that is there.
    if (forgettable_.empty()) {
      CHECK(missing == server_.lost_rows);
      CHECK(server_.counted_losses == server_.lost_rows);
      if (!plan_.crashes) CHECK(device_.outbox->statistics().lost == server_.lost_rows);
      CHECK(server_.stored_rows + server_.lost_rows == device_.recorded);
    } else {
      CHECK(missing <= server_.lost_rows);
    }
    for (const auto& [id, stream] : server_.streams) {
      CHECK(stream.hashes.size() == stream.mark);
    }
  }

  const SimServer& server() const { return server_; }

 private:
  void record() {
    const uint32_t count = 1 + random_.below(5);
    for (uint32_t i = 0; i < count; ++i) recorded_.insert(device_.record());
  }

  void frame() {
    device_.tick(random_.below(300));
    if (random_.below(3) != 0) device_.exchange(server_, server_full_);
  }

  void network() {
    switch (random_.below(4)) {
      case 0:
        device_.transport.drop(1006, random_.below(2) == 0);
        break;
      case 1:
        device_.transport.drop(1001);
        break;
      case 2:
        device_.transport.refuse_sends = random_.below(2) == 0;
        break;
      default:
        server_full_ = random_.below(4) == 0;
    }
  }

  void disk() {
    device_.store.automatic = random_.below(3) != 0;
    if (plan_.full_disks) device_.store.full = random_.below(4) == 0;
    if (random_.below(2) == 0) device_.outbox->flush();
    device_.store.finish_one();
  }

  // What the disk does not have may be gone with the process.
  void crash() {
    if (!plan_.crashes || random_.below(4) != 0) return;
    restart_with(device_.store.disk);
  }

  void restart_with(const OutboxContents& disk) {
    device_.crash();
    device_.store.disk = disk;
    std::set<std::string> kept;
    for (const OutboxRow& row : disk.rows) {
      kept.insert(row.row.substr(row.row.find("{\"product_id\""),
                                 row.row.size() - row.row.find("{\"product_id\"") - 1));
    }
    for (const std::string& data : recorded_) {
      if (kept.count(data) == 0 && server_.stored.count(data) == 0) forgettable_.insert(data);
    }
    device_.start();
  }

  void snapshot() {
    if (!plan_.snapshots) return;
    if (random_.below(4) == 0) {
      snapshot_ = device_.store.disk;
      return;
    }
    if (random_.below(4) != 0 || snapshot_.lives.empty()) return;
    // Again and again the same one, now and then.
    restart_with(random_.below(2) == 0 ? snapshot_ : std::exchange(snapshot_, {}));
  }

  Plan plan_;
  Random random_;
  SimDevice device_;
  SimServer server_;
  bool server_full_ = false;
  std::set<std::string> recorded_;
  std::set<std::string> forgettable_;
  OutboxContents snapshot_;
};

int seeds() {
  const char* text = std::getenv("VITRINE_SEEDS");
  return text ? std::atoi(text) : 10;
}

void run_all(const Plan& plan, int steps) {
  for (int seed = 1; seed <= seeds(); ++seed) {
    INFO("seed " << seed);
    Run run(static_cast<uint64_t>(seed), plan);
    run.go(steps);
    run.check();
  }
}

}  // namespace

TEST_CASE("over a bad network everything is stored exactly once") {
  run_all({}, 3000);
}

TEST_CASE("with an outbox too small everything is stored or declared lost, once") {
  run_all({.max_rows = 40}, 3000);
}

TEST_CASE("with full disks everything is stored exactly once") {
  run_all({.full_disks = true}, 3000);
}

TEST_CASE("with crashes everything that was persisted is stored exactly once") {
  run_all({.crashes = true}, 3000);
}

TEST_CASE("with crashes, full disks and a small outbox nothing is stored twice") {
  run_all({.crashes = true, .full_disks = true, .max_rows = 60}, 3000);
}

TEST_CASE("with restored snapshots nothing is stored twice") {
  run_all({.crashes = true, .snapshots = true}, 3000);
}

TEST_CASE("with snapshots of full disks and a small outbox nothing is stored twice") {
  run_all({.crashes = true, .snapshots = true, .full_disks = true, .max_rows = 60}, 3000);
}
