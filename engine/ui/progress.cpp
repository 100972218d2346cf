// SPDX-License-Identifier: MIT
#include "engine/ui/progress.h"

#include "engine/ui/describe.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;

constexpr float kRound = 1.4f;  // seconds of one round when nobody knows how long
constexpr float kPiece = 0.28f;
constexpr float kPi = 3.14159265f;

}  // namespace

void Progress::set_share(float share) {
  known_ = true;
  share_ = clamp(share, 0, 1);
  shown_.set_target(share_);
}

void Progress::jump(float share) {
  set_share(share);
  shown_.jump(share_);
}

void Progress::update(float dt) {
  shown_.update(dt);
  if (!known_) time_ = wrapped(time_ + dt, kRound);
}

void Progress::draw_bar(Painter& painter, const Color& track, const Color& mark) const {
  const CornerRadii radii = CornerRadii::all(bounds_.height / 2);
  painter.canvas.fill_rect(bounds_, radii, Paint::solid(track));
  Rect done = bounds_;
  if (known_) {
    const float least = bounds_.height;  // a whole round end is to be seen
    done.width = shown_.value() <= 0 ? 0 : lerp(least, bounds_.width, clamp(shown_.value(), 0, 1));
  } else {
    done.width *= kPiece;
    const float way = reduced_motion_ ? 0.5f : 0.5f - 0.5f * cosine(2 * kPi * time_ / kRound);
    done.x += way * (bounds_.width - done.width);
  }
  if (done.width > 0) painter.canvas.fill_rect(done, radii, Paint::solid(mark));
}

void Progress::draw_ring(Painter& painter, const Color& track, const Color& mark) const {
  const float side = bounds_.width < bounds_.height ? bounds_.width : bounds_.height;
  const float width = side * 0.1f, radius = (side - width) / 2;
  const Vec2 center = bounds_.center();
  painter.canvas.draw_arc(center, radius, width, 0, 1, track);
  if (known_) {
    const float share = clamp(shown_.value(), 0, 1);
    if (share > 0) painter.canvas.draw_arc(center, radius, width, 0, share, mark);
    return;
  }
  const float from = reduced_motion_ ? 0 : time_ / kRound;
  painter.canvas.draw_arc(center, radius, width, from, from + kPiece, mark);
}

void Progress::draw(Painter& painter) {
  const Theme& theme = painter.theme;
  const bool deep = ground_ == Ground::Deep;
  Color mark = deep ? theme.line_light : theme.accent;
  // What does not move breathes instead.
  if (!known_ && reduced_motion_) mark.a *= 0.75f + 0.25f * cosine(2 * kPi * time_ / kRound);
  const Color track = (deep ? theme.on_dark : theme.brand).with_alpha(0.18f);
  shape_ == Shape::Bar ? draw_bar(painter, track, mark) : draw_ring(painter, track, mark);
}

void Progress::describe(SemanticTree& tree) const {
  SemanticNode& node = describe_node(tree, Role::ProgressBar, name_, label_, bounds_);
  if (known_) node.range = {rounded(share_ * 100), 0, 100};
}

}  // namespace vitrine::ui
