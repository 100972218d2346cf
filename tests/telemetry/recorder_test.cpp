// SPDX-License-Identifier: MIT
#include "engine/telemetry/recorder.h"

#include <catch2/catch.hpp>
#include <string>

#include "engine/base/random.h"
#include "engine/protocol/messages.h"
#include "tests/fakes/counted_allocations.h"
#include "tests/fakes/fake_clock.h"

using namespace vitrine;
using vitrine::test::allocations;
using namespace vitrine::telemetry;

namespace {

interactions::CardSelected card(int64_t position) {
  return {.product_id = "p3", .position = position};
}

std::string whole(const Recorder::Row& row) {
  return "{" + std::string(row.context_members) + "," + std::string(row.own_members) + "}";
}

}  // namespace

TEST_CASE("what is recorded comes out in order, stamped, and is a valid row") {
  fakes::FakeClock clock;
  Recorder recorder(clock);
  recorder.set_context({.session = *Id128::from_hex("000102030405060708090a0b0c0d0e0f"),
                        .campaign = "lip-popup",
                        .brand = "b",
                        .scene = "wall",
                        .mode = protocol::Mode::Test});
  recorder.record(card(1));
  clock.advance_ms(5);
  recorder.record(interactions::SessionExtended{});
  Recorder::Row row;
  REQUIRE(recorder.front(row));
  protocol::MessageDecoder decoder;
  const std::string text = whole(row);
  const protocol::Interaction* first = decoder.decode_stored_row(text);
  REQUIRE(first != nullptr);
  CHECK(first->type == protocol::TypeId::CardSelected);
  CHECK(first->context.scene == "wall");
  CHECK(first->context.mode == protocol::Mode::Test);
  CHECK(first->time_ms == clock.wall_ms() - 5);
  recorder.pop();
  REQUIRE(recorder.front(row));
  CHECK(row.type == protocol::TypeId::SessionExtended);
  recorder.pop();
  CHECK_FALSE(recorder.front(row));
}

TEST_CASE("recording allocates nothing") {
  fakes::FakeClock clock;
  Recorder recorder(clock);
  recorder.record(card(0));
  const size_t before = allocations;
  for (int i = 0; i < 500; ++i) recorder.record(card(i));
  CHECK(allocations == before);
  CHECK(recorder.recorded() == 501);
}

TEST_CASE("the ring goes round for ever without mixing rows up") {
  fakes::FakeClock clock;
  Recorder recorder(clock, 8192);
  int64_t in = 0, out = 0;
  Random random(3);
  Recorder::Row row;
  for (int round = 0; round < 20000; ++round) {
    if (random.below(2) == 0) {
      const uint64_t overflowed = recorder.overflowed();
      recorder.record(card(in % 10000));
      if (recorder.overflowed() == overflowed) ++in;
      continue;
    }
    if (!recorder.front(row)) {
      Recorder::Overflow counts;
      recorder.take_overflow(counts);
      continue;
    }
    const std::string wanted = "\"position\":" + std::to_string(out % 10000) + "}";
    REQUIRE(row.own_members.find(wanted) != std::string_view::npos);
    recorder.pop();
    ++out;
  }
  CHECK(out > 5000);
}

TEST_CASE("when nobody takes rows away the newest are lost and counted by type") {
  fakes::FakeClock clock;
  Recorder recorder(clock, 8192);
  for (int i = 0; i < 100; ++i) recorder.record(card(i));
  recorder.record(interactions::SessionExtended{});
  Recorder::Row row;
  uint64_t kept = 0;
  while (recorder.front(row)) {
    recorder.pop();
    ++kept;
  }
  Recorder::Overflow counts;
  REQUIRE(recorder.take_overflow(counts));
  const uint64_t lost = counts[static_cast<size_t>(protocol::TypeId::CardSelected)];
  CHECK(kept + lost == 100);
  CHECK(counts[static_cast<size_t>(protocol::TypeId::SessionExtended)] == 1);
  CHECK(recorder.overflowed() == lost + 1);
  CHECK_FALSE(recorder.take_overflow(counts));
  recorder.record(card(1));
  CHECK(recorder.front(row));
}

TEST_CASE("a clock before 1970 or after 9999 still gives rows the server accepts") {
  fakes::FakeClock clock;
  Recorder recorder(clock);
  clock.set_wall_ms(-5);
  recorder.record(card(1));
  clock.set_wall_ms(int64_t{1} << 60);
  recorder.record(card(2));
  protocol::MessageDecoder decoder;
  Recorder::Row row;
  for (int i = 0; i < 2; ++i) {
    REQUIRE(recorder.front(row));
    CHECK(decoder.decode_stored_row(whole(row)) != nullptr);
    recorder.pop();
  }
}
