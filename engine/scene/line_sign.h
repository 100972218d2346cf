// SPDX-License-Identifier: MIT
// A small tag at a screen's upper edge, while somebody is engaged: whoever waits takes a number by
// its code. It lies over the scenes, where none of them has anything, and fingers do not reach
// through it. A page has none.
#pragma once

#include <memory>
#include <string_view>

#include "engine/base/geometry.h"
#include "engine/campaign/campaign.h"
#include "engine/ui/painter.h"
#include "engine/ui/semantics.h"

namespace vitrine::scene {

class LineSign {
 public:
  virtual ~LineSign() = default;

  // What the code says; "": there is no line.
  virtual void set(std::string_view link, const campaign::Campaign& campaign,
                   std::string_view language) = 0;
  virtual void layout(const ui::Metrics& metrics) = 0;
  // `wanted`: it may be seen now; it comes and goes softly.
  virtual void update(float dt, bool wanted) = 0;
  virtual bool covers(Vec2 point) const = 0;
  virtual void draw(ui::Painter& painter) = 0;
  virtual void describe(ui::SemanticTree& tree) const = 0;
};

// Null: there are none here.
std::unique_ptr<LineSign> make_line_sign();

}  // namespace vitrine::scene
