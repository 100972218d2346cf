// SPDX-License-Identifier: MIT
#include "engine/gfx/path.h"

#include <algorithm>
#include <cmath>

#include "engine/base/assert.h"
#include "engine/base/real.h"

namespace vitrine::gfx {
namespace {

constexpr float kTolerance = 0.1f;  // device pixels
// A wide pen shows the corners that a thin line hides: between two lines the direction turns by
// less than this, radians.
constexpr float kMostTurn = 0.15f;
constexpr float kMostLines = 200;  // a curve

float angle_between(Vec2 a, Vec2 b) {
  return angle_of(a.x * b.x + a.y * b.y, a.x * b.y - a.y * b.x);
}

// Lines needed for a curve whose second differences are at most `bend` and that turns by `turn`.
int lines_for(float bend, float turn) {
  return static_cast<int>(
      clamp(std::ceil(std::max(std::sqrt(bend / kTolerance), turn / kMostTurn)), 1, kMostLines));
}

class Flattener {
 public:
  Flattener(FlatPath& out, float scale) : out_(out), scale_(scale) {
    out.points.clear();
    out.contours.clear();
    out.length = 0;
  }

  void move_to(Vec2 to) {
    end_contour(false);
    add(to);
  }

  void line_to(Vec2 to) { add(to); }

  void quad_to(Vec2 p1, Vec2 p2) {
    const Vec2 p0 = out_.points.back().at;
    const float bend = 0.25f * length(p0 - p1 * 2 + p2) * scale_;
    const int lines = lines_for(bend, angle_between(p1 - p0, p2 - p1));
    for (int i = 1; i < lines; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(lines);
      add(lerp(lerp(p0, p1, t), lerp(p1, p2, t), t));
    }
    add(p2);
  }

  void cubic_to(Vec2 p1, Vec2 p2, Vec2 p3) {
    const Vec2 p0 = out_.points.back().at;
    const float bend =
        0.75f * std::max(length(p0 - p1 * 2 + p2), length(p1 - p2 * 2 + p3)) * scale_;
    const float turn = angle_between(p1 - p0, p2 - p1) + angle_between(p2 - p1, p3 - p2);
    const int lines = lines_for(bend, turn);
    for (int i = 1; i < lines; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(lines);
      const Vec2 a = lerp(lerp(p0, p1, t), lerp(p1, p2, t), t);
      const Vec2 b = lerp(lerp(p1, p2, t), lerp(p2, p3, t), t);
      add(lerp(a, b, t));
    }
    add(p3);
  }

  void end_contour(bool closed) {
    const auto size = static_cast<uint32_t>(out_.points.size());
    FlatContour contour{first_, size - first_, closed, out_.length, 0};
    if (closed && contour.count > 1 && out_.points.back().at == out_.points[first_].at) {
      out_.points.pop_back();
      --contour.count;
    }
    if (contour.count < 2) {
      out_.points.resize(first_);
      return;
    }
    contour.length = out_.points.back().along - contour.start;
    if (closed) contour.length += length(out_.points[first_].at - out_.points.back().at);
    out_.length = contour.start + contour.length;
    out_.contours.push_back(contour);
    first_ = static_cast<uint32_t>(out_.points.size());
  }

 private:
  void add(Vec2 to) {
    if (out_.points.size() == first_) return out_.points.push_back({to, out_.length});
    const FlatPoint& last = out_.points.back();
    const float step = length(to - last.at);
    if (step * scale_ < 1e-3f) return;
    out_.points.push_back({to, last.along + step});
  }

  FlatPath& out_;
  float scale_;
  uint32_t first_ = 0;
};

Rect bounds_of(const std::vector<FlatPoint>& points) {
  if (points.empty()) return {};
  Vec2 low = points[0].at, high = points[0].at;
  for (const FlatPoint& point : points) {
    low = {std::min(low.x, point.at.x), std::min(low.y, point.at.y)};
    high = {std::max(high.x, point.at.x), std::max(high.y, point.at.y)};
  }
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

}  // namespace

// Curves that were made for one scale serve for those near it, straight lines for all.
bool Path::serves(float made_for, float scale) const {
  return made_for > 0 && (!curved_ || (scale < made_for * 1.4f && scale > made_for * 0.5f));
}

Path& Path::add(const Step& step) {
  VITRINE_ASSERT(step.verb == Verb::Move || !steps_.empty());
  steps_.push_back(step);
  curved_ = curved_ || step.verb == Verb::Quad || step.verb == Verb::Cubic;
  flat_scale_ = filled_scale_ = 0;
  return *this;
}

Path& Path::move_to(Vec2 to) {
  return add({Verb::Move, to, {}, {}});
}
Path& Path::line_to(Vec2 to) {
  return add({Verb::Line, to, {}, {}});
}
Path& Path::quad_to(Vec2 control, Vec2 to) {
  return add({Verb::Quad, to, control, {}});
}
Path& Path::cubic_to(Vec2 first_control, Vec2 second_control, Vec2 to) {
  return add({Verb::Cubic, to, first_control, second_control});
}
Path& Path::close() {
  return add({Verb::Close, {}, {}, {}});
}

void Path::clear() {
  steps_.clear();
  curved_ = false;
  flat_scale_ = filled_scale_ = 0;
}

const FlatPath& Path::flat(float pixels_a_point) const {
  if (serves(flat_scale_, pixels_a_point)) return flat_;
  flat_scale_ = pixels_a_point;
  Flattener flattener(flat_, pixels_a_point);
  Vec2 start;
  for (const Step& step : steps_) {
    switch (step.verb) {
      case Verb::Move:
        flattener.move_to(start = step.to);
        break;
      case Verb::Line:
        flattener.line_to(step.to);
        break;
      case Verb::Quad:
        flattener.quad_to(step.first, step.to);
        break;
      case Verb::Cubic:
        flattener.cubic_to(step.first, step.second, step.to);
        break;
      case Verb::Close:
        flattener.end_contour(true);
        // As in SVG, what follows begins where the contour began.
        flattener.move_to(start);
        break;
    }
  }
  flattener.end_contour(false);
  flat_.bounds = bounds_of(flat_.points);
  return flat_;
}

const std::vector<MeshCorner>& Path::filled(float pixels_a_point) const {
  if (serves(filled_scale_, pixels_a_point)) return filled_;
  filled_scale_ = pixels_a_point;
  filled_.clear();
  fill_contours(flat(pixels_a_point), filled_);
  return filled_;
}

Path::Place Path::place_at(float share) const {
  const FlatPath& path = flat(flat_scale_ > 0 ? flat_scale_ : 1);
  VITRINE_ASSERT(path.length > 0);
  const float along = clamp(share, 0, 1) * path.length;
  size_t c = 0;
  while (c + 1 < path.contours.size() && along > path.contours[c].start + path.contours[c].length) {
    ++c;
  }
  const FlatContour& contour = path.contours[c];
  const FlatPoint* points = &path.points[contour.first];
  uint32_t i = 1;
  while (i + 1 < contour.count && points[i].along < along) ++i;
  const bool closing = contour.closed && along > points[contour.count - 1].along;
  const FlatPoint& from = points[closing ? contour.count - 1 : i - 1];
  const Vec2 to = closing ? points[0].at : points[i].at;
  const float step = vitrine::length(to - from.at);
  return {lerp(from.at, to, clamp((along - from.along) / step, 0, 1)), (to - from.at) * (1 / step)};
}

}  // namespace vitrine::gfx
