// SPDX-License-Identifier: MIT
#include "engine/ui/flash_limiter.h"

#include "engine/base/geometry.h"

namespace vitrine::ui {
namespace {

constexpr float kWindow = 1;  // seconds

}  // namespace

void FlashLimiter::update(float dt) {
  for (Flash& flash : flashes_) {
    if (flash.age < kWindow) flash.age += dt;
  }
}

bool FlashLimiter::allow(float area, float change) {
  if (reduced_motion_) return false;
  const float light = clamp(area, 0, 1) * clamp(change, 0, 1);
  float sum = light;
  Flash* free = nullptr;
  for (Flash& flash : flashes_) {
    if (flash.age < kWindow) {
      sum += flash.light;
    } else {
      free = &flash;
    }
  }
  if (!free || sum > kMostLight) return false;
  *free = {0, light};
  return true;
}

}  // namespace vitrine::ui
