// SPDX-License-Identifier: MIT
#include "engine/ui/hold_repeat.h"

namespace vitrine::ui {
namespace {

constexpr float kSlowest = 0.22f, kFastest = 0.05f;  // seconds between steps
constexpr float kFaster = 0.85f;                     // each pause is this much of the one before

float pause_after(int repeats) {
  float pause = kSlowest;
  for (int i = 0; i < repeats && pause > kFastest; ++i) pause *= kFaster;
  return pause > kFastest ? pause : kFastest;
}

}  // namespace

int HoldRepeat::update(bool pressed, float dt) {
  if (!pressed) {
    *this = {};
    return 0;
  }
  int due = 0;
  left_ -= dt;
  while (left_ <= 0) {
    left_ += pause_after(repeats_++);
    ++due;
  }
  return due;
}

}  // namespace vitrine::ui
