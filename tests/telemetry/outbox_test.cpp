// SPDX-License-Identifier: MIT
#include "engine/telemetry/outbox.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/telemetry/sim_device.h"

using namespace vitrine;
using namespace vitrine::fakes;

namespace {

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
  CHECK(device.identity.signed_text == "vitrine.1 hello " + std::string(64, 'e') + " kiosk-1");
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

TEST_CASE("flush does not wait for the commit that is on its way") {
  SimDevice device;
  device.tick();
  device.tick(200);
  device.store.automatic = false;
  device.store.finish_all();
  device.record();
  device.tick(200);
  device.record();
  device.tick(20);
  REQUIRE(device.store.pending() == 1);
  device.outbox->flush();
  REQUIRE(device.store.pending() == 2);
  device.outbox->flush();
  REQUIRE(device.store.pending() == 2);
  const auto fail_first = [&] {
    device.store.full = true;
    device.store.finish_one();
    device.store.full = false;
  };
  SECTION("and nobody hears of either") {
    device.outbox.reset();
    device.store.finish_all();
  }
  SECTION("which fails") {
    fail_first();
    device.outbox.reset();
    device.store.finish_all();
  }
  SECTION("which fails, and the page stays") {
    fail_first();
    device.store.finish_all();
    CHECK_FALSE(device.outbox->is_stored());
    device.tick(6000);
    device.store.finish_all();
    CHECK(device.outbox->is_stored());
  }
  SECTION("which finds the store damaged, and the page stays") {
    device.store.damaged = true;
    device.store.finish_all();
    CHECK_FALSE(device.outbox->is_stored());
    device.tick(6000);
    device.store.finish_all();
    CHECK(device.outbox->is_stored());
  }
  CHECK(device.store.disk.rows.size() == 2);
  device.crash();
  device.store.automatic = true;
  device.start();
  SimServer server;
  device.run(server, 20);
  CHECK(server.stored_rows == 2);
  CHECK(server.lost_rows == 0);
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
  CHECK(device.outbox->statistics().lost == 10);
  device.run(server, 20);
  CHECK(device.outbox->statistics().lost == 10);
  CHECK(server.refused_frames == 0);
  CHECK(server.gaps == 0);
  CHECK(server.stored_rows == 90);
  CHECK(server.lost_rows == 10);
  CHECK(server.counted_losses == 10);
  CHECK(device.outbox->statistics().connections == 1);
}

TEST_CASE("a row that the server had when it was dropped is not counted as lost") {
  SimDevice device(1, {.max_rows = 50});
  SimServer server;
  device.run(server, 5);
  record_many(device, 40);
  device.tick(200);
  device.tick(200);
  SECTION("the connection ends before it says so") {
    // All there is of the answer is what the next welcome says.
    while (device.taken < device.transport.sent.size()) {
      server.receive(device.transport.sent[device.taken++], false);
    }
    REQUIRE(server.stored_rows == 40);
    device.transport.drop(1006);
    record_many(device, 60);
    device.tick(10);
    CHECK(device.outbox->statistics().lost == 10);
  }
  SECTION("nothing of it came") {
    device.transport.drop(1006);
    record_many(device, 60);
    device.tick(10);
  }
  SECTION("it is dropped by the next start") {
    device.exchange(server);
    device.crash();
    device.start();
    record_many(device, 60);
    device.tick(10);
    device.tick(10);
    CHECK(device.outbox->statistics().lost == 50);
  }
  device.run(server, 100);
  CHECK(device.outbox->is_settled());
  CHECK(server.stored_rows + server.lost_rows == 100);
  CHECK(device.outbox->statistics().lost == server.lost_rows);
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

TEST_CASE("neither a frame nor a commit looks at what is stored already") {
  SimDevice device(1, {.online = false, .max_rows = 5000});
  const auto looked_at = [&] { return device.outbox->statistics().looked_at; };
  for (int i = 0; i < 5; ++i) {
    record_many(device, 1000);
    device.tick(200);
  }
  device.tick(200);
  REQUIRE(device.outbox->is_stored());
  REQUIRE(device.outbox->statistics().held_rows == 5000);
  const uint64_t before = looked_at();
  CHECK(before == 5000);
  for (int i = 0; i < 100; ++i) device.tick(200);
  CHECK(looked_at() == before);
  // At its limit each row pushes the oldest one out: a new row and a longer range in every commit.
  for (int i = 0; i < 100; ++i) {
    device.record();
    device.tick(200);
  }
  device.tick(200);
  CHECK(device.store.disk.losses.size() == 1);
  CHECK(looked_at() - before <= 2 * 100);
}
