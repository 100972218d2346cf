// SPDX-License-Identifier: MIT
// What to do, in three steps: numbered on a light background, on dark glass over a deep one.
#pragma once

#include <array>
#include <string>

#include "engine/ui/painter.h"
#include "engine/ui/semantics.h"

namespace vitrine::scenes {

class Steps {
 public:
  static constexpr size_t kCount = 3;

  void set(size_t index, std::string words) { words_[index] = std::move(words); }
  // `row`: the numbered look; `glass`: the other. No height: there is no room for them.
  void layout(const Rect& row, const Rect& glass);
  void draw(ui::Painter& painter) const;
  // `since`: seconds since they came; they are lit one after another.
  void draw_glass(ui::Painter& painter, float since) const;
  void describe(ui::SemanticTree& tree) const;

 private:
  // What three chips of one row have in common.
  struct Chip {
    float scale = 1;    // of the words
    float padding = 0;  // at both ends
  };
  bool shown() const { return row_.height > 0; }
  Chip fit_chips(ui::Painter& painter) const;
  float natural_width(ui::Painter& painter, const gfx::TextStyle& style) const;
  float draw_chip(ui::Painter& painter, size_t index, float x, const Chip& chip, float lit) const;

  std::array<std::string, kCount> words_;
  Rect row_, glass_;
};

}  // namespace vitrine::scenes
