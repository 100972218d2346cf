// SPDX-License-Identifier: MIT
#include "engine/ui/dialog.h"

#include <charconv>
#include <utility>

#include "engine/ui/describe.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;

// Points of the kiosk's design.
constexpr float kWidth = 880, kSide = 72, kRadius = 72;
constexpr float kDisc = 240, kDiscBelow = 10;  // how far its middle is below the card's edge
constexpr float kTitle = 84, kText = 40, kCode = 28, kNumber = 96;
constexpr float kPrimary = 144, kSecondary = 104;
constexpr float kPhoneUnit = 0.4f;
constexpr float kTop = 0.365f;  // of a portrait screen's height: within reach, below the eyes
constexpr float kLeastUnit = 0.6f;
constexpr float kLeastTitle = 0.7f;  // of its size, before it takes a second line
constexpr float kVeilSeconds = 0.2f;
constexpr float kBeatsFrom = 5;  // seconds left

gfx::TextStyle title_style(float unit, const Color& color) {
  gfx::TextStyle style;
  style.family = FontFamily::Display;
  style.weight = FontWeight::Bold;
  style.size = kTitle * unit;
  style.line_height = 1.12f;
  style.align = gfx::TextAlign::Center;
  style.max_lines = 2;
  style.color = color;
  return style;
}

gfx::TextStyle text_style(float unit, const Color& color) {
  gfx::TextStyle style;
  style.size = kText * unit;
  style.align = gfx::TextAlign::Center;
  style.max_lines = 4;
  style.color = color;
  return style;
}

// Seconds that have begun: 0 only at the very end.
int whole_seconds(float left) {
  const int whole = static_cast<int>(left);
  return static_cast<float>(whole) < left ? whole + 1 : whole;
}

}  // namespace

Dialog::Dialog(std::string_view name, std::string_view primary, std::string_view secondary)
    : name_(name),
      title_name_(std::string(name) + "-title"),
      text_name_(std::string(name) + "-text"),
      code_name_(std::string(name) + "-code"),
      countdown_name_(std::string(name) + "-countdown"),
      primary_(primary, ButtonKind::Primary),
      secondary_(secondary, ButtonKind::Ghost) {
  screen_.add(primary_);
  screen_.add(secondary_);
}

void Dialog::set_words(const DialogWords& words) {
  title_ = words.title;
  text_ = words.text;
  code_ = words.code;
  countdown_ = words.countdown;
  primary_.set_label(words.primary);
  secondary_.set_label(words.secondary);
  secondary_.set_shown(!words.secondary.empty());
}

void Dialog::set_icon(std::string_view path, std::string_view group) {
  icon_path_ = path;
  icon_group_ = group;
}

void Dialog::set_countdown(float seconds) {
  total_ = left_ = seconds > 0 ? seconds : 0;
}

Dialog::Parts Dialog::measure(gfx::Canvas& canvas, float width, float unit) const {
  Parts parts;
  parts.unit = unit;
  const float side = kSide * unit, inner = width - 2 * side;
  float y = (has_disc() ? 174 : kSide) * unit;
  const auto take = [&](float height, float gap) {
    const Rect area{side, y, inner, height};
    y += height + gap * unit;
    return area;
  };
  const gfx::TextStyle title = fitted(canvas, title_, inner, title_style(unit, {}), kLeastTitle);
  parts.title = take(canvas.measure_text(title_, inner, title).height, 22);
  parts.text = take(canvas.measure_text(text_, inner, text_style(unit, {})).height, 51);
  parts.primary = take(kPrimary * unit, 28);
  if (secondary_.shown()) parts.secondary = take(kSecondary * unit, 28);
  if (!code_.empty()) parts.code = take(kCode * 1.3f * unit, 28);
  parts.card = {width, y + (kSide - 28) * unit};
  return parts;
}

void Dialog::layout(gfx::Canvas& canvas, const Metrics& metrics) {
  const Rect safe = metrics.safe();
  const float design = metrics.phone() ? kPhoneUnit : 1;
  const float room = safe.width - 2 * metrics.margin;
  const float width = room < kWidth * design ? room : kWidth * design;
  parts_ = measure(canvas, width, design);
  // A low screen gets a smaller card rather than a cut one.
  const float over = has_disc() ? (kDisc / 2 - kDiscBelow) * design : 0;
  const float height = safe.height - metrics.margin - over;
  if (parts_.card.height > height) {
    parts_ = measure(canvas, width, design * clamp(height / parts_.card.height, kLeastUnit, 1));
  }
  place(metrics);
}

void Dialog::place(const Metrics& metrics) {
  const Rect safe = metrics.safe();
  const float u = parts_.unit;
  const float over = has_disc() ? (kDisc / 2 - kDiscBelow) * u : 0;
  const Size size = parts_.card;
  const float middle = safe.y + (safe.height - size.height + over) / 2;
  const float wanted = metrics.form == Form::Portrait ? metrics.size.height * kTop : middle;
  const float lowest = safe.bottom() - metrics.margin / 2 - size.height;
  const float y = wanted < lowest ? wanted : lowest;
  const float highest = safe.y + over + metrics.margin / 4;
  card_ = {safe.center().x - size.width / 2, y > highest ? y : highest, size.width, size.height};
  const Vec2 corner{card_.x, card_.y};
  primary_.set_bounds(parts_.primary.moved(corner));
  primary_.set_text_size(56 * u);
  primary_.set_least_target(metrics.target);
  secondary_.set_bounds(parts_.secondary.moved(corner));
  secondary_.set_text_size(40 * u);
  secondary_.set_least_target(metrics.target);
}

void Dialog::open() {
  open_ = true;
  choice_ = last_ = Choice::None;
  veil_.set(true);
  risen_.set_target(1);
}

void Dialog::show_open() {
  open();
  veil_.jump(true);
  risen_.jump(1);
}

void Dialog::close() {
  open_ = false;
  veil_.set(false);
  risen_.set_target(0);
  release();
}

Dialog::Choice Dialog::take_choice() {
  return std::exchange(choice_, Choice::None);
}

bool Dialog::back() {
  if (!open_) return false;
  choose(safe_);
  return true;
}

input::Handled Dialog::handle(const input::PointerEvent& event) {
  if (!open_) return input::Handled::No;
  screen_.handle(event);
  return input::Handled::Yes;
}

void Dialog::update(float dt) {
  veil_.update(dt, kVeilSeconds);
  risen_.update(dt);
  screen_.update(dt);
  if (primary_.take_activated()) choose(Choice::Primary);
  if (secondary_.take_activated()) choose(Choice::Secondary);
  if (!open_ || total_ <= 0 || left_ <= 0) return;
  left_ = clamp(left_ - dt, 0, total_);
  if (left_ <= 0) choose(Choice::TimedOut);
}

bool Dialog::at_rest() const {
  const bool counts = open_ && total_ > 0 && left_ > 0;
  return !counts && veil_.at_rest() && risen_.at_rest() && screen_.at_rest();
}

void Dialog::draw(Painter& painter) {
  const float seen = veil_.value();
  if (seen <= 0) return;
  draw_scene_veil(painter, seen);
  const float down = reduced_motion_ ? 0 : 1 - risen_.value();
  const float scale = 1 - 0.06f * down;
  const Vec2 middle = card_.center();
  painter.canvas.push_transform({scale, 0, 0, scale, middle.x * (1 - scale),
                                 middle.y * (1 - scale) + 40 * parts_.unit * down});
  painter.canvas.push_opacity(seen);
  draw_card(painter);
  painter.canvas.pop_opacity();
  painter.canvas.pop_transform();
}

void Dialog::draw_card(Painter& painter) {
  draw_face(painter);
  draw_words(painter);
  if (has_disc()) draw_disc(painter);
  primary_.draw(painter);
  secondary_.draw(painter);
}

void Dialog::draw_face(Painter& painter) const {
  const float u = parts_.unit;
  const Theme& theme = painter.theme;
  const gfx::Shadow shadow{{0, 50 * u}, 120 * u, 0, theme.brand_deep.with_alpha(0.6f)};
  painter.canvas.draw_shadow(card_, kRadius * u, shadow);
  painter.canvas.fill_rect(card_, CornerRadii::all(kRadius * u),
                           Paint::vertical(theme.sheet_top, theme.sheet_end));
}

void Dialog::draw_words(Painter& painter) const {
  const Theme& theme = painter.theme;
  const Vec2 corner{card_.x, card_.y};
  draw_label(painter, title_, parts_.title.moved(corner), title_style(parts_.unit, theme.ink),
             kLeastTitle);
  gfx::TextStyle style = text_style(parts_.unit, theme.mute);
  draw_label(painter, text_, parts_.text.moved(corner), style, 1);
  if (code_.empty()) return;
  style.size = kCode * parts_.unit;
  style.max_lines = 1;
  draw_label(painter, code_, parts_.code.moved(corner), style);
}

Rect Dialog::disc() const {
  const float radius = kDisc / 2 * parts_.unit;
  const Vec2 center{card_.center().x, card_.y + kDiscBelow * parts_.unit};
  return {center.x - radius, center.y - radius, 2 * radius, 2 * radius};
}

void Dialog::draw_disc(Painter& painter) const {
  const float u = parts_.unit;
  const Theme& theme = painter.theme;
  const Rect disc = this->disc();
  const Vec2 center = disc.center();
  const float radius = disc.height / 2;
  gfx::Canvas& canvas = painter.canvas;
  canvas.draw_shadow(disc, radius, {{0, 16 * u}, 44 * u, 0, theme.shadow});
  if (total_ > 0) {
    canvas.fill_rect(disc, CornerRadii::all(radius),
                     Paint::vertical(theme.sheet_top, theme.sheet_end));
    return draw_ring(painter, center);
  }
  canvas.fill_rect(disc, CornerRadii::all(radius),
                   Paint::vertical(lerp(theme.brand, theme.accent, 0.25f),
                                   lerp(theme.brand, theme.brand_deep, 0.6f)));
  canvas.push_clip(disc, radius);
  canvas.draw_glow({center.x - 30 * u, center.y - 50 * u}, 150 * u, theme.accent.with_alpha(0.5f));
  canvas.pop_clip();
  canvas.stroke_rect(disc, CornerRadii::all(radius), 4 * u, Paint::solid(theme.line_light));
  draw_drawing_centered(painter, {icon_path_, icon_group_, 640 * u, 0, theme.on_dark}, center);
}

void Dialog::draw_ring(Painter& painter, Vec2 center) const {
  const float u = parts_.unit;
  const Theme& theme = painter.theme;
  constexpr float kRadiusOfRing = 96, kStroke = 14;
  painter.canvas.draw_arc(center, kRadiusOfRing * u, kStroke * u, 0, 1,
                          theme.accent.with_alpha(0.2f));
  if (left_ > 0) {
    painter.canvas.draw_arc(center, kRadiusOfRing * u, kStroke * u, 0, left_ / total_,
                            theme.accent);
  }
  const int whole = whole_seconds(left_);
  // Each of the last seconds begins with a beat.
  const float passed = static_cast<float>(whole) - left_;
  const bool beats = left_ > 0 && left_ <= kBeatsFrom && !reduced_motion_;
  gfx::TextStyle style = title_style(u, theme.accent_text);
  style.size = kNumber * u * (beats ? 1.06f - 0.06f * ease_out(passed / 0.4f) : 1);
  char digits[8];
  const char* end = std::to_chars(digits, digits + sizeof digits, whole).ptr;
  const float r = kRadiusOfRing * u;
  draw_label(painter, {digits, static_cast<size_t>(end - digits)},
             {center.x - r, center.y - r, 2 * r, 2 * r}, style);
}

void Dialog::describe(SemanticTree& tree) const {
  if (!open_) return;
  SemanticNode& dialog = describe_node(tree, Role::Dialog, name_, title_, card_);
  dialog.state.modal = true;
  dialog.description = text_;
  tree.open();
  const Vec2 corner{card_.x, card_.y};
  if (total_ > 0 && !countdown_.empty()) {
    describe_node(tree, Role::Status, countdown_name_, countdown_, disc());
  }
  describe_node(tree, Role::Heading, title_name_, title_, parts_.title.moved(corner));
  if (!text_.empty()) describe_node(tree, Role::Text, text_name_, text_, parts_.text.moved(corner));
  screen_.describe(tree);
  if (!code_.empty()) describe_node(tree, Role::Text, code_name_, code_, parts_.code.moved(corner));
  tree.close();
}

}  // namespace vitrine::ui
