// SPDX-License-Identifier: MIT
#include "engine/telemetry/outbox.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/telemetry/sim_device.h"

using namespace vitrine;
using namespace vitrine::fakes;
using telemetry::OutboxPhase;

namespace {

void record_many(SimDevice& device, int count) {
  for (int i = 0; i < count; ++i) device.record();
}

size_t count_messages(const SimDevice& device, const std::string& kind) {
  size_t count = 0;
  for (const std::string& text : device.transport.sent) {
    if (text.find("\"kind\":\"" + kind + "\"") != std::string::npos) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("what is recorded reaches the server once and is forgotten") {
  SimDevice device;
  SimServer server;
  record_many(device, 600);
  device.run(server, 40);
  CHECK(server.stored_rows == 600);
  CHECK(server.duplicates == 0);
  CHECK(device.outbox->is_settled());
  CHECK(device.outbox->is_stored());
  CHECK(device.outbox->statistics().mark == 600);
  device.run(server, 10);
  CHECK(device.store.disk.rows.empty());
}

TEST_CASE("the hello is signed and names what is held") {
  SimDevice device;
  SimServer server;
  record_many(device, 3);
  device.run(server, 2);
  REQUIRE_FALSE(device.transport.sent.empty());
  protocol::MessageDecoder decoder;
  const protocol::Message* message = decoder.decode(device.transport.sent.front());
  REQUIRE(message != nullptr);
  REQUIRE(message->kind == protocol::MessageKind::Hello);
  CHECK(message->hello.device == "kiosk-1");
  CHECK(message->hello.next == 1);
  CHECK(message->hello.oldest == 1);
  CHECK(device.identity.signed_text ==
        "vitrine.1 hello " + std::string(64, 'e') + " kiosk-1");
}

TEST_CASE("rows are not sent before the device has stored them") {
  SimDevice device;
  SimServer server;
  device.run(server, 5);
  device.store.automatic = false;
  record_many(device, 5);
  device.run(server, 20);
  CHECK(server.stored_rows == 0);
  device.store.finish_all();
  device.run(server, 3);
  CHECK(server.stored_rows == 5);
}

TEST_CASE("with the disk full rows are sent from memory, and it is said") {
  SimDevice device;
  SimServer server;
  device.run(server, 5);
  device.store.full = true;
  record_many(device, 5);
  device.run(server, 10);
  CHECK(server.stored_rows == 5);
  CHECK(server.memory_only_batches > 0);
  CHECK(device.outbox->statistics().memory_only);
  CHECK(device.outbox->statistics().commit_failures > 0);
  device.store.full = false;
  record_many(device, 1);
  device.run(server, 200);
  CHECK_FALSE(device.outbox->statistics().memory_only);
  CHECK(server.stored_rows == 6);
}

TEST_CASE("commits are grouped while busy and none is made while idle") {
  SimDevice device;
  device.options.online = false;
  device.tick();
  device.tick(200);
  const size_t before = device.store.commits.size();
  for (int i = 0; i < 100; ++i) {
    device.record();
    device.tick(10);  // one second in all
  }
  CHECK(device.store.commits.size() - before <= 11);
  device.tick(200);
  const size_t busy = device.store.commits.size();
  for (int i = 0; i < 100; ++i) device.tick(100);
  CHECK(device.store.commits.size() == busy);
}

TEST_CASE("flush stores at once what was recorded") {
  SimDevice device;
  device.tick();
  device.record();
  device.tick(200);
  device.record();
  device.outbox->flush();
  device.store.finish_all();
  CHECK(device.outbox->is_stored());
  CHECK(device.store.disk.rows.size() == 2);
}

TEST_CASE("what was stored before a crash is sent after it, once") {
  SimDevice device;
  SimServer server;
  record_many(device, 10);
  device.tick();
  device.tick(200);
  device.crash();
  device.start();
  record_many(device, 5);
  device.run(server, 20);
  CHECK(server.stored_rows == 15);
  CHECK(server.renewals == 0);
  for (const auto& [data, times] : server.stored) CHECK(times == 1);
}

TEST_CASE("a crash before the acknowledgement does not store twice") {
  SimDevice device;
  SimServer server;
  device.run(server, 5);
  record_many(device, 10);
  device.tick(200);
  device.tick(200);
  // The server has stored them; the answer is lost with the device.
  device.exchange(server);
  REQUIRE(server.stored_rows == 10);
  device.crash();
  device.start();
  device.run(server, 10);
  CHECK(server.stored_rows == 10);
  CHECK(device.outbox->is_settled());
}

TEST_CASE("at its limit the oldest rows make way and are counted once at the server") {
  SimDevice device(1, {.max_rows = 50});
  SimServer server;
  record_many(device, 200);
  for (int i = 0; i < 10; ++i) device.tick(100);
  CHECK(device.store.disk.rows.size() == 50);
  REQUIRE(device.store.disk.losses.size() == 1);
  CHECK(device.store.disk.losses[0].first == 1);
  CHECK(device.store.disk.losses[0].last == 150);
  CHECK(device.store.disk.losses[0].count_by_type == "{\"card_selected\":150}");
  record_many(device, 10);
  device.run(server, 30);
  CHECK(server.stored_rows == 50);
  CHECK(server.lost_rows == 160);
  CHECK(server.counted_losses == 160);
  CHECK(device.outbox->statistics().lost == 160);
}

TEST_CASE("a loss survives a crash and is still counted once") {
  SimDevice device(1, {.max_rows = 20});
  SimServer server;
  record_many(device, 60);
  for (int i = 0; i < 5; ++i) device.tick(100);
  device.crash();
  device.start();
  record_many(device, 5);
  device.run(server, 30);
  CHECK(server.lost_rows == 45);
  CHECK(server.stored_rows == 20);
}

TEST_CASE("a restored snapshot gets a new incarnation and stores nothing twice") {
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
  CHECK(server.renewals == 1);
  CHECK(server.streams.size() == 2);
  CHECK(server.stored_rows == 53);
  for (const auto& [data, times] : server.stored) CHECK(times == 1);
  CHECK(device.outbox->statistics().renewals == 1);
}

TEST_CASE("a restored snapshot is noticed however much is recorded before the hello") {
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
  CHECK(server.renewals == 1);
  CHECK(server.stored_rows == 45);
}

TEST_CASE("a restored snapshot is noticed even when it crashed again before the hello") {
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
  CHECK(server.renewals == 1);
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
  CHECK(server.renewals == 1);
  CHECK(server.stored_rows == 13);
  CHECK(clone.outbox->is_settled());
}

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

TEST_CASE("no more messages are in flight than the server allows") {
  SimDevice device;
  SimServer server;
  server.limits.window_batches = 2;
  server.limits.max_rows = 10;
  device.run(server, 5);
  record_many(device, 100);
  device.tick(200);
  device.tick(200);
  CHECK(count_messages(device, "batch") == 2);
  device.run(server, 30);
  CHECK(server.stored_rows == 100);
  CHECK(count_messages(device, "batch") == 10);
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
  device.store.disk.incarnation.bytes[0] = 1;
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
    found = found || text.find(R"("rows":[{"session":"","type":"of_tomorrow")") != std::string::npos;
  }
  CHECK(found);
}

TEST_CASE("a phone without a key shows its token") {
  SimDevice device;
  SimServer server;
  device.identity.has_key = false;
  device.identity.device_id.clear();
  device.identity.token_text = "abc";
  device.run(server, 3);
  REQUIRE_FALSE(device.transport.sent.empty());
  CHECK(device.transport.sent[0].find("\"token\":\"abc\"") != std::string::npos);
  CHECK(device.transport.sent[0].find("signature") == std::string::npos);
}

TEST_CASE("a loss that begins among rows already on their way names only what is left") {
  SimDevice device(1, {.max_rows = 50});
  SimServer server;
  device.run(server, 5);
  record_many(device, 40);
  device.tick(200);
  device.tick(200);
  REQUIRE(count_messages(device, "batch") == 1);
  record_many(device, 60);
  device.tick(200);
  device.tick(200);
  REQUIRE(count_messages(device, "loss") == 1);
  device.run(server, 20);
  CHECK(server.refused_frames == 0);
  CHECK(server.gaps == 0);
  CHECK(server.stored_rows == 90);
  CHECK(server.lost_rows == 10);
  CHECK(server.counted_losses == 10);
  CHECK(device.outbox->statistics().connections == 1);
}

TEST_CASE("a full outbox drains although more is recorded in every frame") {
  SimDevice device(1, {.max_rows = 50});
  SimServer server;
  device.store.automatic = false;
  record_many(device, 200);
  for (int i = 0; i < 200; ++i) {
    device.record();
    device.store.finish_one();
    device.tick(60);
    device.record();
    device.tick(60);
    device.exchange(server);
  }
  CHECK(server.stored_rows + server.lost_rows > 500);
  CHECK(device.outbox->statistics().held_losses < 10);
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
  device.store.disk.incarnation.bytes[0] = 1;
  device.store.disk.next_sequence = (uint64_t{1} << 53) + 2;
  device.start();
  record_many(device, 3);
  device.run(server, 20);
  CHECK(device.outbox->statistics().store_damaged);
  CHECK(server.stored_rows == 3);
  CHECK(device.store.disk.next_sequence == 4);
}
