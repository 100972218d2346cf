// SPDX-License-Identifier: MIT
// Who gives which numbers: starts, crashes, restored snapshots, cloned disks and copied memory.
#include "engine/telemetry/outbox.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/telemetry/sim_device.h"

using namespace vitrine;
using namespace vitrine::fakes;

namespace {

void restart_from(SimDevice& device, const OutboxContents& disk) {
  device.crash();
  device.store.disk = disk;
  device.start();
}

void check_once(const SimServer& server, uint64_t rows) {
  CHECK(server.stored_rows == rows);
  for (const auto& [data, times] : server.stored) CHECK(times == 1);
}

}  // namespace

TEST_CASE("a restored snapshot goes on under a new incarnation and stores nothing twice") {
  SimDevice device;
  SimServer server;
  record_many(device, 10);
  device.tick();
  device.tick(200);
  const OutboxContents snapshot = device.store.disk;
  REQUIRE(snapshot.rows.size() == 10);
  record_many(device, 40);
  device.run(server, 20);
  REQUIRE(server.stored_rows == 50);
  device.crash();
  device.store.disk = snapshot;
  device.start();
  record_many(device, 3);
  device.run(server, 20);
  CHECK(server.streams.size() == 2);
  CHECK(server.stored_rows == 53);
  for (const auto& [data, times] : server.stored) CHECK(times == 1);
}

TEST_CASE("a restored snapshot loses nothing, however much is recorded before the hello") {
  SimDevice device;
  SimServer server;
  record_many(device, 10);
  device.tick();
  device.tick(200);
  const OutboxContents snapshot = device.store.disk;
  record_many(device, 5);
  device.run(server, 20);
  device.crash();
  device.store.disk = snapshot;
  device.start();
  record_many(device, 30);  // numbers 11 to 40, of which the server has 11 to 15 already
  device.run(server, 20);
  CHECK(server.stored_rows == 45);
}

TEST_CASE("a restored snapshot loses nothing when it crashes again before the hello") {
  SimDevice device;
  SimServer server;
  record_many(device, 10);
  device.tick();
  device.tick(200);
  const OutboxContents snapshot = device.store.disk;
  record_many(device, 5);
  device.run(server, 20);
  device.crash();
  device.store.disk = snapshot;
  device.start();
  record_many(device, 30);
  device.tick();
  device.tick(200);
  device.crash();  // numbers 11 to 40 are on the disk now, but the server has other 11 to 15
  device.start();
  device.run(server, 20);
  CHECK(server.stored_rows == 45);
  for (const auto& [data, times] : server.stored) CHECK(times == 1);
}

TEST_CASE("a cloned disk goes on under its own incarnation") {
  SimDevice original(1), clone(2);
  SimServer server;
  record_many(original, 5);
  original.run(server, 20);
  clone.crash();
  clone.store.disk = original.store.disk;
  clone.recorded = 1000;
  clone.start();
  record_many(original, 5);
  original.run(server, 20);
  record_many(clone, 3);
  clone.run(server, 20);
  CHECK(server.stored_rows == 13);
  CHECK(clone.outbox->is_settled());
}

TEST_CASE("every start numbers from one under an incarnation of its own") {
  SimDevice device;
  SimServer server;
  for (int start = 0; start < 3; ++start) {
    record_many(device, 5);
    device.run(server, 20);
    device.crash();
    device.start();
  }
  REQUIRE(server.streams.size() == 3);
  for (const auto& [incarnation, stream] : server.streams) CHECK(stream.mark == 5);
  CHECK(server.renewals == 0);
}

TEST_CASE("what several starts left is sent under the incarnation of each, on one connection") {
  SimDevice device(1, {.online = false});
  SimServer server;
  for (int start = 0; start < 6; ++start) {
    record_many(device, 4);
    store(device);
    device.crash();
    device.options.online = start == 5;
    device.start();
  }
  record_many(device, 4);
  device.run(server, 60);
  check_once(server, 28);
  CHECK(server.streams.size() == 7);
  CHECK(device.outbox->statistics().connections == 1);
  CHECK(device.outbox->statistics().next_sequence == 29);
  device.run(server, 10);
  CHECK(device.store.disk.lives.size() == 35);  // 32 digits, ":25"
}

TEST_CASE("whose numbers are whose is written when it changes, and again when that failed") {
  SimDevice device;
  SimServer server;
  record_many(device, 3);
  store(device);
  const auto lives_in = [&](size_t commit) { return device.store.commits.at(commit).lives; };
  CHECK(lives_in(0).size() == 34);  // 32 digits, ":1"
  restart_from(device, device.store.disk);
  device.store.commits.clear();
  device.store.full = true;
  device.tick(200);
  device.tick(200);
  device.store.full = false;
  device.tick(6000);
  store(device);
  REQUIRE(device.store.commits.size() == 2);
  CHECK(lives_in(0).size() == 34 + 1 + 34);
  CHECK(lives_in(1) == lives_in(0));
  device.record();
  store(device);
  CHECK(lives_in(2).empty());
  CHECK(device.store.disk.lives == lives_in(0));
  device.run(server, 40);
  CHECK(device.outbox->is_settled());
  CHECK(device.store.disk.lives == lives_in(0).substr(35));
}

TEST_CASE("a hundred starts of which all is settled take seconds and no refusal") {
  SimDevice device(1, {.online = false});
  SimServer server;
  for (int start = 0; start < 100; ++start) {
    device.record();
    store(device);
    device.crash();
    device.options.online = start == 99;
    device.start();
  }
  const OutboxContents snapshot = device.store.disk;
  device.run(server, 400);
  REQUIRE(device.outbox->is_settled());
  check_once(server, 100);
  restart_from(device, snapshot);
  device.run(server, 300);
  CHECK(device.outbox->is_settled());
  check_once(server, 100);
  CHECK(server.refused_frames == 0);
  CHECK(device.outbox->statistics().connections == 7);  // of 16 hellos each, one for the new start
}

TEST_CASE("a snapshot from long ago, restored twice, stores nothing twice") {
  SimDevice device;
  SimServer server;
  record_many(device, 10);
  store(device);
  const OutboxContents snapshot = device.store.disk;
  record_many(device, 1000);
  device.run(server, 60);
  for (int restored = 0; restored < 2; ++restored) {
    restart_from(device, snapshot);
    record_many(device, 700);
    device.run(server, 60);
    CHECK(device.outbox->is_settled());
  }
  check_once(server, 2410);
  CHECK(server.duplicates == 0);
}

TEST_CASE("rows sent from memory before a crash are not sent again, however many they were") {
  SimDevice device;
  SimServer server;
  record_many(device, 300);
  store(device);
  device.store.full = true;
  record_many(device, 900);
  device.run(server, 60);
  REQUIRE(server.stored_rows == 1200);
  REQUIRE(device.store.disk.rows.size() == 300);
  const bool still_full = GENERATE(false, true);
  device.crash();
  device.store.full = still_full;
  device.start();
  record_many(device, 3);
  device.run(server, 200);
  check_once(server, 1203);
  CHECK(device.outbox->is_settled());
  CHECK(device.outbox->statistics().renewals == 0);
}

TEST_CASE("two disks of one image that both drop rows lose nothing in silence") {
  SimDevice original(1, {.max_rows = 20}), clone(2, {.max_rows = 20});
  SimServer server;
  record_many(original, 15);
  store(original);
  clone.recorded = 1000;
  restart_from(clone, original.store.disk);
  record_many(clone, 40);     // drops the 15 and 20 of its own
  record_many(original, 10);  // drops 5
  clone.run(server, 30);
  original.run(server, 100);
  // What one has dropped the other may still have.
  check_once(server, 20 + 20);
  CHECK(server.lost_rows == 15 + 20);
  CHECK(server.gaps == 0);
}

TEST_CASE("a range of dropped rows ends where the numbers of a start end") {
  SimDevice device(1, {.max_rows = 20});
  SimServer server;
  record_many(device, 15);
  store(device);
  restart_from(device, device.store.disk);
  record_many(device, 40);
  store(device);
  REQUIRE(device.store.disk.losses.size() == 2);
  CHECK(device.store.disk.losses[0].last == 15);
  device.run(server, 40);
  CHECK(server.stored_rows == 20);
  CHECK(server.lost_rows == 35);
  CHECK(server.counted_losses == 35);
  CHECK(server.gaps == 0);
  CHECK(server.refused_frames == 0);
}

TEST_CASE("a server restored from a backup is told what the start before had sent it") {
  SimDevice device;
  SimServer server;
  record_many(device, 10);
  device.run(server, 20);
  const SimServer backup = server;
  record_many(device, 10);
  device.run(server, 20);
  device.crash();
  device.start();
  record_many(device, 5);
  server = backup;
  device.run(server, 60);
  CHECK(server.stored_rows == 15);
  CHECK(server.lost_rows == 10);
  CHECK(device.outbox->is_settled());
}

// The same seed gives the same random numbers: what two copies of one memory have.
TEST_CASE("a program that was copied while it ran gives its rows other numbers") {
  SimDevice original(7), copy(7);
  SimServer server;
  copy.recorded = 1000;
  const int theirs = GENERATE(3, 300);  // fewer and more than the original's
  record_many(original, 100);
  original.run(server, 20);
  SECTION("and goes on running") {
    record_many(copy, theirs);
    copy.run(server, 40);
    CHECK(copy.outbox->statistics().renewals == 1);
  }
  SECTION("and is started anew before it comes to a server") {
    record_many(copy, theirs);
    store(copy);
    restart_from(copy, copy.store.disk);
    record_many(copy, 5);
    copy.run(server, 40);
  }
  check_once(server, 100 + copy.recorded - 1000);
  CHECK(copy.outbox->is_settled());
}

TEST_CASE("renewing what one start left leaves the numbers of the next as they are") {
  SimDevice original(7), copy(7);
  SimServer server;
  copy.recorded = 1000;
  record_many(original, 100);
  original.run(server, 20);
  record_many(copy, 3);
  store(copy);
  restart_from(copy, copy.store.disk);
  std::vector<std::string> later;
  for (int i = 0; i < 5; ++i) later.push_back(copy.record());
  store(copy);
  const OutboxContents snapshot = copy.store.disk;
  copy.run(server, 40);
  REQUIRE(copy.outbox->is_settled());
  CHECK(copy.outbox->statistics().next_sequence == 9);
  restart_from(copy, snapshot);
  copy.run(server, 40);
  CHECK(copy.outbox->statistics().renewals == 1);
  CHECK(copy.outbox->is_settled());
  for (const std::string& data : later) CHECK(server.stored[data] == 1);
}

TEST_CASE("who must be renewed while its disk is full is renewed from memory") {
  SimDevice original(7), copy(7);
  SimServer server;
  copy.recorded = 1000;
  record_many(original, 100);
  original.run(server, 20);
  copy.store.full = true;
  record_many(copy, 3);
  copy.run(server, 40);
  check_once(server, 103);
  CHECK(server.memory_only_batches > 0);
  CHECK(copy.outbox->statistics().connections == 1);
  copy.store.full = false;
  record_many(copy, 2);
  copy.run(server, 200);
  check_once(server, 105);
  CHECK(copy.outbox->is_stored());
  CHECK(copy.store.disk.lives.substr(0, 32) == copy.outbox->statistics().incarnation.to_hex());
}

// As a browser keeps one of which the first half is settled and the start that gave it forgotten.
TEST_CASE("a damaged range that begins before the numbers of any life is told from there on") {
  SimDevice device;
  SimServer server;
  record_many(device, 8);
  store(device);
  device.crash();
  const std::string incarnation = device.store.disk.lives.substr(0, 32);
  device.store.disk.lives = incarnation + ":6";
  std::erase_if(device.store.disk.rows, [](const OutboxRow& row) { return row.sequence <= 7; });
  device.store.disk.losses = {{3, 7, "storage_damaged", "{}"}};
  device.start();
  record_many(device, 2);
  device.run(server, 20);
  CHECK(server.streams[Id128::from_hex(incarnation).value()].mark == 3);
  CHECK(server.lost_rows == 2);
  check_once(server, 3);
  CHECK(server.refused_frames == 0);
  CHECK(device.outbox->is_settled());
}

TEST_CASE("an outbox of the first kind, with one incarnation and no more, is gone on with") {
  SimDevice device;
  SimServer server;
  record_many(device, 4);
  store(device);
  device.crash();
  const std::string old = device.store.disk.lives.substr(0, 32);
  device.store.disk.lives = old;
  device.start();
  device.run(server, 20);
  check_once(server, 4);
  CHECK(server.streams.size() == 2);
  CHECK(server.streams[Id128::from_hex(old).value()].mark == 4);
}
