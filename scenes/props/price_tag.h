// SPDX-License-Identifier: MIT
// What a product costs: the price, struck through, beside the offer in large figures. When it is
// revealed the figures count down from the one to the other.
#pragma once

#include <string>

#include "engine/scene/scene.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {

class PriceTag {
 public:
  // How long revealing takes, seconds.
  static constexpr float kReveal = 1.3f;

  // Texts `product.was` and `product.currency`.
  void set(const scene::SceneContext& context, const campaign::Price& price);
  // Ends at the right end of `area`, `size` high figures standing on its foot.
  void layout(const Rect& area, float size);
  // `since`: seconds since it began to be revealed.
  void draw(ui::Painter& painter, float since) const;
  void describe(ui::SemanticTree& tree) const;
  bool has_offer() const { return price_.has_offer(); }

 private:
  int64_t shown_amount(float since) const;
  float draw_offer(ui::Painter& painter, float since) const;

  campaign::Price price_;
  StruckLine was_;
  std::string currency_;
  std::string spoken_;  // the offer as a screen reader says it
  bool sign_before_ = false;
  Rect area_;
  float size_ = 160;
};

}  // namespace vitrine::scenes
