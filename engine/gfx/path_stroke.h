// SPDX-License-Identifier: MIT
// A band along a path, cut into quads. Across and along it every corner carries its distance, so
// that edges, ends and dashes are drawn by the pixel and need no quads of their own.
#pragma once

#include <array>

#include "engine/gfx/path.h"

namespace vitrine::gfx {

// A miter longer than this, in half widths, is drawn round.
inline constexpr float kLongestMiter = 2;

struct BandCorner {
  Vec2 at;
  float across = 0;  // points from the line, positive on its left
  float along = 0;   // points from the beginning of the contour
};

using Band = std::array<BandCorner, 4>;

class BandSink {
 public:
  virtual ~BandSink() = default;
  // Corners left, left further on, right further on, right; two triangles (0, 1, 2) and (2, 3, 0).
  virtual void add_piece(const Band& piece) = 0;
  // The same triangles, filling the outer side of a corner of the line.
  virtual void add_join(const Band& piece) = 0;
};

// What of a contour is wanted; distances from its beginning, points.
struct BandRange {
  float from = 0;
  float to = 0;
};

// The band of `half` points to each side. Open contours reach `half` beyond their ends. Only pieces
// that come within `half` of the range are given.
void cut_band(const FlatPath& path, const FlatContour& contour, float half, LineJoin join,
              const BandRange& range, BandSink& sink);

}  // namespace vitrine::gfx
