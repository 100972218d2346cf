// SPDX-License-Identifier: MIT
#include "tests/soak/growth.h"

#include <catch2/catch.hpp>

using vitrine::soak::Growth;

TEST_CASE("what rises in warm-up and then stays does not grow") {
  Growth growth("textures", 0);
  for (int i = 0; i < 90; ++i) growth.sample(i < 30 ? i : 30 - i % 3);
  CHECK(growth.growth() == 0);
  CHECK_FALSE(growth.grows());
}

TEST_CASE("a leak of one in every tenth sample grows") {
  Growth growth("textures", 2);
  for (int i = 0; i < 90; ++i) growth.sample(100 + i / 10);
  CHECK(growth.growth() == 3);
  CHECK(growth.grows());
}

TEST_CASE("what swings by more than it may grow does not grow") {
  Growth growth("rss_kib", 10);
  for (int i = 0; i < 90; ++i) growth.sample(i % 7 == 0 ? 5000 : 1000);
  CHECK_FALSE(growth.grows());
}

TEST_CASE("too few samples decide nothing") {
  Growth growth("rss_kib", 0);
  for (int i = 0; i < 8; ++i) growth.sample(i * 1000);
  CHECK_FALSE(growth.grows());
}
