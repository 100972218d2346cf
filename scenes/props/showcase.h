// SPDX-License-Identifier: MIT
// One product on a plate, to be turned and twisted by hand, its smear painted behind it. Another
// shade comes by twisting in, changing out of sight, and twisting out again.
#pragma once

#include <optional>
#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/motion.h"
#include "engine/ui/screen.h"
#include "scenes/props/lipstick.h"
#include "scenes/props/traveller.h"
#include "scenes/props/turntable.h"

namespace vitrine::scenes {

class Showcase {
 public:
  // Adds its widget; once.
  void add_to(ui::Screen& screen) { screen.add(table_); }
  // Texts `product.turn` and `product.turn_label`.
  void read_words(const scene::SceneContext& context);
  // The plate's middle at `plate`, the product up to `most` high; fingers may take hold down to
  // `bottom`.
  void layout(const scene::SceneContext& context, Vec2 plate, float most, float bottom);

  // Stands there at once.
  void stand(const campaign::Product& product);
  // Comes from the scene before.
  void arrive(const campaign::Product& product, const scene::SharedElement& from);
  void change_to(const campaign::Product& product);
  // What it looks like now; another one than asked for while it changes.
  const campaign::Product& shown() const { return *shown_; }
  scene::SharedElement leave();

  Turntable& table() { return table_; }
  // At rest in a pose, for pictures.
  void pose(float turn, float twist);

  void update(float dt);
  // `since`: seconds since the scene was entered.
  void draw(ui::Painter& painter, float since);
  // The hint lies over what stands before the showcase.
  void draw_hint(ui::Painter& painter, float since) const;
  void draw_shared(ui::Painter& painter) const;
  void describe(ui::SemanticTree& tree) const;

 private:
  LipstickPose pose_now(float since) const;
  float nudge(float since) const;
  void draw_smear_behind(ui::Painter& painter, float since) const;
  void draw_product(ui::Painter& painter, float since);

  const campaign::Product* shown_ = nullptr;
  const campaign::Product* wanted_ = nullptr;
  Turntable table_{"product"};
  Traveller traveller_;
  bool left_ = false;
  bool still_ = false;               // reduced motion
  ui::Spring change_{0, {0.3f, 1}};  // 1: twisted in, out of sight
  float smear_for_ = 10;             // seconds since the smear began to come, or to go
  ui::Fade hint_;
  std::string hint_words_;
  Vec2 plate_;
  float height_ = 920;  // of the product, scene units
  float hint_size_ = 30;
  float hint_middle_ = 0;
};

}  // namespace vitrine::scenes
