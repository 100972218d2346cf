// SPDX-License-Identifier: MIT
// The inside of contours, cut into spans between a left and a right edge by a sweep from top to
// bottom. What a span shows of the outline becomes a soft edge: its corners lie half a pixel
// inside, and a strip of one pixel leads from them to nothing. Corners that meet are equal, so that
// nothing shines through however the whole is turned.
#include <algorithm>
#include <cmath>

#include "engine/gfx/path.h"

namespace vitrine::gfx {
namespace {

// The sweep runs along y leaned by this, so that level edges are edges like others.
constexpr double kLean = 1.0 / 1024 + 1.0 / 65536;
// Points that are one, in points.
constexpr double kSame = 1e-6;
constexpr double kNever = 1e30;
// The longest shift at a sharp corner, in those of a straight edge.
constexpr float kMostShift = 2;

struct Edge {
  double top = 0, bottom = 0;  // along the sweep
  Vec2 upper, lower;
  Vec2 upper_out, lower_out;  // to the right, of half a pixel's length where it is straight
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
  const float far = length(d);
  return far > 0 ? Vec2{d.y / far, -d.x / far} : Vec2{};
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
    sort_edges();
  }

  void run() {
    size_t next = 0;
    while (next < edges_.size() || !active_.empty()) {
      double y = next < edges_.size() ? edges_[next].top : kNever;
      for (const uint32_t e : active_) y = std::min(y, edges_[e].bottom);
      sweep_to(y);
      size_t kept = 0;
      for (const uint32_t e : active_) {
        if (edges_[e].bottom > y) active_[kept++] = e;
      }
      active_.resize(kept);
      for (; next < edges_.size() && edges_[next].top <= y; ++next) {
        active_.push_back(static_cast<uint32_t>(next));
      }
      y_ = y;
    }
    sweep_to(kNever);
  }

 private:
  // `above`: corners of what ended where this one began, between its own; in corners_.
  struct Span {
    uint32_t left = 0, right = 0;
    double since = 0;
    uint32_t above = 0, above_count = 0;
    bool goes_on = false;
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

  // Shell's sort: outlines come in long runs, and it is a tenth of std::sort's code.
  void sort_edges() {
    for (size_t gap : {701u, 301u, 132u, 57u, 23u, 10u, 4u, 1u}) {
      for (size_t i = gap; i < edges_.size(); ++i) {
        const Edge edge = edges_[i];
        size_t k = i;
        for (; k >= gap && edge.top < edges_[k - gap].top; k -= gap) edges_[k] = edges_[k - gap];
        edges_[k] = edge;
      }
    }
  }

  // From where it is to `bottom` edges only cross; at each crossing the spans may change.
  void sweep_to(double bottom) {
    while (y_ < bottom) {
      sort_active(bottom);
      find_spans();
      change_spans(y_);
      y_ = first_crossing(bottom);
    }
  }

  // An insertion sort: nearly sorted already, and at ease with edges that lie upon each other.
  void sort_active(double bottom) {
    const auto before = [&](uint32_t a, uint32_t b) {
      const double d = edges_[a].x_at(y_) - edges_[b].x_at(y_);
      return d < -kSame || (d < kSame && edges_[a].x_at(bottom) < edges_[b].x_at(bottom));
    };
    for (size_t i = 1; i < active_.size(); ++i) {
      for (size_t k = i; k > 0 && before(active_[k], active_[k - 1]); --k) {
        std::swap(active_[k], active_[k - 1]);
      }
    }
  }

  double first_crossing(double bottom) const {
    double first = bottom;
    for (size_t i = 1; i < active_.size(); ++i) {
      const Edge& a = edges_[active_[i - 1]];
      const Edge& b = edges_[active_[i]];
      const double apart = b.x_at(y_) - a.x_at(y_);
      const double past = a.x_at(bottom) - b.x_at(bottom);
      if (past <= kSame || apart < 0) continue;
      const double at = y_ + (bottom - y_) * apart / (apart + past);
      if (at > y_ + kSame) first = std::min(first, at);
    }
    return bottom - first < kSame ? bottom : first;
  }

  // Rounding may leave an edge without its other half; what is not closed is nothing.
  void find_spans() {
    now_.clear();
    int winding = 0;
    uint32_t left = 0;
    for (const uint32_t e : active_) {
      const int before = winding;
      winding += edges_[e].winding;
      if (before == 0) left = e;
      if (before != 0 && winding == 0) now_.push_back({left, e, y_});
    }
  }

  MeshCorner inner(uint32_t e, double y, bool left) const {
    const Edge& edge = edges_[e];
    const float t = static_cast<float>(edge.share_at(y));
    const Vec2 out = lerp(edge.upper_out, edge.lower_out, t);
    return {lerp(edge.upper, edge.lower, t), left ? out : out * -1, 1};
  }

  // From the open spans to those of now: the same ones stay, the others end or begin at `y`.
  void change_spans(double y) {
    for (Span& span : now_) {
      for (Span& open : open_) {
        if (open.left != span.left || open.right != span.right) continue;
        open.goes_on = true;
        span = open;
      }
    }
    for (const Span& span : open_) {
      if (span.goes_on) continue;
      const auto below = static_cast<uint32_t>(corners_.size());
      emit(span, y, below, add_corners_within(span, y, now_));
      corners_.resize(below);
    }
    for (Span& span : now_) {
      if (span.goes_on) continue;
      span.above = static_cast<uint32_t>(corners_.size());
      span.above_count = add_corners_within(span, y, open_);
    }
    for (Span& span : now_) span.goes_on = false;
    std::swap(open_, now_);
    if (open_.empty()) corners_.clear();
  }

  // The corners that `others`, which end or begin at `y`, have between the two edges of `span`.
  uint32_t add_corners_within(const Span& span, double y, const std::vector<Span>& others) {
    const double left = edges_[span.left].x_at(y), right = edges_[span.right].x_at(y);
    const size_t before = corners_.size();
    for (const Span& other : others) {
      if (other.goes_on) continue;
      for (const uint32_t e : {other.left, other.right}) {
        const double x = edges_[e].x_at(y);
        if (x <= left + kSame || x >= right - kSame) continue;
        const MeshCorner corner = inner(e, y, e == other.left);
        const MeshCorner* last = corners_.size() > before ? &corners_.back() : nullptr;
        if (last && last->at == corner.at && last->shift == corner.shift) continue;
        corners_.push_back(corner);
      }
    }
    return static_cast<uint32_t>(corners_.size() - before);
  }

  void emit(const Span& span, double y, uint32_t below, uint32_t below_count) {
    const MeshCorner top[2] = {inner(span.left, span.since, true),
                               inner(span.right, span.since, false)};
    const MeshCorner bottom[2] = {inner(span.left, y, true), inner(span.right, y, false)};
    const uint32_t ups = span.above_count + 1, downs = below_count + 1;
    const auto upper = [&](uint32_t i) {
      return i == 0 ? top[0] : (i < ups ? corners_[span.above + i - 1] : top[1]);
    };
    const auto lower = [&](uint32_t i) {
      return i == 0 ? bottom[0] : (i < downs ? corners_[below + i - 1] : bottom[1]);
    };
    for (uint32_t i = 0; i < std::max(ups, downs); ++i) {
      add_quad(upper(i), upper(i + 1), lower(i + 1), lower(i));
    }
    for (int side = 0; side < 2; ++side) {
      add_quad(top[side], {top[side].at, top[side].shift * -1, 0},
               {bottom[side].at, bottom[side].shift * -1, 0}, bottom[side]);
    }
  }

  void add_quad(const MeshCorner& a, const MeshCorner& b, const MeshCorner& c,
                const MeshCorner& d) {
    for (const MeshCorner* corner : {&a, &b, &c, &d}) quads_.push_back(*corner);
  }

  std::vector<MeshCorner>& quads_;
  std::vector<Edge> edges_;
  std::vector<uint32_t> active_;  // from left to right
  std::vector<Span> open_, now_;
  std::vector<MeshCorner> corners_;
  double y_ = -kNever;
};

}  // namespace

void fill_contours(const FlatPath& path, std::vector<MeshCorner>& quads) {
  Sweep(path, quads).run();
}

}  // namespace vitrine::gfx
