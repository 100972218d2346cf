// SPDX-License-Identifier: MIT
// A card to be shown to the staff: the chosen shade's number, large, its smear, name and price.
#pragma once

#include <string>

#include "engine/scene/scene.h"

namespace vitrine::scenes {

class ChoiceCard {
 public:
  // Texts `thanks.show` and `thanks.price`.
  void set(const scene::SceneContext& context, const campaign::Product& product);
  void layout(const Rect& bounds) { bounds_ = bounds; }
  const Rect& bounds() const { return bounds_; }
  void draw(ui::Painter& painter) const;
  void describe(ui::SemanticTree& tree) const;

 private:
  void draw_number(ui::Painter& painter) const;
  void draw_shade(ui::Painter& painter) const;

  const campaign::Product* product_ = nullptr;
  std::string show_, name_, price_;
  Rect bounds_;
};

}  // namespace vitrine::scenes
