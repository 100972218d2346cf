// SPDX-License-Identifier: MIT
// The confetti of a prize: petals, curls, foil and small lipsticks that burst, fall and turn over.
#pragma once

#include "engine/gfx/particles.h"
#include "engine/ui/painter.h"

namespace vitrine::scenes {

class Confetti {
 public:
  // `unit`: scene units that a point of a kiosk 1080 wide is here.
  Confetti(float unit, uint64_t seed);

  // 170 pieces from one place, gone after four seconds.
  void burst(Vec2 at);
  // For reduced motion: 30 pieces over the area that appear, stay where they are and fade.
  void appear(const Rect& area);

  void update(float dt);
  void draw(ui::Painter& painter);
  bool any() const { return flying_.count() + resting_.count() > 0; }

 private:
  float unit_;
  Random random_;
  gfx::Particles flying_;
  gfx::Particles resting_;
};

}  // namespace vitrine::scenes
