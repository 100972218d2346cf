// SPDX-License-Identifier: MIT
#include "engine/ui/text_field.h"

#include <utility>

#include "engine/ui/describe.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;
using input::Handled;

constexpr float kDotPitch = 0.62f, kDotSize = 0.3f;  // em
constexpr float kBlinkSeconds = 1.06f;               // on for one half, off for the other

}  // namespace

TextField::TextField(std::string_view name, size_t most, Content content)
    : name_(name), edit_(most), content_(content) {}

void TextField::set_enabled(bool enabled) {
  enabled_ = enabled;
  if (!enabled) tap_.reset();
}

bool TextField::take_activated() {
  return std::exchange(activated_, false);
}

bool TextField::take_changed() {
  return std::exchange(changed_, false);
}

void TextField::change() {
  changed_ = true;
  problem_.clear();
  blink_ = 0;
}

void TextField::insert(std::string_view utf8) {
  if (!enabled_) return;
  edit_.insert(utf8);
  change();
}

void TextField::erase_before() {
  if (enabled_ && edit_.erase_before()) change();
}

bool TextField::write(uint32_t id, const TextInput& input) {
  const bool mine = id == widget_id(name_) || (id == 0 && active_);
  if (!mine || !enabled_) return false;
  switch (input.kind) {
    case TextInput::Kind::Insert:
      insert(input.text);
      break;
    case TextInput::Kind::EraseBefore:
      erase_before();
      break;
    case TextInput::Kind::EraseBehind:
      if (edit_.erase_behind()) change();
      break;
    case TextInput::Kind::Replace:
      edit_.set_text(input.text);
      edit_.set_caret(input.caret);
      change();
      break;
  }
  return true;
}

uint32_t TextField::step(uint32_t id, int direction) {
  if (id != widget_id(name_)) return 0;
  edit_.move(direction);
  blink_ = 0;
  return id;
}

// On a phone the page's own field is what is touched.
void TextField::focus_moved(uint32_t id) {
  if (id == widget_id(name_) && enabled_) activated_ = true;
}

bool TextField::activate(uint32_t id) {
  if (id != widget_id(name_) || !enabled_) return false;
  activated_ = true;
  return true;
}

Handled TextField::handle(const input::PointerEvent& event) {
  if (!enabled_) return Handled::No;
  const input::Tap::Result result = tap_.handle(event, bounds_);
  if (result == input::Tap::Result::Activated) {
    activated_ = wants_caret_ = true;
    tapped_x_ = event.position.x;
  }
  return result == input::Tap::Result::Ignored ? Handled::No : Handled::Yes;
}

void TextField::update(float dt) {
  blink_ = wrapped(blink_ + dt, kBlinkSeconds);
}

bool TextField::at_rest() const {
  return !active_ || reduced_motion_;
}

// Points from the text's beginning to what lies behind its first `bytes`.
float TextField::width_of(gfx::Canvas& canvas, size_t bytes) const {
  const std::string_view part = edit_.text().substr(0, bytes);
  if (content_ == Content::Plain) return canvas.measure_text(part, 0, style({})).width;
  size_t dots = 0;
  for (const char c : part) dots += (c & 0xC0) != 0x80;
  return static_cast<float>(dots) * kDotPitch * text_size_;
}

gfx::TextStyle TextField::style(const Color& color) const {
  gfx::TextStyle text;
  text.size = text_size_;
  text.color = color;
  return text;
}

// To the gap between two code points that is nearest to the finger.
void TextField::place_caret(gfx::Canvas& canvas) {
  wants_caret_ = false;
  blink_ = 0;
  const float wanted = tapped_x_ - bounds_.x - padding() + scroll_;
  edit_.set_caret(0);
  float last = 0;
  while (edit_.move(+1)) {
    const float here = width_of(canvas, edit_.caret());
    if (here >= wanted) {
      if (wanted - last < here - wanted) edit_.move(-1);
      return;
    }
    last = here;
  }
}

void TextField::scroll_to_caret(gfx::Canvas& canvas) {
  const float room = bounds_.width - 2 * padding();
  caret_x_ = width_of(canvas, edit_.caret());
  const float whole = width_of(canvas, edit_.text().size());
  if (caret_x_ - scroll_ > room) scroll_ = caret_x_ - room;
  if (caret_x_ < scroll_) scroll_ = caret_x_;
  scroll_ = clamp(scroll_, 0, whole > room ? whole - room : 0);
}

void TextField::draw_box(Painter& painter) const {
  const Theme& theme = painter.theme;
  const float radius = corner(), u = painter.metrics.phone() ? 1.0f : 2.0f;
  const bool deep = ground_ == Ground::Deep;
  const Color quiet = deep ? theme.on_dark.with_alpha(0.5f) : theme.mute.with_alpha(0.75f);
  const Color strong = deep ? theme.line_light : theme.line;
  const Color line = !problem_.empty() ? (deep ? theme.line_light : theme.danger)
                     : active_         ? strong
                                       : quiet;
  painter.canvas.fill_rect(bounds_, CornerRadii::all(radius),
                           Paint::solid(deep ? theme.glass_deep : theme.paper));
  painter.canvas.stroke_rect(bounds_, CornerRadii::all(radius),
                             active_ || !problem_.empty() ? 2 * u : u, Paint::solid(line));
  if (!active_ && problem_.empty()) draw_outline(painter, bounds_, radius, ground_);
}

void TextField::draw_caret(Painter& painter) const {
  const bool off = !reduced_motion_ && blink_ > kBlinkSeconds / 2;
  if (!active_ || !enabled_ || off) return;
  const Theme& theme = painter.theme;
  const float x = bounds_.x + padding() + caret_x_ - scroll_;
  const Vec2 middle{x, bounds_.center().y};
  painter.canvas.draw_line(middle - Vec2{0, text_size_ * 0.55f},
                           middle + Vec2{0, text_size_ * 0.55f}, text_size_ * 0.06f,
                           ground_ == Ground::Deep ? theme.line_light : theme.accent);
}

void TextField::draw_written(Painter& painter, Vec2 at, const Color& color) const {
  if (content_ == Content::Plain) {
    painter.canvas.draw_text(edit_.text(), {at.x, at.y - text_size_ * 0.65f}, 0, style(color));
    return;
  }
  const float size = kDotSize * text_size_, pitch = kDotPitch * text_size_;
  for (size_t i = 0; i < edit_.length(); ++i) {
    const float x = at.x + (static_cast<float>(i) + 0.5f) * pitch;
    painter.canvas.fill_rect({x - size / 2, at.y - size / 2, size, size},
                             CornerRadii::all(size / 2), Paint::solid(color));
  }
}

void TextField::draw(Painter& painter) {
  if (wants_caret_) place_caret(painter.canvas);
  scroll_to_caret(painter.canvas);
  const Theme& theme = painter.theme;
  const bool deep = ground_ == Ground::Deep;
  painter.canvas.push_opacity(enabled_ ? 1.0f : 0.45f);
  draw_box(painter);
  const Rect inner{bounds_.x + padding(), bounds_.y, bounds_.width - 2 * padding(), bounds_.height};
  if (edit_.text().empty()) {
    draw_label(painter, hint_, inner, style(deep ? theme.on_dark.with_alpha(0.7f) : theme.mute));
  } else {
    painter.canvas.push_clip(inner.outset(text_size_ * 0.1f));
    draw_written(painter, {inner.x - scroll_, inner.center().y}, deep ? theme.on_dark : theme.ink);
    painter.canvas.pop_clip();
  }
  draw_caret(painter);
  if (!problem_.empty()) {
    gfx::TextStyle small = style(deep ? theme.line_light : theme.danger);
    small.size = text_size_ * 0.7f;
    draw_label(painter, problem_,
               {inner.x, bounds_.bottom() + text_size_ * 0.15f, inner.width, small.size * 1.3f},
               small);
  }
  painter.canvas.pop_opacity();
}

void TextField::describe(SemanticTree& tree) const {
  SemanticNode& node = describe_node(tree, Role::TextField, name_, label_, bounds_);
  node.description = problem_.empty() ? hint_ : problem_;
  if (content_ == Content::Plain) node.value = edit_.text();
  node.range = {static_cast<float>(edit_.length()), 0, static_cast<float>(edit_.most())};
  node.state.disabled = !enabled_;
  node.state.secret = content_ == Content::Secret;
  node.state.invalid = !problem_.empty();
  node.corner = corner();
  node.activatable = enabled_;
}

}  // namespace vitrine::ui
