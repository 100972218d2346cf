// SPDX-License-Identifier: MIT
// Servers, connections and stores that do not do what they should.
#include "engine/telemetry/outbox.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/telemetry/sim_device.h"

using namespace vitrine;
using namespace vitrine::fakes;
using telemetry::OutboxPhase;

TEST_CASE("a server that lost its store is told what can no longer be sent") {
  SimDevice device;
  SimServer server;
  record_many(device, 10);
  device.run(server, 20);
  REQUIRE(server.stored_rows == 10);
  SimServer empty;
  record_many(device, 5);
  device.transport.drop(1006);
  device.run(empty, 60);
  CHECK(empty.lost_rows == 10);
  CHECK(empty.stored_rows == 5);
}

TEST_CASE("a poison frame costs its row and nothing else") {
  SimDevice device;
  SimServer server;
  for (int i = 0; i < 20; ++i) {
    const std::string data = device.record();
    if (i == 7) server.poison.insert(data);
  }
  device.run(server, 4000);
  CHECK(server.stored_rows == 19);
  CHECK(server.lost_rows == 1);
  CHECK(device.outbox->is_settled());
}

TEST_CASE("what a refused loss says from then on is stored, whatever was on its way to the disk") {
  SimDevice device(1, {.max_rows = 5});
  SimServer server;
  server.refuses_counts = true;
  device.store.full = true;
  record_many(device, 20);
  device.tick(200);  // asks for a commit
  device.tick(200);  // that fails: from here rows and losses are sent from memory
  device.store.automatic = false;
  device.store.full = false;
  device.tick(6000);
  REQUIRE(device.store.pending() == 1);
  for (int i = 0; i < 1000 && server.refused_frames < 2; ++i) device.run(server, 1);
  REQUIRE(server.refused_frames == 2);
  device.tick();  // hears of the second refusal
  REQUIRE(device.store.pending() == 1);
  device.store.finish_one();
  REQUIRE(device.store.disk.losses.size() == 1);
  CHECK(device.store.disk.losses[0].reason == "outbox_full");
  device.store.automatic = true;
  store(device);
  REQUIRE(device.store.disk.losses.size() == 1);
  CHECK(device.store.disk.losses[0].reason == "not_held");
  device.run(server, 40);
  CHECK(server.lost_rows == 15);
  CHECK(device.outbox->is_settled());
}

TEST_CASE("a full server disk is waited out") {
  SimDevice device;
  SimServer server;
  device.run(server, 5);
  record_many(device, 20);
  device.run(server, 20, 50, true);
  CHECK(server.stored_rows == 0);
  CHECK(device.transport.is_open());
  device.run(server, 20);
  CHECK(server.stored_rows == 20);
}

TEST_CASE("a connection that cannot be had is tried again ever later, by chance") {
  SimDevice device;
  int64_t longest = 0, last_connect = 0, now = 0;
  for (int i = 0; i < 60000; ++i) {
    device.tick(10);
    now += 10;
    if (!device.transport.connecting) continue;
    longest = std::max(longest, now - last_connect);
    last_connect = now;
    device.transport.drop(1006);
  }
  CHECK(device.transport.connects > 15);
  CHECK(device.transport.connects < 120);
  CHECK(longest <= 60100);
  CHECK(longest > 5000);
}

TEST_CASE("close codes decide what follows") {
  SimDevice device;
  SimServer server;
  device.run(server, 5);
  SECTION("revoked: never again") {
    device.transport.drop(4410);
    device.run(server, 10000, 1000);
    CHECK(device.transport.connects == 1);
    CHECK(device.outbox->statistics().phase == OutboxPhase::Offline);
    CHECK(device.outbox->statistics().close_code == 4410);
  }
  SECTION("replaced by a newer connection: not for a minute") {
    device.transport.drop(4409);
    device.run(server, 59, 1000);
    CHECK(device.transport.connects == 1);
    device.run(server, 62, 1000);
    CHECK(device.transport.connects == 2);
  }
  SECTION("lost: soon") {
    device.transport.drop(1006);
    device.run(server, 30, 100);
    CHECK(device.transport.connects == 2);
  }
}

TEST_CASE("a server that acknowledges what was never sent is not believed") {
  SimDevice device;
  SimServer server;
  device.run(server, 5);
  record_many(device, 3);
  std::string ack;
  protocol::encode_ack({.incarnation = device.outbox->statistics().incarnation, .mark = 900}, ack);
  device.transport.deliver(ack);
  device.tick();
  CHECK(device.transport.closed_by_device == 1000);
  device.run(server, 60);
  CHECK(server.stored_rows == 3);
}

TEST_CASE("a server that does not answer is left") {
  SimDevice device;
  device.tick();
  device.transport.accept();
  for (int i = 0; i < 20; ++i) device.tick(1000);
  CHECK(device.transport.closed_by_device == 1000);
  CHECK(device.outbox->statistics().phase != OutboxPhase::Greeting);
}

TEST_CASE("a damaged store starts a new incarnation and says so") {
  SimDevice device;
  SimServer server;
  device.crash();
  device.store.load_status = Status(StatusCode::DataLoss, "not a database");
  device.start();
  record_many(device, 3);
  device.run(server, 20);
  CHECK(device.outbox->statistics().store_damaged);
  CHECK(server.stored_rows == 3);
  CHECK(device.store.disk.next_sequence == 4);
}

TEST_CASE("a store that cannot be read is never written over") {
  SimDevice device;
  SimServer server;
  device.crash();
  device.store.disk.lives = std::string(32, '1') + ":1";
  device.store.disk.next_sequence = 9;
  device.store.load_status = Status(StatusCode::PermissionDenied, "not ours");
  device.start();
  record_many(device, 3);
  device.run(server, 20);
  CHECK(server.stored_rows == 3);
  CHECK(device.store.disk.next_sequence == 9);
  CHECK(device.outbox->statistics().memory_only);
}

TEST_CASE("damaged rows of a store become a loss, the others are sent") {
  SimDevice device;
  SimServer server;
  record_many(device, 6);
  device.tick();
  device.tick(200);
  device.crash();
  device.store.disk.rows[2].row = "{\"session\":";
  device.store.disk.rows.erase(device.store.disk.rows.begin() + 4);
  device.start();
  device.run(server, 20);
  CHECK(server.stored_rows == 4);
  CHECK(server.lost_rows == 2);
  CHECK(device.outbox->statistics().lost == 2);
}

TEST_CASE("a row of another build is sent as it is and settled by quarantine") {
  SimDevice device;
  SimServer server;
  record_many(device, 1);
  device.tick();
  device.tick(200);
  device.crash();
  device.store.disk.rows[0].row = R"({"session":"","type":"of_tomorrow","time":1,"data":{"a":1}})";
  device.start();
  device.run(server, 3);
  bool found = false;
  for (const std::string& text : device.transport.sent) {
    found =
        found || text.find(R"("rows":[{"session":"","type":"of_tomorrow")") != std::string::npos;
  }
  CHECK(found);
}

TEST_CASE("a store that is found damaged while in use is written anew, with all that is held") {
  SimDevice device(1, {.online = false});
  record_many(device, 5);
  device.tick(200);
  device.tick(200);
  REQUIRE(device.store.disk.rows.size() == 5);
  device.store.damaged = true;
  record_many(device, 1);
  device.tick(200);
  device.tick(200);
  REQUIRE(device.store.disk.rows.empty());
  device.tick(6000);
  device.tick();
  CHECK(device.store.disk.rows.size() == 6);
  CHECK(device.store.disk.next_sequence == 7);
  CHECK(device.outbox->statistics().store_damaged);
  CHECK(device.outbox->is_stored());
}

TEST_CASE("a stored number that no protocol can say is damage, not an end for ever") {
  SimDevice device;
  SimServer server;
  device.crash();
  device.store.disk.lives = std::string(32, '1') + ":1";
  device.store.disk.next_sequence = (uint64_t{1} << 53) + 2;
  device.start();
  record_many(device, 3);
  device.run(server, 20);
  CHECK(device.outbox->statistics().store_damaged);
  CHECK(server.stored_rows == 3);
  CHECK(device.store.disk.next_sequence == 4);
}

TEST_CASE("lives that nobody wrote are damage") {
  SimDevice device;
  SimServer server;
  device.crash();
  device.store.disk.next_sequence = 9;
  device.store.disk.lives = GENERATE("nonsense", "00000000000000000000000000000001:0",
                                     "00000000000000000000000000000001:5 "
                                     "00000000000000000000000000000002:5");
  device.start();
  record_many(device, 3);
  device.run(server, 20);
  CHECK(device.outbox->statistics().store_damaged);
  CHECK(server.stored_rows == 3);
}
