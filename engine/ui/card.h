// SPDX-License-Identifier: MIT
// A sheet of paper (or dark glass on deep ground) that can be pressed as a whole. For deriving: the
// subclass draws what is on it.
#pragma once

#include <string_view>

#include "engine/ui/button.h"

namespace vitrine::ui {

class Card : public Button {
 public:
  explicit Card(std::string_view name) : Button(name, ButtonKind::Bare) {}

  void set_radius(float radius) { radius_ = radius; }

 protected:
  // Within bounds(), pressed as the card is.
  virtual void draw_content(Painter& painter) = 0;

  void draw_face(Painter& painter) override;
  float corner() const override { return radius_; }
  void describe_as(SemanticNode& node) const override;

 private:
  float radius_ = 48;
};

}  // namespace vitrine::ui
