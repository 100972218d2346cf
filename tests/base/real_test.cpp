// SPDX-License-Identifier: MIT
#include "engine/base/real.h"

#include <catch2/catch.hpp>
#include <cmath>

namespace vitrine {
namespace {

TEST_CASE("sine and cosine are the C library's to seven digits") {
  for (float x = -40; x < 40; x += 0.0137f) {
    REQUIRE(sine(x) == Approx(std::sin(static_cast<double>(x))).margin(3e-7));
    REQUIRE(cosine(x) == Approx(std::cos(static_cast<double>(x))).margin(5e-7));
  }
  CHECK(sine(0) == 0);
  CHECK(cosine(0) == 1);
}

TEST_CASE("sine stays within one, however long the clock has run") {
  for (float x = 1e3f; x < 1e7f; x *= 1.01f) REQUIRE(std::fabs(sine(x)) <= 1.000001f);
}

TEST_CASE("decay is e to the power of minus x") {
  CHECK(decay(0) == 1);
  for (float x = 0; x < 20; x += 0.01f) {
    REQUIRE(decay(x) == Approx(std::exp(static_cast<double>(-x))).margin(2e-6));
  }
  CHECK(decay(1e6f) == 0);
}

TEST_CASE("an angle is the C library's, on whichever side") {
  for (float x = -3.14f; x < 3.14f; x += 0.0031f) {
    const float along = 7 * std::cos(x), across = 7 * std::sin(x);
    REQUIRE(angle_of(along, across) == Approx(std::abs(x)).margin(6e-7));
  }
  CHECK(angle_of(0, 0) == 0);
  CHECK(angle_of(1, 0) == 0);
  CHECK(angle_of(-1, 0) == Approx(3.14159265f));
}

TEST_CASE("the fifth root's fifth power is the number") {
  for (double x = 1; x > 1e-6; x *= 0.99)
    REQUIRE(std::pow(fifth_root(x), 5) == Approx(x).epsilon(1e-14));
  CHECK(fifth_root(1) == 1);
}

TEST_CASE("what is wrapped lies in its period") {
  CHECK(wrapped(20.5f, 20) == 0.5f);
  CHECK(wrapped(0, 3) == 0);
  for (float x = 0; x < 1e5f; x += 7.77f) {
    const float rest = wrapped(x, 0.7f);
    REQUIRE(rest >= 0);
    REQUIRE(rest < 0.7f);
  }
}

TEST_CASE("halves are rounded up") {
  CHECK(rounded(2.5f) == 3);
  CHECK(rounded(2.49f) == 2);
  CHECK(rounded(-2.5f) == -2);
  CHECK(nearest_int(7.6f) == 8);
}

}  // namespace
}  // namespace vitrine
