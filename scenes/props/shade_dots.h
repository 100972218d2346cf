// SPDX-License-Identifier: MIT
// A drop of colour for each product in a row, one of them chosen; each a button. Where not all have
// room for a finger side by side, those about the chosen one are there.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "engine/ui/button.h"
#include "engine/ui/metrics.h"
#include "engine/ui/screen.h"

namespace vitrine::scenes {

class ShadeDots {
 public:
  static constexpr size_t kMost = 12;

  // Adds one more; all before layout(). Expects: fewer than kMost.
  void add(ui::Screen& screen, const Color& shade);
  void set_label(size_t index, std::string_view label) { dots_[index].set_label(label); }
  // About `center`, at most `width` wide.
  void layout(const ui::Metrics& metrics, Vec2 center, float width);
  // `at_once`: without growing into it.
  void select(int index, bool at_once);
  // The one that was tapped, once.
  std::optional<int> take_activated();
  void draw(ui::Painter& painter);

 private:
  void place();

  std::array<ui::Swatch, kMost> dots_;
  Vec2 center_;
  float pitch_ = 0;
  float tall_ = 0;
  size_t count_ = 0;
  size_t room_ = 0;  // how many there are at a time
  size_t selected_ = 0;
};

}  // namespace vitrine::scenes
