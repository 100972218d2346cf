// SPDX-License-Identifier: MIT
// The inside of contours, cut into spans between a left and a right edge by a sweep from top to
// bottom. What a span shows of the outline becomes a soft edge: its corners lie half a pixel inside,
// and a strip of one pixel leads from them to nothing. Corners that meet are equal, so that nothing
// shines through however the whole is turned.
#include <algorithm>
#include <cmath>

#include "engine/gfx/path.h"

namespace vitrine::gfx {
namespace {

// The sweep runs along y leaned by this, so that level edges are edges like others.
constexpr double kLean = 1.0 / 1024 + 1.0 / 65536;
// Points that are one, in points.
constexpr double kSame = 1e-6;
// The longest shift at a sharp corner, in those of a straight edge.
constexpr float kMostShift = 2;

struct Edge {
  double top = 0, bottom = 0;    // along the sweep
  Vec2 upper, lower;
  Vec2 upper_out, lower_out;     // to the right, of half a pixel's length where it is straight
  int winding = 0;

  double share_at(double y) const { return clamp_share((y - top) / (bottom - top)); }
  double x_at(double y) const {
    return upper.x + (static_cast<double>(lower.x) - upper.x) * share_at(y);
  }
  static double clamp_share(double t) { return t < 0 ? 0 : (t > 1 ? 1 : t); }
};

double sweep_of(Vec2 p) {
  return p.y + kLean * p.x;
}

Vec2 normal(Vec2 from, Vec2 to) {
  const Vec2 d = to - from;
  const float length = std::sqrt(d.x * d.x + d.y * d.y);
  return length > 0 ? Vec2{d.y / length, -d.x / length} : Vec2{};
}

// Where a corner between two edges moves when both move out by half a pixel.
Vec2 shift_between(Vec2 a, Vec2 b) {
  const float dot = a.x * b.x + a.y * b.y;
  const Vec2 sum = a + b;
  const float square = 2 + 2 * dot;  // of the sum's length
  if (square < 1e-6f) return {};
  // sum / (1 + dot) is the exact corner; at sharp ones it is cut.
  const float factor = std::min(1 / (1 + dot), kMostShift / std::sqrt(square));
  return sum * (0.5f * factor);
}

class Sweep {
 public:
  Sweep(const FlatPath& path, std::vector<MeshCorner>& quads) : quads_(quads) {
    for (const FlatContour& contour : path.contours) add_contour(path, contour);
    std::sort(edges_.begin(), edges_.end(),
              [](const Edge& a, const Edge& b) { return a.top < b.top; });
  }

  void run() {
    const std::vector<double> levels = sorted_levels();
    size_t next = 0;
    for (size_t i = 0; i + 1 < levels.size(); ++i) {
      const double y = levels[i];
      std::erase_if(active_, [&](uint32_t e) { return edges_[e].bottom <= y; });
      for (; next < edges_.size() && edges_[next].top <= y; ++next) {
        active_.push_back(static_cast<uint32_t>(next));
      }
      sweep_band(y, levels[i + 1]);
    }
    if (!levels.empty()) change_spans(levels.back(), {});
  }

 private:
  struct Span {
    uint32_t left = 0, right = 0;
    double since = 0;
    std::vector<MeshCorner> above;  // corners of what ended where this one began

    bool same_as(const Span& other) const { return left == other.left && right == other.right; }
  };

  void add_contour(const FlatPath& path, const FlatContour& contour) {
    const FlatPoint* p = &path.points[contour.first];
    const uint32_t n = contour.count;
    for (uint32_t i = 0; i < n; ++i) {
      const Vec2 before = p[(i + n - 1) % n].at, from = p[i].at, to = p[(i + 1) % n].at,
                 after = p[(i + 2) % n].at;
      const Vec2 own = normal(from, to);
      const Vec2 out_from = shift_between(normal(before, from), own);
      const Vec2 out_to = shift_between(own, normal(to, after));
      const double y0 = sweep_of(from), y1 = sweep_of(to);
      if (y0 < y1) {
        edges_.push_back({y0, y1, from, to, out_from, out_to, 1});
      } else if (y1 < y0) {
        edges_.push_back({y1, y0, to, from, out_to * -1, out_from * -1, -1});
      }
    }
  }

  std::vector<double> sorted_levels() const {
    std::vector<double> levels;
    for (const Edge& edge : edges_) {
      levels.push_back(edge.top);
      levels.push_back(edge.bottom);
    }
    std::sort(levels.begin(), levels.end());
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    return levels;
  }

  // Between two levels edges only cross; at each crossing the band is cut.
  void sweep_band(double y, double bottom) {
    while (y < bottom) {
      sort_active(y, bottom);
      const double crossing = first_crossing(y, bottom);
      change_spans(y, spans_between(y, crossing));
      y = crossing;
    }
  }

  // An insertion sort: nearly sorted already, and at ease with edges that lie upon each other.
  void sort_active(double y, double bottom) {
    const auto before = [&](uint32_t a, uint32_t b) {
      const double d = edges_[a].x_at(y) - edges_[b].x_at(y);
      return d < -kSame || (d < kSame && edges_[a].x_at(bottom) < edges_[b].x_at(bottom));
    };
    for (size_t i = 1; i < active_.size(); ++i) {
      for (size_t k = i; k > 0 && before(active_[k], active_[k - 1]); --k) {
        std::swap(active_[k], active_[k - 1]);
      }
    }
  }

  double first_crossing(double y, double bottom) const {
    double first = bottom;
    for (size_t i = 1; i < active_.size(); ++i) {
      const Edge& a = edges_[active_[i - 1]];
      const Edge& b = edges_[active_[i]];
      const double apart = b.x_at(y) - a.x_at(y);
      const double past = a.x_at(bottom) - b.x_at(bottom);
      if (past <= kSame || apart < 0) continue;
      const double at = y + (bottom - y) * apart / (apart + past);
      if (at > y + kSame) first = std::min(first, at);
    }
    return bottom - first < kSame ? bottom : first;
  }

  std::vector<Span> spans_between(double y, double bottom) const {
    std::vector<Span> spans;
    int winding = 0;
    for (uint32_t e : active_) {
      const int before = winding;
      winding += edges_[e].winding;
      if (before == 0 && winding != 0) spans.push_back({e, e, y, {}});
      if (before != 0 && winding == 0) spans.back().right = e;
    }
    // Rounding may leave an edge without its other half; what is not closed is nothing.
    std::erase_if(spans, [&](const Span& s) { return s.left == s.right; });
    (void)bottom;
    return spans;
  }

  MeshCorner inner(uint32_t e, double y, bool left) const {
    const Edge& edge = edges_[e];
    const float t = static_cast<float>(edge.share_at(y));
    const Vec2 out = lerp(edge.upper_out, edge.lower_out, t);
    return {lerp(edge.upper, edge.lower, t), left ? out : out * -1, 1};
  }

  // Spans that go on stay; the others end or begin at `y`.
  void change_spans(double y, std::vector<Span> now) {
    for (Span& span : open_) {
      const auto same = std::find_if(now.begin(), now.end(),
                                     [&](const Span& n) { return n.same_as(span); });
      if (same == now.end()) continue;
      same->since = span.since;
      same->above = std::move(span.above);
      span.left = span.right;  // it did not end
    }
    for (const Span& span : open_) {
      if (span.left != span.right) emit(span, y, corners_within(span, y, now));
    }
    for (Span& span : now) {
      if (span.since == y) span.above = corners_within(span, y, open_);
    }
    open_ = std::move(now);
  }

  // The corners that `others`, which end or begin at `y`, have between the two edges of `span`.
  std::vector<MeshCorner> corners_within(const Span& span, double y,
                                         const std::vector<Span>& others) const {
    std::vector<MeshCorner> found;
    const double left = edges_[span.left].x_at(y), right = edges_[span.right].x_at(y);
    const auto add = [&](uint32_t e, bool is_left) {
      const double x = edges_[e].x_at(y);
      if (x <= left + kSame || x >= right - kSame) return;
      const MeshCorner corner = inner(e, y, is_left);
      if (!found.empty() && found.back().at == corner.at && found.back().shift == corner.shift) {
        return;
      }
      found.push_back(corner);
    };
    for (const Span& other : others) {
      if (other.left == other.right || edges_[other.left].bottom < y) continue;
      add(other.left, true);
      add(other.right, false);
    }
    return found;
  }

  void emit(const Span& span, double y, const std::vector<MeshCorner>& below) {
    const MeshCorner left_top = inner(span.left, span.since, true);
    const MeshCorner right_top = inner(span.right, span.since, false);
    const MeshCorner right_bottom = inner(span.right, y, false);
    const MeshCorner left_bottom = inner(span.left, y, true);
    const auto upper = [&](size_t i) {
      return i == 0 ? left_top : (i <= span.above.size() ? span.above[i - 1] : right_top);
    };
    const auto lower = [&](size_t i) {
      return i == 0 ? left_bottom : (i <= below.size() ? below[i - 1] : right_bottom);
    };
    const size_t ups = span.above.size() + 1, downs = below.size() + 1;
    for (size_t i = 0; i < std::max(ups, downs); ++i) {
      const size_t u = std::min(i, ups), d = std::min(i, downs);
      add_quad(upper(u), upper(std::min(i + 1, ups)), lower(std::min(i + 1, downs)), lower(d));
    }
    add_soft_edge(left_top, left_bottom);
    add_soft_edge(right_top, right_bottom);
  }

  void add_soft_edge(const MeshCorner& top, const MeshCorner& bottom) {
    add_quad(top, {top.at, top.shift * -1, 0}, {bottom.at, bottom.shift * -1, 0}, bottom);
  }

  void add_quad(const MeshCorner& a, const MeshCorner& b, const MeshCorner& c,
                const MeshCorner& d) {
    quads_.insert(quads_.end(), {a, b, c, d});
  }

  std::vector<MeshCorner>& quads_;
  std::vector<Edge> edges_;
  std::vector<uint32_t> active_;  // from left to right
  std::vector<Span> open_;
};

}  // namespace

void fill_contours(const FlatPath& path, std::vector<MeshCorner>& quads) {
  Sweep(path, quads).run();
}

}  // namespace vitrine::gfx
