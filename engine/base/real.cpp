// SPDX-License-Identifier: MIT
#include "engine/base/real.h"

#include <cmath>
#include <cstdint>

namespace vitrine {
namespace {

constexpr double kTurn = 6.283185307179586;
constexpr float kQuarterTurn = 1.57079633f;

}  // namespace

Direction direction(float radians) {
  const double quarters = radians * (4 / kTurn);
  const double nearest = std::floor(quarters + 0.5);
  // Taylor's series for an eighth of a turn to either side of the nearest quarter.
  const float x = static_cast<float>((quarters - nearest) * (kTurn / 4));
  const float xx = x * x;
  const float s = x - x * xx * (1 / 6.0f) *
                          (1 - xx * (1 / 20.0f) * (1 - xx * (1 / 42.0f) * (1 - xx * (1 / 72.0f))));
  const float c = 1 - xx * (1 / 2.0f) *
                          (1 - xx * (1 / 12.0f) * (1 - xx * (1 / 30.0f) * (1 - xx * (1 / 56.0f))));
  switch (static_cast<int64_t>(nearest) & 3) {
    case 0:
      return {s, c};
    case 1:
      return {c, -s};
    case 2:
      return {-s, -c};
    default:
      return {-c, s};
  }
}

float sine(float radians) {
  return direction(radians).sine;
}
float cosine(float radians) {
  return direction(radians).cosine;
}

float decay(float x) {
  const double y = x / 64.0;
  double power = 1 + y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4)));
  for (int i = 0; i < 6; ++i) power *= power;
  return static_cast<float>(1 / power);
}

float angle_of(float along, float across) {
  const float x = std::fabs(along), y = std::fabs(across);
  const float larger = x > y ? x : y;
  if (larger == 0) return 0;
  const float r = (x > y ? y : x) / larger;
  // Abramowitz and Stegun, 4.4.49.
  constexpr float kSeries[] = {0.0028662257f, -0.0161657367f, 0.0429096138f, -0.0752896400f,
                               0.1065626393f, -0.1420889944f, 0.1999355085f, -0.3333314528f};
  float sum = 0;
  for (const float term : kSeries) sum = (sum + term) * (r * r);
  const float eighth = r + r * sum;
  const float quarter = x > y ? eighth : kQuarterTurn - eighth;
  return along < 0 ? 2 * kQuarterTurn - quarter : quarter;
}

double fifth_root(double x) {
  // Newton's steps come down from above, until rounding holds them.
  double root = 1;
  while (true) {
    const double next = 0.8 * root + 0.2 * x / (root * root * root * root);
    if (next >= root) return root;
    root = next;
  }
}

float wrapped(float value, float period) {
  const float rest = value - period * std::floor(value / period);
  return rest < 0 || rest >= period ? 0 : rest;
}

float rounded(float value) {
  return std::floor(value + 0.5f);
}

}  // namespace vitrine
