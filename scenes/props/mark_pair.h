// SPDX-License-Identifier: MIT
// What the two ends of a claim call themselves, side by side, so that everybody sees whose phone is
// at whose screen.
#pragma once

#include <string>

#include "engine/scene/scene.h"

namespace vitrine::scenes {

class MarkPair {
 public:
  // Texts `claim.screen_mark` and `claim.phone_mark`.
  void set(const scene::SceneContext& context, const claim::View& view);
  void layout(const Rect& bounds) { bounds_ = bounds; }
  void update(float dt) { time_ += dt; }
  bool shown() const { return bounds_.height > 0 && !screen_.empty(); }

  // Large, on dark glass; something travels from the one to the other and back. `still`: nothing
  // moves.
  void draw_large(ui::Painter& painter, bool still) const;
  // In one line of words, on paper.
  void draw_line(ui::Painter& painter) const;
  void describe(ui::SemanticTree& tree) const;

 private:
  void draw_half(ui::Painter& painter, const Rect& area, std::string_view name,
                 std::string_view mark, std::string_view icon) const;
  // How wide the line is; drawn or not.
  float line_words(gfx::Canvas& canvas, const Color& name, const Color& mark, float em,
                   bool drawn) const;

  std::string screen_name_, phone_name_;
  std::string screen_, phone_;  // the marks
  std::string screen_told_, phone_told_;
  Rect bounds_;
  float time_ = 0;
};

}  // namespace vitrine::scenes
