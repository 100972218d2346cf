// SPDX-License-Identifier: MIT
// A session that the program does not outlive: its end is recorded by a later start, once.
#include <catch2/catch.hpp>
#include <string>

#include "engine/telemetry/outbox.h"
#include "tests/telemetry/sim_device.h"

using namespace vitrine;
using namespace vitrine::fakes;

namespace {

// What the server has of a session.
struct Told {
  uint64_t starts = 0;
  uint64_t ends = 0;
};

// A session of ten frames, on a device that stops after `frames`.
void play_session(SimDevice& device, SimServer& server, int frames) {
  device.recorder->set_context({.session = Id128::from_hex(std::string(32, '7')).value(),
                                .campaign = "lip-popup",
                                .brand = "",
                                .scene = "wall"});
  device.recorder->record(
      interactions::SessionStarted{.entry = interactions::SessionStarted::Entry::Pointer});
  for (int frame = 0; frame < frames; ++frame) {
    if (frame == 10) {
      device.recorder->record(
          interactions::SessionEnded{.reason = interactions::SessionEnded::Reason::Finished});
      device.recorder->set_context({.session = {}, .campaign = "lip-popup", .brand = ""});
    }
    if (frame > 10 && frame < 14) device.record();
    device.run(server, 1, 20);
  }
}

Told told_to(const SimServer& server) {
  Told told;
  for (const auto& [data, times] : server.stored) {
    if (data.find("\"entry\"") != std::string::npos) told.starts += times;
    if (data.find("\"reason\"") != std::string::npos) told.ends += times;
  }
  return told;
}

// It stops again after `more` frames of its next start; then everything left is sent.
Told stopped_after(int frames, int more) {
  SimDevice device;
  SimServer server;
  play_session(device, server, frames);
  device.crash();
  device.start();
  device.run(server, more, 20);
  device.crash();
  device.start();
  device.run(server, 20);
  return told_to(server);
}

}  // namespace

TEST_CASE("wherever a start stops, and the next one too, a session that began has one end") {
  int without = 0;
  for (int frames = 0; frames < 32; ++frames) {
    for (const int more : {0, 2, 5, 7}) {
      INFO("after " << frames << " frames and " << more);
      const Told told = stopped_after(frames, more);
      CHECK(told.starts <= 1);
      CHECK(told.ends == told.starts);
      without += told.starts == 0;
    }
  }
  CHECK(without > 0);  // stopped before anything of it was stored
  CHECK(without < 40);
}

TEST_CASE("an open session that cannot be read is one row lost, and the rest is sent") {
  SimDevice device;
  SimServer server;
  record_many(device, 3);
  store(device);
  device.crash();
  device.store.disk.open_session = "\"session\":\"torn";
  device.start();
  record_many(device, 2);
  device.run(server, 20);
  CHECK(server.stored_rows == 5);
  CHECK(device.outbox->statistics().lost == 1);
  CHECK(device.outbox->is_settled());
  CHECK(device.store.disk.open_session.empty());
}

TEST_CASE(
    "an end that was sent on a full disk is told once more after a crash, behind the true one") {
  SimDevice device;
  SimServer server;
  play_session(device, server, 10);
  device.store.full = true;
  device.recorder->record(
      interactions::SessionEnded{.reason = interactions::SessionEnded::Reason::Finished});
  device.run(server, 20);
  CHECK(told_to(server).ends == 1);
  device.crash();
  device.store.full = false;
  device.start();
  device.run(server, 20);
  CHECK(told_to(server).ends == 2);
  CHECK(device.outbox->is_settled());
}
