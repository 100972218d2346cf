// SPDX-License-Identifier: MIT
#include "engine/gfx/backdrop_blur.h"

#include <catch2/catch.hpp>

using namespace vitrine::gfx;

namespace {

// Of the kernel a plan stands for, in texels of its level: each sample is a mix of two texels.
double variance_of(const BlurPlan& plan) {
  double sum = 0;
  for (size_t i = 1; i < kBlurTaps; ++i) {
    const double near = 2.0 * static_cast<double>(i) - 1;
    const double share = plan.offset[i] - near;
    sum += 2 * plan.weight[i] * ((1 - share) * near * near + share * (near + 1) * (near + 1));
  }
  return sum;
}

}  // namespace

TEST_CASE("the weights of every blur sum to one") {
  for (float deviation = 0.1f; deviation < 80; deviation *= 1.1f) {
    const BlurPlan plan = plan_blur(deviation);
    double sum = plan.weight[0];
    for (size_t i = 1; i < kBlurTaps; ++i) sum += 2 * plan.weight[i];
    REQUIRE(sum == Approx(1).margin(1e-5));
  }
}

TEST_CASE("halving, the kernel and enlarging together have the deviation asked for") {
  for (float deviation = 3; deviation <= kWidestBlur; deviation += 0.5f) {
    const BlurPlan plan = plan_blur(deviation);
    const double n = 1u << plan.level;
    const double whole = variance_of(plan) * n * n + n * n / 4;
    CHECK(std::sqrt(whole) == Approx(deviation).epsilon(0.03));
  }
}

TEST_CASE("a wider blur never works on a larger picture, and the widest is the limit") {
  uint32_t level = 1;
  for (float deviation = 0.1f; deviation < 200; deviation += 0.25f) {
    const BlurPlan plan = plan_blur(deviation);
    REQUIRE(plan.level >= level);
    REQUIRE(plan.level <= kBlurLevels);
    level = plan.level;
  }
  CHECK(plan_blur(kWidestBlur * 3).weight == plan_blur(kWidestBlur).weight);
}
