// SPDX-License-Identifier: MIT
#include "engine/ui/motion.h"

#include <catch2/catch.hpp>

using namespace vitrine::ui;

namespace {

Spring run(float seconds, int frames, SpringShape shape) {
  Spring spring(0, shape);
  spring.set_target(100);
  spring.set_velocity(-300);
  for (int i = 0; i < frames; ++i) spring.update(seconds / static_cast<float>(frames));
  return spring;
}

}  // namespace

TEST_CASE("a spring is at the same place after the same time at any frame rate") {
  for (const SpringShape shape :
       {SpringShape{0.35f, 0.85f}, SpringShape{0.6f, 0.4f}, SpringShape{0.4f, 1.0f}}) {
    const Spring slow = run(0.2f, 4, shape);
    const Spring fast = run(0.2f, 48, shape);
    CHECK(slow.value() == Approx(fast.value()).margin(0.02));
    CHECK(slow.velocity() == Approx(fast.velocity()).margin(0.2));
  }
}

TEST_CASE("a spring comes to rest exactly on its target") {
  const Spring spring = run(4, 240, {});
  CHECK(spring.at_rest());
  CHECK(spring.value() == 100);
}

TEST_CASE("a long frame does not blow a spring up") {
  Spring spring(0, {0.18f, 0.7f});
  spring.set_target(1);
  spring.update(5);
  CHECK(spring.value() == Approx(1).margin(0.001));
}

TEST_CASE("an underdamped spring overshoots, a critical one does not") {
  Spring loose(0, {0.35f, 0.5f});
  Spring tight(0, {0.35f, 1});
  loose.set_target(1);
  tight.set_target(1);
  float most_loose = 0, most_tight = 0;
  for (int i = 0; i < 200; ++i) {
    loose.update(0.005f);
    tight.update(0.005f);
    most_loose = loose.value() > most_loose ? loose.value() : most_loose;
    most_tight = tight.value() > most_tight ? tight.value() : most_tight;
  }
  CHECK(most_loose > 1.1f);
  CHECK(most_tight <= 1.0001f);
}

TEST_CASE("every curve starts at 0, ends at 1 and stays there") {
  for (float (*curve)(float) : {ease_in, ease_out, ease_in_out, ease_emphasised}) {
    CHECK(curve(-1) == 0);
    CHECK(curve(0) == Approx(0));
    CHECK(curve(1) == Approx(1));
    CHECK(curve(7) == 1);
    for (int i = 0; i < 20; ++i) {
      CHECK(curve(static_cast<float>(i) / 20) <= curve(static_cast<float>(i + 1) / 20));
    }
  }
}

TEST_CASE("a fade that is turned round goes back from where it is") {
  Fade fade;
  fade.set(true);
  fade.update(0.1f, 0.4f);
  const float at = fade.value();
  fade.set(false);
  CHECK(fade.value() == at);
  fade.update(0.1f, 0.4f);
  CHECK(fade.value() == Approx(0));
  CHECK(fade.at_rest());
}
