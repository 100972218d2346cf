// SPDX-License-Identifier: MIT
// What is going on, in a pill: a light that breathes, a few words, and a ring that runs down where
// there is only so much time.
#pragma once

#include <string>

#include "engine/ui/painter.h"
#include "engine/ui/semantics.h"

namespace vitrine::scenes {

class StatusPill {
 public:
  // "": nothing is shown.
  void set_words(std::string_view words) { words_ = words; }
  // A group of icons.svg instead of the light; lives as long as the pill. "": none.
  void set_icon(std::string_view icon) { icon_ = icon; }
  // As wide as its words, in the middle of `bounds` or at its beginning.
  void layout(const Rect& bounds, bool centered) { bounds_ = bounds, centered_ = centered; }
  void update(float dt) { time_ += dt; }
  // `whole` 0: no ring.
  void draw(ui::Painter& painter, ui::Ground ground, float left, float whole, bool still) const;
  void describe(ui::SemanticTree& tree, float left) const;

 private:
  bool shown() const { return bounds_.height > 0 && !words_.empty(); }
  void draw_sign(ui::Painter& painter, Vec2 middle, ui::Ground ground, bool still) const;
  void draw_ring(ui::Painter& painter, Vec2 middle, ui::Ground ground, float left,
                 float whole) const;

  std::string words_;
  std::string_view icon_;
  Rect bounds_;
  bool centered_ = true;
  float time_ = 0;
};

// What did not work, on a bar of its own.
void draw_notice(ui::Painter& painter, std::string_view words, const Rect& bounds);

}  // namespace vitrine::scenes
