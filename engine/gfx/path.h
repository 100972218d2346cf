// SPDX-License-Identifier: MIT
// Lines and curves to fill and to draw along. A path keeps what was last made of it for the screen,
// so one that rests costs nothing but its quads: keep it, do not build it anew each frame.
// App's thread only.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/geometry.h"

namespace vitrine::gfx {

enum class LineCap : uint8_t { Butt, Round };
enum class LineJoin : uint8_t { Miter, Round };  // a miter longer than twice the width is round

// One corner of a quad of a filled path: `shift` moves it by half a device pixel in or out.
struct MeshCorner {
  Vec2 at;     // points
  Vec2 shift;  // device pixels
  float coverage = 1;
};

// A point of a flattened path.
struct FlatPoint {
  Vec2 at;
  float along = 0;  // from the beginning of the whole path, points
};

struct FlatContour {
  uint32_t first = 0;
  uint32_t count = 0;  // at least 2; a closed one does not repeat its first point
  bool closed = false;
  float start = 0;   // along
  float length = 0;  // with the closing line
};

struct FlatPath {
  std::vector<FlatPoint> points;
  std::vector<FlatContour> contours;
  float length = 0;
  Rect bounds;
};

class Path {
 public:
  Path() = default;

  // Begins a contour. A contour that is filled is closed by a straight line.
  Path& move_to(Vec2 to);
  // Expects: a contour was begun.
  Path& line_to(Vec2 to);
  Path& quad_to(Vec2 control, Vec2 to);
  Path& cubic_to(Vec2 first_control, Vec2 second_control, Vec2 to);
  Path& close();
  void clear();

  bool empty() const { return steps_.empty(); }

  struct Place {
    Vec2 at;
    Vec2 direction;  // unit
  };
  // Of all contours one after the other, points; what lies between them has no length.
  float length() const { return flat(1).length; }
  // `share` 0..1 of the length. Expects: the path has a length.
  Place place_at(float share) const;

  // For the canvas. Straight lines that stay within a tenth of a device pixel of the curves.
  const FlatPath& flat(float pixels_a_point) const;
  // Quads, four corners each, that cover the non-zero inside, with a soft edge of one pixel.
  const std::vector<MeshCorner>& filled(float pixels_a_point) const;

 private:
  enum class Verb : uint8_t { Move, Line, Quad, Cubic, Close };
  struct Step {
    Verb verb;
    Vec2 to, first, second;
  };

  Path& add(const Step& step);
  bool serves(float made_for, float scale) const;

  std::vector<Step> steps_;
  bool curved_ = false;
  mutable FlatPath flat_;
  mutable float flat_scale_ = 0;  // 0: not made
  mutable std::vector<MeshCorner> filled_;
  mutable float filled_scale_ = 0;
};

// The non-zero inside of `path` as quads with soft edges. Contours may cross themselves and each
// other; what is thinner than a pixel is drawn a little too strong.
void fill_contours(const FlatPath& path, std::vector<MeshCorner>& quads);

}  // namespace vitrine::gfx
