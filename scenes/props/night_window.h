// SPDX-License-Identifier: MIT
// What a shop's window shows while the shop is closed: the product in low light, one line that says
// when it opens, and a code for phones where the campaign has an address. Comes and goes by the
// clock on the wall.
#pragma once

#include <memory>
#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/motion.h"
#include "engine/ui/widget.h"

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
  void layout_alone(const ui::Metrics& metrics, float top);
  void layout_with_code(const scene::SceneContext& context, float top);
  void draw_product(ui::Painter& painter, float clock) const;
  void draw_code(ui::Painter& painter) const;

  const campaign::Product* product_ = nullptr;
  std::string line_, scan_;
  Rect words_, scan_area_, code_area_;
  std::unique_ptr<ui::Widget> code_;  // null: there is none
  Vec2 stand_;
  float height_ = 0;
  ui::Fade shown_;
};

}  // namespace vitrine::scenes
