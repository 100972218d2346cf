// SPDX-License-Identifier: MIT
#include "engine/input/pointer_table.h"

#include <catch2/catch.hpp>

using namespace vitrine::input;

namespace {

PointerEvent event(uint64_t pointer, PointerPhase phase) {
  return {pointer, phase, {1, 2}, 0};
}

}  // namespace

TEST_CASE("a second press without a release cancels the first") {
  PointerTable table;
  REQUIRE(table.filter(event(1, PointerPhase::Down)).event);
  const auto again = table.filter(event(1, PointerPhase::Down));
  REQUIRE(again.cancel_first);
  CHECK(again.cancel_first->phase == PointerPhase::Cancel);
  CHECK(again.event);
  CHECK(table.down_count() == 1);
}

TEST_CASE("a release nobody pressed is dropped") {
  PointerTable table;
  CHECK_FALSE(table.filter(event(9, PointerPhase::Up)).event);
  CHECK_FALSE(table.filter(event(9, PointerPhase::Move)).event);
}

TEST_CASE("a finger too many belongs to nobody and frees nothing") {
  PointerTable table;
  for (uint64_t i = 0; i < PointerTable::kCapacity; ++i) {
    REQUIRE(table.filter(event(i, PointerPhase::Down)).event);
  }
  CHECK_FALSE(table.filter(event(99, PointerPhase::Down)).event);
  CHECK(table.down_count() == PointerTable::kCapacity);
}

TEST_CASE("lost focus cancels every finger once") {
  PointerTable table;
  table.filter(event(1, PointerPhase::Down));
  table.filter(event(2, PointerPhase::Down));
  CHECK(table.cancel_next(5).event);
  CHECK(table.cancel_next(5).event);
  CHECK_FALSE(table.cancel_next(5).event);
}

TEST_CASE("fingers held at the same time have different slots and keep them") {
  PointerTable table;
  const uint8_t first = table.filter(event(70, PointerPhase::Down)).slot;
  const uint8_t second = table.filter(event(80, PointerPhase::Down)).slot;
  CHECK(first != second);
  CHECK(table.filter(event(70, PointerPhase::Up)).slot == first);
  CHECK(table.filter(event(80, PointerPhase::Move)).slot == second);
}
