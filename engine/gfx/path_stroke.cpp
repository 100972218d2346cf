// SPDX-License-Identifier: MIT
#include "engine/gfx/path_stroke.h"

#include <algorithm>
#include <cmath>

#include "engine/base/real.h"

namespace vitrine::gfx {
namespace {

constexpr float kSmooth = 0.825f;   // cosine of what needs no join of its own
constexpr float kJoinStep = 0.35f;  // radians
constexpr int kMostJoinSteps = 10;

float dot(Vec2 a, Vec2 b) {
  return a.x * b.x + a.y * b.y;
}
float cross(Vec2 a, Vec2 b) {
  return a.x * b.y - a.y * b.x;
}
Vec2 left_of(Vec2 direction) {
  return {direction.y, -direction.x};
}

struct Line {
  Vec2 from, to, direction;
  float length = 0;
  float along = 0;  // of its beginning
};

class BandCutter {
 public:
  BandCutter(const FlatPath& path, const FlatContour& contour, float half, LineJoin join,
             BandSink& sink)
      : points_(&path.points[contour.first]),
        contour_(contour),
        half_(half),
        join_(join),
        sink_(sink) {}

  // `shift`: of the distances, a closed contour's length or nothing.
  void cut(const BandRange& range, float shift) {
    const uint32_t lines = contour_.closed ? contour_.count : contour_.count - 1;
    for (uint32_t i = first_line(range.from - half_ - shift); i < lines; ++i) {
      const Line line = line_at(i);
      if (line.along + shift > range.to + half_) break;
      add_line(i, lines, shift);
    }
  }

 private:
  // A line's corners at one of its ends, and where its outer one has a join: the middle, too.
  struct End {
    BandCorner left, right;
    bool sharp = false;
    bool left_is_inner = false;
  };

  uint32_t first_line(float along) const {
    const FlatPoint* end = points_ + contour_.count;
    const FlatPoint* point =
        std::lower_bound(points_, end, along + contour_.start,
                         [](const FlatPoint& p, float a) { return p.along < a; });
    return point == points_ ? 0 : static_cast<uint32_t>(point - points_ - 1);
  }

  Line line_at(uint32_t i) const {
    const FlatPoint& from = points_[i];
    const Vec2 to = points_[(i + 1) % contour_.count].at;
    const float l = length(to - from.at);
    return {from.at, to, (to - from.at) * (1 / std::max(l, 1e-9f)), l, from.along - contour_.start};
  }

  void add_line(uint32_t i, uint32_t lines, float shift) {
    const Line line = line_at(i);
    const bool first = i == 0 && !contour_.closed, last = i + 1 == lines && !contour_.closed;
    const Line before = line_at(i == 0 ? lines - 1 : i - 1);
    const Line after = line_at(i + 1 == lines ? 0 : i + 1);
    const float along = line.along + shift;
    const End start = first ? open_end(line, line.from, along, -half_)
                            : inner_end(before, line, line.from, along, line.direction);
    const End end = last ? open_end(line, line.to, along + line.length, half_)
                         : inner_end(line, after, line.to, along + line.length, line.direction);
    sink_.add_piece({start.left, end.left, end.right, start.right});
    if (start.sharp) add_middle(start, line.from, along);
    if (end.sharp) add_middle(end, line.to, along + line.length);
    if (start.sharp) add_join(before, line, along);
  }

  End open_end(const Line& line, Vec2 at, float along, float beyond) const {
    const Vec2 out = left_of(line.direction) * half_;
    const Vec2 tip = at + line.direction * beyond;
    return {{tip + out, half_, along + beyond}, {tip - out, -half_, along + beyond}};
  }

  // The end of the line in direction `own` where line `a` turns into line `b`.
  End inner_end(const Line& a, const Line& b, Vec2 at, float along, Vec2 own) const {
    const float cosine = dot(a.direction, b.direction);
    const Vec2 straight = left_of(own) * half_;
    const Vec2 sum = left_of(a.direction) + left_of(b.direction);
    // Both sides' lines meet at plus and minus this.
    const Vec2 miter = sum * (half_ / std::max(1 + cosine, 1e-6f));
    const float reached = dot(miter, own);
    End end{{at + miter, half_, along + reached}, {at - miter, -half_, along - reached}};
    if (cosine > kSmooth) return end;
    end.sharp = true;
    end.left_is_inner = cross(a.direction, b.direction) < 0;
    // The inner corner must not lie beyond the other ends.
    const float reach = half_ * std::sqrt((1 - cosine) / std::max(1 + cosine, 1e-6f));
    const bool fits = reach < std::min(a.length, b.length);
    if (!fits || !end.left_is_inner) end.left = {at + straight, half_, along};
    if (!fits || end.left_is_inner) end.right = {at - straight, -half_, along};
    return end;
  }

  // Between the outer corner, the line and the inner corner.
  void add_middle(const End& end, Vec2 at, float along) {
    const BandCorner middle{at, 0, along};
    const BandCorner& outer = end.left_is_inner ? end.right : end.left;
    const BandCorner& inner = end.left_is_inner ? end.left : end.right;
    sink_.add_join({middle, outer, inner, inner});
  }

  void add_join(const Line& a, const Line& b, float along) {
    const float cosine = dot(a.direction, b.direction);
    const float side = cross(a.direction, b.direction) < 0 ? -half_ : half_;
    const BandCorner middle{b.from, 0, along};
    const Vec2 from = left_of(a.direction) * side, to = left_of(b.direction) * side;
    const auto corner = [&](Vec2 out) { return BandCorner{b.from + out, side, along}; };
    const float stretch = std::sqrt(2 / std::max(1 + cosine, 1e-6f));  // of a miter
    if (join_ == LineJoin::Miter && stretch <= kLongestMiter) {
      const Vec2 tip = (from + to) * (1 / (1 + cosine));
      return sink_.add_join({middle, corner(from), corner(tip), corner(to)});
    }
    const float turn = angle_of(cosine, cross(a.direction, b.direction));
    const int steps = std::min(static_cast<int>(turn / kJoinStep) + 1, kMostJoinSteps) * 2;
    const auto spoke = [&](int i) {
      if (i == steps) return corner(to);
      const float angle =
          (side > 0 ? turn : -turn) * static_cast<float>(i) / static_cast<float>(steps);
      return corner(Transform2D::rotation(angle).apply(from));
    };
    for (int i = 0; i < steps; i += 2) {
      sink_.add_join({middle, spoke(i), spoke(i + 1), spoke(i + 2)});
    }
  }

  const FlatPoint* points_;
  const FlatContour& contour_;
  float half_;
  LineJoin join_;
  BandSink& sink_;
};

}  // namespace

void cut_band(const FlatPath& path, const FlatContour& contour, float half, LineJoin join,
              const BandRange& range, BandSink& sink) {
  BandCutter cutter(path, contour, half, join, sink);
  cutter.cut(range, 0);
  const bool whole = range.from <= 0 && range.to >= contour.length;
  if (!contour.closed || whole) return;
  // Around the seam of a closed contour the range reaches to the other side.
  if (range.from < half) cutter.cut(range, -contour.length);
  if (range.to > contour.length - half) cutter.cut(range, contour.length);
}

}  // namespace vitrine::gfx
