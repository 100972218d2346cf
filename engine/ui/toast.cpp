// SPDX-License-Identifier: MIT
#include "engine/ui/toast.h"

#include "engine/base/wipe.h"
#include "engine/ui/describe.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;

constexpr float kFadeSeconds = 0.2f;
// About how fast a slow reader reads; Chinese says in a sign (3 bytes) what English says in three.
constexpr float kLeastSeconds = 3, kSecondsAByte = 0.07f, kMostSeconds = 8;

}  // namespace

float Toast::seconds() const {
  const float reading = kSecondsAByte * static_cast<float>(queue_[0].size());
  return patience_ * clamp(1.5f + reading, kLeastSeconds, kMostSeconds);
}

void Toast::show(std::string_view words) {
  if (words.empty()) return;
  for (size_t i = 0; i < count_; ++i) {
    // What is fading away may be said again.
    if (queue_[i] == words && (i > 0 || state_ != State::Going)) return;
  }
  if (count_ == queue_.size()) drop(1);
  queue_[count_++] = words;
}

void Toast::clear() {
  for (std::string& words : queue_) wipe(words);
  count_ = 0;
  state_ = State::Waiting;
  fade_.jump(false);
  rise_.jump(0);
}

// Copied into wiped strings: swapped ones would leave the ends of longer words behind.
void Toast::drop(size_t at) {
  for (size_t i = at + 1; i < count_; ++i) {
    wipe(queue_[i - 1]);
    queue_[i - 1] = queue_[i];
  }
  wipe(queue_[--count_]);
}

void Toast::begin() {
  state_ = State::Shown;
  left_ = seconds();
  fade_.set(true);
  rise_.set_target(1);
}

void Toast::update(float dt) {
  if (count_ == 0) return;
  fade_.update(dt, kFadeSeconds);
  rise_.update(dt);
  switch (state_) {
    case State::Waiting:
      return begin();
    case State::Shown:
      left_ -= dt;
      if (left_ > 0) return;
      state_ = State::Going;
      fade_.set(false);
      rise_.set_target(0);
      return;
    case State::Going:
      if (!fade_.at_rest()) return;
      drop(0);
      state_ = State::Waiting;
      if (count_ > 0) begin();
      return;
  }
}

void Toast::layout(const Rect& area, float text_size) {
  area_ = area;
  text_size_ = text_size;
}

void Toast::draw(Painter& painter) {
  const float seen = fade_.value();
  if (count_ == 0 || seen <= 0) return;
  const Theme& theme = painter.theme;
  gfx::TextStyle style;
  style.size = text_size_;
  style.align = gfx::TextAlign::Center;
  style.max_lines = 2;
  style.color = theme.on_dark;
  const float side = text_size_ * 1.1f, above = text_size_ * 0.6f;
  const gfx::TextMeasure words =
      painter.canvas.measure_text(queue_[0], area_.width - 2 * side, style);
  const float width = words.width + 2 * side, height = words.height + 2 * above;
  const Rect box{area_.center().x - width / 2, area_.bottom() - height, width, height};
  const float radius = words.lines > 1 ? text_size_ : height / 2;
  const float down = reduced_motion_ ? 0 : (1 - rise_.value()) * height * 0.6f;
  painter.canvas.push_opacity(seen);
  painter.canvas.push_transform(Transform2D::translation({0, down}));
  painter.canvas.draw_shadow(box, radius, {{0, 0.3f * text_size_}, text_size_, 0, theme.shadow});
  painter.canvas.fill_rect(box, CornerRadii::all(radius), Paint::solid(theme.notice));
  painter.canvas.draw_text(queue_[0], {area_.x + side, box.y + above}, area_.width - 2 * side,
                           style);
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
}

// The node is always there, so that screen readers notice when its words change.
void Toast::describe(SemanticTree& tree) const {
  describe_node(tree, Role::Status, name_, words(), area_);
}

}  // namespace vitrine::ui
