// SPDX-License-Identifier: MIT
// What a product costs: the price, struck through, beside the offer in large figures. When it is
// revealed the figures count down from the one to the other.
#pragma once

#include <string>
#include <string_view>

#include "engine/scene/scene.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {

class PriceTag {
 public:
  // How long revealing takes, seconds.
  static constexpr float kReveal = 1.3f;

  // Of the campaign's texts `product.was`, `product.now` and `product.currency`.
  struct Words {
    std::string_view was, now, currency;
  };
  void set(const Words& words, const campaign::Price& price);
  void set(const scene::SceneContext& context, const campaign::Price& price) {
    set({context.text("product.was"), context.text("product.now"),
         context.text("product.currency")},
        price);
  }
  // Ends at the right end of `area`, `size` high figures standing on its foot. What is wider than
  // `area` reaches up to `room` further to the right, and is smaller where that is not enough.
  void layout(const Rect& area, float size, float room = 0);
  // `since`: seconds since it began to be revealed.
  void draw(ui::Painter& painter, float since) const;
  void describe(ui::SemanticTree& tree) const;
  bool has_offer() const { return price_.has_offer(); }

 private:
  // Where it stands with what it says: the figures' height and their right end.
  struct Fit {
    float size, right;
  };
  Fit fit(ui::Painter& painter) const;
  float width_of(ui::Painter& painter, int64_t amount) const;
  int64_t shown_amount(float since) const;
  float draw_offer(ui::Painter& painter, const Fit& fit, float since) const;

  campaign::Price price_;
  StruckLine was_;
  std::string currency_;
  std::string spoken_;  // the offer as a screen reader says it
  bool sign_before_ = false;
  Rect area_;
  float size_ = 160, room_ = 0;
};

}  // namespace vitrine::scenes
