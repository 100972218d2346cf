// SPDX-License-Identifier: MIT
// Specks of pigment that fly off a stroke while it is painted, fall and fade. Where they are is a
// function of time alone: the same at any frame rate, and nothing takes memory.
#pragma once

#include <array>
#include <cstdint>

#include "engine/ui/painter.h"

namespace vitrine::scenes {

class PigmentSpecks {
 public:
  PigmentSpecks();

  // `since`: seconds since the stroke was begun, which runs from `from` to `to` in `lasts` seconds.
  // `unit`: scene units that a unit of the stroke is here.
  struct Stroke {
    Vec2 from, to;
    float lasts = 1;
    float unit = 1;
  };
  void draw(ui::Painter& painter, const Stroke& stroke, float since) const;

 private:
  static constexpr size_t kCount = 34;

  struct Speck {
    float born = 0;  // of the stroke, 0..1
    Vec2 beside;     // where, beside the middle of the stroke, its units
    Vec2 velocity;   // its units a second
    float radius = 0;
    float life = 0;  // seconds
  };
  std::array<Speck, kCount> specks_;
};

}  // namespace vitrine::scenes
