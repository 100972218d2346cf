// SPDX-License-Identifier: MIT
#include "engine/base/real.h"

#include <cmath>

namespace vitrine {
namespace {

constexpr double kTurn = 6.283185307179586;

// Taylor's series to the eleventh power, for a quarter turn to either side.
float sine_near_zero(float x) {
  const float xx = x * x;
  float sum = 1;
  for (int power = 11; power > 1; power -= 2) {
    sum = 1 - sum * xx / static_cast<float>(power * (power - 1));
  }
  return x * sum;
}

}  // namespace

float sine(float radians) {
  const double turns = radians / kTurn;
  double rest = turns - std::floor(turns + 0.5);  // -0.5 .. 0.5
  if (rest > 0.25) rest = 0.5 - rest;
  if (rest < -0.25) rest = -0.5 - rest;
  return sine_near_zero(static_cast<float>(rest * kTurn));
}

float cosine(float radians) {
  const float half = sine(radians / 2);
  return 1 - 2 * half * half;  // exactly 1 at 0
}

float decay(float x) {
  const double y = x / 64.0;
  double power = 1 + y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4)));
  for (int i = 0; i < 6; ++i) power *= power;
  return static_cast<float>(1 / power);
}

float wrapped(float value, float period) {
  const float rest = value - period * std::floor(value / period);
  return rest < 0 || rest >= period ? 0 : rest;
}

float rounded(float value) { return std::floor(value + 0.5f); }

}  // namespace vitrine
