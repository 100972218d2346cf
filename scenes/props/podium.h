// SPDX-License-Identifier: MIT
// Three products on a round podium that turns; the one in the middle may travel on to the next
// scene.
#pragma once

#include <array>

#include "engine/scene/scene.h"
#include "scenes/props/lipstick.h"

namespace vitrine::scenes {

class Podium {
 public:
  // Fits the group into `area`, `product` in the middle. Null product: nothing is drawn.
  void layout(const scene::SceneContext& context, const Rect& area,
              const campaign::Product* product);
  // `since`: seconds since it began to rise; `gone` 0..1. `with_middle`: false once the product in
  // the middle has travelled on.
  void draw(ui::Painter& painter, float since, float gone, bool with_middle) const;

  // Where the product in the middle stands at that time, and how far it is turned.
  LipstickPose middle(float since) const { return pose(products_.size() - 1, since); }

 private:
  Vec2 at(float x, float y) const { return origin_ + Vec2{x, y} * unit_; }
  LipstickPose pose(size_t index, float since) const;
  void draw_product(ui::Painter& painter, size_t index, float since) const;

  std::array<const campaign::Product*, 3> products_{};  // middle last: it stands in front
  Vec2 origin_;
  float unit_ = 1;
};

}  // namespace vitrine::scenes
