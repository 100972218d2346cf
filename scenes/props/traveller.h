// SPDX-License-Identifier: MIT
// A product on its way from where the scene before left it to its place in this one.
#pragma once

#include "engine/scene/scene.h"
#include "engine/ui/motion.h"
#include "scenes/props/lipstick.h"

namespace vitrine::scenes {

class Traveller {
 public:
  // Sets out from where `from` was left.
  void start(const scene::SharedElement& from);
  // At its place at once.
  void stop() { travels_ = false; }
  // Where it is bound: its foot and its height. May change on the way.
  void set_place(Vec2 stand, float height);
  bool travels() const { return travels_; }
  void update(float dt);
  void draw(ui::Painter& painter, const campaign::Product& product) const;

  // For scenes that draw it themselves: where it is while it travels, else nothing changes.
  void apply(LipstickPose& pose) const;
  // `wanted`, or as long as that is not there yet the size it was drawn at where it came from.
  float drawn_height(ui::Painter& painter, const campaign::Product& product, float wanted) const;

 private:
  ui::Spring x_{0, {0.45f, 0.85f}}, y_{0, {0.45f, 0.85f}}, height_{0, {0.45f, 0.85f}};
  ui::Spring turn_{0, {0.45f, 1}}, twist_{0, {0.45f, 1}};
  float drawn_height_ = 0;  // the size it was drawn at where it came from: no need to wait for it
  bool travels_ = false;
};

}  // namespace vitrine::scenes
