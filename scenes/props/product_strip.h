// SPDX-License-Identifier: MIT
// The product as a card of paper: a lipstick that stands behind its lower edge, name, number and
// price. A strip on kiosks; on phones higher, with the smear behind the lipstick.
#pragma once

#include <string>

#include "engine/scene/scene.h"
#include "scenes/props/price_tag.h"
#include "scenes/props/traveller.h"

namespace vitrine::scenes {

class ProductStrip {
 public:
  // Texts of PriceTag.
  void set(const scene::SceneContext& context, const campaign::Product& product,
           const campaign::Price& price);
  void layout(const Rect& bounds, const ui::Metrics& metrics);
  // The lipstick comes from there.
  void arrive(const scene::SharedElement& from) { traveller_.start(from); }
  void settle() { traveller_.stop(); }
  void update(float dt) { traveller_.update(dt); }
  bool shown() const { return bounds_.height > 0; }
  // Where the lipstick stands, to travel on.
  scene::SharedElement standing() const { return {product_->id, stand_, height_}; }

  // `with_product`: false once it has travelled on.
  void draw(ui::Painter& painter, bool with_product) const;
  void describe(ui::SemanticTree& tree) const;

 private:
  void draw_words(ui::Painter& painter) const;
  void draw_product(ui::Painter& painter) const;

  const campaign::Product* product_ = nullptr;
  std::string name_, line_;
  PriceTag price_;
  Traveller traveller_;
  Rect bounds_, name_area_, line_area_;
  float radius_ = 48;
  bool with_smear_ = false;
  Vec2 stand_;
  float height_ = 0;
};

}  // namespace vitrine::scenes
