// SPDX-License-Identifier: MIT
// What a shop's window shows while the shop is closed: the product in low light and one line that
// says when it opens. Comes and goes by the clock on the wall.
#pragma once

#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/motion.h"

namespace vitrine::scenes {

class NightWindow {
 public:
  // Below `top` of the screen. Null product: there is none.
  void layout(const scene::SceneContext& context, float top, const campaign::Product* product);
  void update(const scene::SceneContext& context, float dt);
  // Pictures: it is there, or it is not, at once.
  void jump(bool shown) { shown_.jump(shown); }

  // 0..1: how far it is there.
  float shown() const { return shown_.value(); }
  // The scene's own by day with the night over it as far as it is there.
  scene::Backdrop over(const scene::Backdrop& day, const ui::Theme& theme) const;
  // `clock`: seconds, for what glints. `with_product`: false once it has travelled on.
  void draw(ui::Painter& painter, float clock, bool with_product) const;
  void describe(ui::SemanticTree& tree) const;
  // Where the product stands, and how high it is.
  Vec2 stand() const { return stand_; }
  float height() const { return height_; }

 private:
  void draw_product(ui::Painter& painter, float clock) const;

  const campaign::Product* product_ = nullptr;
  std::string line_;
  Rect words_;
  Vec2 stand_;
  float height_ = 0;
  ui::Fade shown_;
};

}  // namespace vitrine::scenes
