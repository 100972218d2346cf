// SPDX-License-Identifier: MIT
// A device whose process, disk and network the test holds in its hands.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <optional>
#include <string>

#include "engine/telemetry/outbox.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_identity.h"
#include "tests/fakes/fake_outbox_store.h"
#include "tests/fakes/fake_random.h"
#include "tests/fakes/fake_transport.h"
#include "tests/telemetry/sim_server.h"

namespace vitrine::fakes {

struct SimDevice {
  explicit SimDevice(uint64_t seed = 1, telemetry::OutboxOptions outbox_options = {})
      : random(seed), options(std::move(outbox_options)) {
    options.build = "0.1.0";
    options.seed = seed;
    start();
  }

  void start() {
    recorder.emplace(clock);
    recorder->set_context({.session = {}, .campaign = "lip-popup", .brand = "", .scene = "wall"});
    outbox = std::make_unique<telemetry::Outbox>(
        telemetry::OutboxSeams{clock, random, identity, transport, store}, options, *recorder);
  }

  // kill -9 or a power cut; the disk keeps what it had.
  void crash() {
    outbox.reset();
    recorder.reset();
    transport.forget_device();
    store.lose_power();
    taken = 0;
  }

  // Records one row that no other row equals; returns the data the server will store.
  std::string record() {
    const std::string id = "p" + std::to_string(++recorded);
    recorder->record(interactions::CardSelected{.product_id = id, .position = 1});
    return "{\"product_id\":\"" + id + "\",\"position\":1}";
  }

  void tick(int64_t milliseconds = 20) {
    clock.advance_ms(milliseconds);
    outbox->poll();
  }

  // The network and the server do all they can for `rounds` frames.
  void run(SimServer& server, int rounds, int64_t milliseconds = 50, bool storage_full = false) {
    for (int i = 0; i < rounds; ++i) {
      tick(milliseconds);
      exchange(server, storage_full);
    }
  }

  void exchange(SimServer& server, bool storage_full = false) {
    if (transport.connecting) {
      transport.accept();
      transport.deliver(server.challenge());
      taken = transport.sent.size();
    }
    while (taken < transport.sent.size() && transport.is_open()) {
      for (std::string& answer : server.receive(transport.sent[taken++], storage_full)) {
        transport.deliver(std::move(answer));
      }
    }
  }

  FakeClock clock;
  FakeRandom random;
  FakeIdentity identity;
  FakeTransport transport;
  FakeOutboxStore store;
  telemetry::OutboxOptions options;
  std::optional<telemetry::Recorder> recorder;
  std::unique_ptr<telemetry::Outbox> outbox;
  size_t taken = 0;  // messages the server has had
  uint64_t recorded = 0;
};

inline void record_many(SimDevice& device, int count) {
  for (int i = 0; i < count; ++i) device.record();
}

// Everything recorded so far is on the disk, nothing was said to any server.
inline void store(SimDevice& device) {
  device.tick(200);
  device.tick(200);
  REQUIRE(device.outbox->is_stored());
}

}  // namespace vitrine::fakes
