// SPDX-License-Identifier: MIT
#include "engine/ui/bottom_sheet.h"

#include <cmath>
#include <utility>

#include "engine/ui/describe.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;
using input::Handled;
using input::PanUpdate;
using input::PointerEvent;
using input::PointerPhase;

constexpr float kPhoneUnit = 0.4f;
constexpr float kMostOfScreen = 0.86f;
// Points of the kiosk's design.
constexpr float kRadius = 72, kPhoneRadius = 28, kTop = 72, kGripWidth = 96, kGripHeight = 10;
constexpr float kGripSeen = 0.75f;    // 3:1 to the paper around it
constexpr float kOvershoot = 120;     // drawn below the screen, so that no swing shows a gap
constexpr float kThrown = 900;        // points a second
constexpr float kPulledShare = 0.3f;  // of its height
constexpr Rect kAnywhere{-10000, -10000, 20000, 20000};

}  // namespace

BottomSheet::BottomSheet(std::string_view name, std::string_view grip)
    : name_(name), grip_(grip, ButtonKind::Bare) {}

void BottomSheet::set_label(std::string_view label, std::string_view close) {
  label_ = label;
  grip_.set_label(close);
}

float BottomSheet::content_room(const Metrics& metrics) {
  const float top = kTop * (metrics.phone() ? kPhoneUnit : 1);
  return metrics.size.height * kMostOfScreen - metrics.insets.bottom - top;
}

Rect BottomSheet::layout_sheet(const Metrics& metrics, float content_height, float most_width) {
  const bool phone = metrics.phone();
  unit_ = phone ? kPhoneUnit : 1;
  const float top = kTop * unit_, insets = metrics.insets.bottom;
  const float room = content_room(metrics);
  const float height = top + (content_height < room ? content_height : room);
  const float all = metrics.size.width;
  const float width = metrics.landscape() && most_width < all ? most_width : all;
  sheet_ = {(metrics.size.width - width) / 2, metrics.size.height - height - insets, width,
            height + insets};
  window_ = {sheet_.x, sheet_.y + top, width, height - top};
  scroll_.set_extent(content_height - window_.height);
  grip_.set_bounds({sheet_.center().x - kGripWidth * unit_ / 2, sheet_.y + top * 0.38f,
                    kGripWidth * unit_, kGripHeight * unit_});
  grip_.set_least_target(metrics.target);
  pan_.set_slop(phone ? 8.0f : 14.0f);
  return {sheet_.x + metrics.margin, window_.y, width - 2 * metrics.margin, content_height};
}

void BottomSheet::open() {
  open_ = true;
  closed_ = false;
  scroll_.jump(0);
  risen_.set_target(1);
}

void BottomSheet::show_open() {
  open();
  risen_.jump(1);
}

void BottomSheet::close() {
  open_ = false;
  risen_.set_target(0);
  release();
}

void BottomSheet::dismiss(float velocity) {
  close();
  risen_.set_velocity(-velocity / (sheet_.height + kBelow * unit_));
  closed_ = true;
}

bool BottomSheet::take_closed() {
  return std::exchange(closed_, false);
}

bool BottomSheet::back() {
  if (!open_) return false;
  dismiss(0);
  return true;
}

void BottomSheet::release() {
  content_.release();
  grip_.release();
  beside_.reset();
  if (pan_.dragging() && open_) let_go_cancelled();
  pan_.reset();
}

// The longer a drag the more it is one: sideways belongs to what is on the sheet.
bool BottomSheet::begin_drag(const PointerEvent& event) {
  const Vec2 moved = event.position - pan_down_;
  if (std::fabs(moved.x) > std::fabs(moved.y)) {
    pan_.reset();
    return false;
  }
  PointerEvent cancel = event;
  cancel.phase = PointerPhase::Cancel;
  touch(cancel);
  pulled_ = 0;
  return true;
}

void BottomSheet::drag(float delta) {
  if (pulled_ == 0 && scroll_.extent() > 0) {
    const float back = scroll_.offset() > 0 ? scroll_.offset() : 0;
    const float scrolled = delta < back ? delta : back;
    scroll_.drag(scrolled);
    delta -= scrolled;
    if (delta == 0) return;
  }
  pulled_ += delta;
  if (pulled_ < 0 && scroll_.extent() > 0) pulled_ = 0;
  const float shown = pulled_ > 0 ? pulled_ : input::rubber_band(pulled_, 0.1f);
  risen_.jump(1 - shown / (sheet_.height + kBelow * unit_));
}

void BottomSheet::let_go(float velocity) {
  if (pulled_ == 0) return scroll_.fling(velocity);
  const bool thrown = velocity > kThrown * unit_;
  const bool pulled = pulled_ > sheet_.height * kPulledShare && velocity >= 0;
  pulled_ = 0;
  if (thrown || pulled) return dismiss(velocity);
  rise(velocity);
}

void BottomSheet::rise(float velocity) {
  risen_.set_velocity(-velocity / sheet_.height);
  risen_.set_target(1);
}

void BottomSheet::let_go_cancelled() {
  if (pulled_ == 0) return scroll_.fling(0);
  pulled_ = 0;
  rise(0);
}

void BottomSheet::follow_pan(const PointerEvent& event) {
  const PanUpdate update = pan_.handle(event);
  switch (update.kind) {
    case PanUpdate::Kind::Caught:
      pan_pointer_ = event.pointer;
      pan_down_ = event.position;
      return;
    case PanUpdate::Kind::Began:
      if (begin_drag(event)) drag(update.delta);
      return;
    case PanUpdate::Kind::Moved:
      return drag(update.delta);
    case PanUpdate::Kind::Ended:
      drag(update.delta);
      return let_go(update.velocity);
    case PanUpdate::Kind::Cancelled:
      return let_go_cancelled();
    case PanUpdate::Kind::Ignored:
    case PanUpdate::Kind::Held:
    case PanUpdate::Kind::Tapped:
      return;
  }
}

// What lies on the sheet is laid out as if it were open and not scrolled.
void BottomSheet::touch(PointerEvent event) {
  event.position.y -= down();
  const bool down = event.phase == PointerPhase::Down;
  if (grip_.handle(event) == Handled::Yes && down) return;
  if (down && !window_.contains(event.position)) return;
  event.position.y += scroll_.offset();
  content_.handle(event);
}

Handled BottomSheet::handle(const PointerEvent& event) {
  if (!open_) return Handled::No;
  const bool down = event.phase == PointerPhase::Down;
  if (down && !on_sheet(event.position)) {
    beside_.handle(event, kAnywhere);
    return Handled::Yes;
  }
  if (!down && beside_.handle(event, kAnywhere) == input::Tap::Result::Activated &&
      !on_sheet(event.position)) {
    dismiss(0);
    return Handled::Yes;
  }
  const bool dragging = pan_.dragging() && event.pointer == pan_pointer_;
  follow_pan(event);
  if (!dragging && open_ && !(pan_.dragging() && event.pointer == pan_pointer_)) touch(event);
  return Handled::Yes;
}

void BottomSheet::update(float dt) {
  if (!pan_.dragging()) risen_.update(dt);
  scroll_.update(dt);
  content_.update(dt);
  grip_.update(dt);
  if (grip_.take_activated() && open_) dismiss(0);
}

bool BottomSheet::activate(uint32_t id) {
  return open_ && (content_.activate(id) || grip_.activate(id));
}

void BottomSheet::focus_moved(uint32_t id) {
  if (!open_ || scroll_.extent() <= 0) return;
  probe_.begin();
  content_.describe(probe_);
  probe_.end();
  const SemanticNode* node = probe_.find(id);
  if (!node) return;
  const float air = kTop / 2 * unit_;
  const float first = node->bounds.y - window_.y;
  scroll_.show(first - air, first + node->bounds.height + air, window_.height);
}

bool BottomSheet::at_rest() const {
  return !pan_.owned() && risen_.at_rest() && scroll_.at_rest() && content_.at_rest();
}

void BottomSheet::draw_sheet(Painter& painter) const {
  const Theme& theme = painter.theme;
  const float radius = painter.metrics.phone() ? kPhoneRadius : kRadius;
  const gfx::Shadow shadow{{0, -20 * unit_}, 60 * unit_, 0, theme.brand.with_alpha(0.22f)};
  painter.canvas.draw_shadow(sheet_, radius, shadow);
  const float bottom = painter.metrics.screen.bottom() + kOvershoot * unit_;
  const Rect body{sheet_.x, sheet_.y, sheet_.width, bottom - sheet_.y};
  painter.canvas.fill_rect(body, {radius, radius, 0, 0},
                           Paint::vertical(theme.sheet_top, theme.sheet_end));
  const Rect& grip = grip_.bounds();
  const float seen = kGripSeen + (1 - kGripSeen) * grip_.press();
  painter.canvas.fill_rect(grip, CornerRadii::all(grip.height / 2),
                           Paint::solid(theme.mute.with_alpha(seen)));
}

void BottomSheet::draw(Painter& painter) {
  if (!is_seen()) return;
  const float risen = clamp(risen_.value(), 0, 1);
  draw_scene_veil(painter, risen);
  gfx::Canvas& canvas = painter.canvas;
  canvas.push_transform(Transform2D::translation({0, reduced_motion_ ? 0 : down()}));
  if (reduced_motion_) canvas.push_opacity(risen);
  draw_sheet(painter);
  const bool scrolls = scroll_.extent() > 0 || scroll_.offset() != 0;
  if (scrolls) canvas.push_clip(window_);
  canvas.push_transform(Transform2D::translation({0, -scroll_.offset()}));
  draw_content(painter);
  canvas.pop_transform();
  if (scrolls) canvas.pop_clip();
  if (reduced_motion_) canvas.pop_opacity();
  canvas.pop_transform();
}

void BottomSheet::describe(SemanticTree& tree) const {
  if (!open_) return;
  describe_node(tree, Role::Dialog, name_, label_, sheet_).state.modal = true;
  tree.open();
  const size_t first = tree.size();
  describe_words(tree);
  content_.describe(tree);
  tree.move_from(first, {0, -scroll_.offset()});
  grip_.describe(tree);
  tree.close();
}

}  // namespace vitrine::ui
