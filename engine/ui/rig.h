// SPDX-License-Identifier: MIT
// A drawing taken apart into its groups and put together anew in each frame: every part is moved,
// turned and stretched about its own pivot, and takes the parts that hang on it along. Which groups
// a drawing has and where their pivots are is in the groups.json beside it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/ui/painter.h"

namespace vitrine::ui {

struct RigPart {
  static constexpr int8_t kRoot = -1;

  std::string_view group;  // of the drawing
  Vec2 pivot{};            // units of the drawing
  // Place in the table of the part it hangs on; what hangs may be painted first.
  int8_t parent = kRoot;
};

// How a part differs from the drawing; units of the drawing, about the part's pivot.
struct PartPose {
  Vec2 move{};
  float angle = 0;              // radians, clockwise
  Vec2 stretch{1, 1};           // before the turn
  float opacity = 1;            // of the part alone
  Color color = Color::rgb(0);  // what currentColor means
};

class Rig {
 public:
  static constexpr size_t kMost = 24;

  // `parts` in painting order, back to front; table and path outlive the rig. `view`: the drawing's
  // view box. Expects: at most kMost parts, parents within the table and without a circle.
  Rig(std::string_view path, Size view, std::span<const RigPart> parts);

  PartPose& operator[](size_t part) { return poses_[part]; }
  const PartPose& operator[](size_t part) const { return poses_[part]; }
  // Every part as it lies in the drawing; colours stay.
  void reset();

  // With the drawing's point `anchor` at `position`, `scale` points a unit. `drawn_scale`: what the
  // parts are rasterised at; keep it the same while the scale moves.
  void draw(Painter& painter, Vec2 anchor, Vec2 position, float scale, float drawn_scale) const;
  // Where the drawing's point `at` of `part` is shown, for the same arguments.
  Vec2 point(size_t part, Vec2 at, Vec2 anchor, Vec2 position, float scale) const;

 private:
  Transform2D placed(size_t part) const;  // from the drawing's units to the posed drawing's

  std::string_view path_;
  Size view_;
  std::span<const RigPart> parts_;
  std::array<PartPose, kMost> poses_{};
};

}  // namespace vitrine::ui
