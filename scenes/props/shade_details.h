// SPDX-License-Identifier: MIT
// Which shade it is and what it costs: smear, name, price.
#pragma once

#include <string>

#include "engine/campaign/campaign.h"
#include "engine/ui/painter.h"
#include "engine/ui/semantics.h"

namespace vitrine::scenes {

// The words of one product, made in layout().
struct ShadeWords {
  std::string number, name, was, after, now;
};

struct ShadeDetails {
  Rect smear, name, price;  // where they stand
  float unit = 1;           // of the text: 1 for kiosks
  gfx::TextAlign align = gfx::TextAlign::Center;

  // `since`: seconds since this product was chosen; the smear is wiped on, the name follows. `now`:
  // how far the offer is there, 0..1.
  void draw(ui::Painter& painter, const campaign::Product& product, const ShadeWords& words,
            float since, float now = 1) const;
  // What the digits of the offer cover.
  Rect digits(gfx::Canvas& canvas, const ShadeWords& words) const;
  void describe(ui::SemanticTree& tree, const ShadeWords& words) const;

 private:
  void draw_name(ui::Painter& painter, const ShadeWords& words) const;
  // Left edges of the three parts of the price row.
  struct PriceRow {
    float was, after, now;
  };
  PriceRow price_row(gfx::Canvas& canvas, const ShadeWords& words) const;
  void draw_price(ui::Painter& painter, const ShadeWords& words, float now) const;
  float start(const Rect& area, float width) const;
};

}  // namespace vitrine::scenes
