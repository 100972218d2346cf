// SPDX-License-Identifier: MIT
#include "engine/base/hours.h"

#include <catch2/catch.hpp>

using namespace vitrine;

TEST_CASE("hours run over midnight, end where they say and may be none") {
  const Hours night{22 * 60, 8 * 60};
  CHECK(night.contain(22 * 60));
  CHECK(night.contain(0));
  CHECK(night.contain(8 * 60 - 1));
  CHECK_FALSE(night.contain(8 * 60));
  CHECK_FALSE(night.contain(22 * 60 - 1));
  const Hours siesta{13 * 60, 14 * 60};
  CHECK(siesta.contain(13 * 60 + 30));
  CHECK_FALSE(siesta.contain(14 * 60));
  for (const int minute : {0, 12 * 60, kMinutesOfDay - 1}) CHECK_FALSE(Hours{}.contain(minute));
}

TEST_CASE("the minute of the day follows the place, even on a clock that lost its date") {
  CHECK(minute_of_day(1767225600000, 0) == 0);
  CHECK(minute_of_day(1767225600000, 8 * 60) == 8 * 60);
  CHECK(minute_of_day(1767225600000, -5 * 60) == 19 * 60);
  CHECK(minute_of_day(0, -5 * 60) == 19 * 60);
}

TEST_CASE("from 0 to 24 is the whole day, from an hour to 24 the evening") {
  const Hours always = hours_of(0, 24);
  for (const int minute : {0, 12 * 60, kMinutesOfDay - 1}) CHECK(always.contain(minute));
  const Hours evening = hours_of(20, 24);
  CHECK(evening.contain(kMinutesOfDay - 1));
  CHECK_FALSE(evening.contain(0));
  CHECK(hours_of(20, 0).contain(kMinutesOfDay - 1));
  CHECK(hours_of(24, 8).contain(0));
  CHECK_FALSE(hours_of(9, 9).contain(9 * 60));
}

TEST_CASE("hours are written as a campaign writes them, midnight as 0 or 24") {
  CHECK(minute_of(0) == 0);
  CHECK(minute_of(24) == 0);
  CHECK(minute_of(21.5) == 21 * 60 + 30);
  CHECK(minute_of(8.25) == 8 * 60 + 15);
}
