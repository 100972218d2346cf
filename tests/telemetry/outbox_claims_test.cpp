// SPDX-License-Identifier: MIT
// An outbox that takes nothing but what a claim needs: the rest leaves no trace, not even a gap.
#include <catch2/catch.hpp>
#include <string>

#include "engine/telemetry/outbox.h"
#include "tests/telemetry/sim_device.h"

using namespace vitrine;
using namespace vitrine::fakes;

namespace {

void record_claim(SimDevice& device) {
  using Reached = interactions::ClaimStageReached;
  device.recorder->record(Reached{
      .product_id = "true-red", .stage = Reached::Stage::Joining, .role = Reached::Role::Phone});
}

size_t stored_with(const SimServer& server, std::string_view part) {
  size_t count = 0;
  for (const auto& [data, times] : server.stored) {
    if (data.find(part) != std::string::npos) count += times;
  }
  return count;
}

TEST_CASE("of what was recorded only what a claim needs is taken, without a gap in its numbers") {
  SimDevice device;
  SimServer server;
  device.outbox->set_claims_only(true);
  device.record();
  record_claim(device);
  device.record();
  record_claim(device);
  device.run(server, 20);
  CHECK(stored_with(server, "\"joining\"") == 2);
  CHECK(stored_with(server, "\"position\"") == 0);
  CHECK(device.outbox->statistics().recorded == 2);
  CHECK(device.outbox->statistics().lost == 0);
  CHECK(device.outbox->is_settled());

  device.outbox->set_claims_only(false);
  device.record();
  device.run(server, 20);
  CHECK(stored_with(server, "\"position\"") == 1);
}

TEST_CASE("nothing tells later that somebody was there") {
  SimDevice device;
  SimServer server;
  device.recorder->set_context({.session = Id128::from_hex(std::string(32, '7')).value(),
                                .campaign = "lip-popup",
                                .brand = "",
                                .scene = "claim"});
  device.outbox->set_claims_only(true);
  device.recorder->record(
      interactions::SessionStarted{.entry = interactions::SessionStarted::Entry::Pointer});
  record_claim(device);
  device.run(server, 20);
  device.crash();
  device.start();
  device.outbox->set_claims_only(true);
  device.run(server, 20);
  CHECK(stored_with(server, "\"entry\"") == 0);
  CHECK(stored_with(server, "\"reason\"") == 0);
  CHECK(stored_with(server, "\"joining\"") == 1);
}

TEST_CASE("what did not fit the recorder is counted only where a claim needed it") {
  SimDevice device;
  SimServer server;
  device.outbox->set_claims_only(true);
  for (int i = 0; i < 5000; ++i) device.record();
  CHECK(device.recorder->overflowed() > 0);
  device.run(server, 20);
  CHECK(device.outbox->statistics().lost == 0);
  CHECK(device.outbox->is_settled());
}

}  // namespace
