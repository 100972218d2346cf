// SPDX-License-Identifier: MIT
// The sheet of paper below or beside a product: what it is called, what it costs, the other shades,
// and the one thing to do.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/button.h"
#include "engine/ui/motion.h"
#include "engine/ui/screen.h"
#include "scenes/props/facts.h"
#include "scenes/props/price_tag.h"
#include "scenes/props/shade_grid.h"

namespace vitrine::scenes {

class ProductSheet {
 public:
  // Adds its widgets; once. Expects: 1 to ShadeGrid::kMost products.
  void add_to(ui::Screen& screen, std::span<const campaign::Product* const> products);
  // Texts `product.button`, `product.was`, `product.now`, `product.currency`.
  void layout(const scene::SceneContext& context);
  // Where it lies; its upper or left edge is where the showcase ends.
  const Rect& bounds() const { return sheet_; }
  // Panes of facts from `first` on, where there is room for panes.
  void place_facts(const Rect& first) { facts_.layout(first); }

  // `at_once`: nothing moves.
  void show(const scene::SceneContext& context, const campaign::Product& product, size_t index,
            bool at_once);
  void rise(bool at_once);
  void sink() { risen_.set_target(0); }
  // All at rest, for pictures.
  void settle();

  std::optional<size_t> take_chosen() { return grid_.take_activated(); }
  ui::Button& button() { return button_; }
  // Once when the offer has been counted down.
  bool take_revealed();

  void update(float dt);
  void draw(ui::Painter& painter);
  void draw_facts(ui::Painter& painter) const;
  void describe(ui::SemanticTree& tree) const;

 private:
  void layout_upright(const scene::SceneContext& context);
  void layout_landscape(const scene::SceneContext& context);
  void draw_paper(ui::Painter& painter) const;
  void draw_names(ui::Painter& painter) const;

  ui::Button button_{"take", ui::ButtonKind::Primary};
  ShadeGrid grid_;
  PriceTag price_;
  Facts facts_;
  bool with_panes_ = true;  // facts on panes; else in the code's line
  ui::Spring risen_{0, {0.4f, 0.72f}};
  Vec2 sunk_;               // from where it rises
  float since_ = 0;         // seconds since it began to rise
  float named_for_ = 10;    // seconds since another shade was chosen
  float revealed_for_ = 0;  // seconds since the price began to be revealed; below 0: not yet
  bool revealed_ = false;
  std::string name_, code_;
  Rect sheet_, name_area_, code_area_;
  float unit_ = 1;
};

}  // namespace vitrine::scenes
