// SPDX-License-Identifier: MIT
// A kiosk whose clock nobody has set yet, and one that is set while it runs.
#include <catch2/catch.hpp>

#include "native/kiosk/clock_watch.h"
#include "native/system_clock.h"
#include "tests/fakes/fake_clock.h"

using namespace vitrine;

namespace {

constexpr int64_t kBuiltMs = 1'764'000'000'000;  // 2025-11-24
constexpr int64_t kBootMs = 86'400'000;          // 1970-01-02: a board without a battery

}  // namespace

TEST_CASE("a clock before the program was made is unknown, any later one is believed") {
  const ClockWatch watch(kBuiltMs);
  CHECK(watch.is_unknown(0));
  CHECK(watch.is_unknown(kBuiltMs - 1));
  CHECK_FALSE(watch.is_unknown(kBuiltMs));
}

TEST_CASE(
    "between recording and sending lies the time that passed, though the clock was set between") {
  fakes::FakeClock system;
  system.set_wall_ms(kBootMs);
  const LineClock line(system);
  const int64_t recorded_ms = line.wall_ms();
  CHECK(recorded_ms == kBootMs);
  system.advance_ms(5'000);
  system.set_wall_ms(kBuiltMs + 12'345);  // the network's time arrives
  system.advance_ms(2'000);
  const int64_t sent_ms = line.wall_ms();
  // The server's corrected time is arrival - (sent - recorded): seven seconds, not 55 years.
  CHECK(sent_ms - recorded_ms == 7'000);
  CHECK(line.jump_ms() == kBuiltMs + 12'345 - kBootMs - 5'000);
  CHECK(line.monotonic_us() == system.monotonic_us());
}

TEST_CASE("the times of a start are nobody's to read the hour from until the clock is set") {
  fakes::FakeClock system;
  system.set_wall_ms(kBootMs);
  const LineClock line(system, kBuiltMs);
  CHECK_FALSE(line.is_set());
  system.set_wall_ms(kBuiltMs + 1);
  CHECK(line.is_set());
}

TEST_CASE("a clock that is set is told once, the time service's daily work never") {
  fakes::FakeClock system;
  system.set_wall_ms(kBootMs);
  const LineClock line(system);
  ClockWatch watch(kBuiltMs);
  for (int i = 0; i < 100; ++i) {
    system.advance_ms(1'000);
    system.set_wall_ms(system.wall_ms() + 10);
    CHECK_FALSE(watch.take_jump(line.jump_ms()));
  }
  system.set_wall_ms(kBuiltMs);
  const auto jump = watch.take_jump(line.jump_ms());
  REQUIRE(jump);
  CHECK(line.wall_ms() + *jump == kBuiltMs);
  CHECK_FALSE(watch.take_jump(line.jump_ms()));
  system.set_wall_ms(kBuiltMs - 3'600'000);  // and back by an hour
  CHECK(watch.take_jump(line.jump_ms()) == *jump - 3'600'000);
}
