// SPDX-License-Identifier: MIT
// The price painted in pigment on its way to the row where the price stands in figures. At the end
// it becomes these figures.
#pragma once

#include <string_view>

#include "engine/ui/painter.h"

namespace vitrine::scenes {

class FlyingFigure {
 public:
  // Sets out from where `from` was painted. Expects: not empty; the drawing's path outlives it.
  void start(const Rect& from, std::string_view drawing);
  // At its place at once.
  void stop() { from_ = {}; }
  // Where it is bound, seen as the same painting. May change on the way.
  void set_place(const Rect& to) { to_ = to; }
  bool flies() const { return from_.width > 0; }
  void update(float dt);
  void draw(ui::Painter& painter) const;
  // How far the figures that it becomes are there, 0..1.
  float landed() const;

 private:
  Rect from_, to_;
  std::string_view drawing_;
  float since_ = 0;  // seconds since it set out
};

// Where the painting stands in place of digits: `digits` is what their ink covers.
Rect figure_over(const Rect& digits);

}  // namespace vitrine::scenes
