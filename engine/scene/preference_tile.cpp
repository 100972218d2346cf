// SPDX-License-Identifier: MIT
#include "engine/scene/preference_tile.h"

#include "engine/ui/describe.h"

namespace vitrine::scene {
namespace {

using gfx::CornerRadii;
using gfx::Paint;
using ui::Preference;

// In the order of ui::Preference.
constexpr std::string_view kWidgets[ui::kPreferenceCount] = {
    "prefer-large_text", "prefer-high_contrast", "prefer-reach", "prefer-reduced_motion",
    "prefer-speech"};
constexpr size_t kPrefix = std::string_view("prefer-").size();

// Signs on a grid of 48 about their middle, drawn with a stroke of 3.
struct Sign {
  gfx::Canvas& canvas;
  Vec2 center;
  float u;
  Color color;

  Vec2 at(float x, float y) const { return {center.x + x * u, center.y + y * u}; }
  void line(float x0, float y0, float x1, float y1) const {
    canvas.draw_line(at(x0, y0), at(x1, y1), 3 * u, color);
  }
  void box(float x, float y, float width, float height, const CornerRadii& radii) const {
    const Vec2 corner = at(x, y);
    canvas.fill_rect({corner.x, corner.y, width * u, height * u}, radii, Paint::solid(color));
  }
  void frame(float x, float y, float width, float height, float radius) const {
    const Vec2 corner = at(x, y);
    canvas.stroke_rect({corner.x, corner.y, width * u, height * u}, CornerRadii::all(radius * u),
                       3 * u, Paint::solid(color));
  }
};

// A small and a large letter.
void draw_large_text(const Sign& s) {
  s.line(-20, 14, -13, -3), s.line(-13, -3, -6, 14), s.line(-17.5f, 8, -8.5f, 8);
  s.line(-2, 14, 9, -17), s.line(9, -17, 20, 14), s.line(2.5f, 3, 15.5f, 3);
}

// A disc half of which is filled.
void draw_contrast(const Sign& s) {
  s.canvas.draw_arc(s.center, 17 * s.u, 3 * s.u, 0, 1, s.color);
  s.box(0, -17, 17, 34, {0, 17 * s.u, 17 * s.u, 0});
}

// A screen whose lower part is the one used.
void draw_reach(const Sign& s) {
  s.frame(-13, -20, 26, 40, 4);
  s.box(-9, 1, 18, 15, CornerRadii::all(2 * s.u));
  s.line(0, -14, 0, -5), s.line(-4, -9, 0, -5), s.line(4, -9, 0, -5);
}

// Held still.
void draw_stillness(const Sign& s) {
  s.canvas.draw_arc(s.center, 18 * s.u, 3 * s.u, 0, 1, s.color);
  s.line(-5, -7, -5, 7), s.line(5, -7, 5, 7);
}

// Sound that leaves a mouth.
void draw_speech(const Sign& s) {
  s.box(-19, -5, 10, 10, CornerRadii::all(5 * s.u));
  for (const float radius : {10.0f, 19.0f, 28.0f}) {
    s.canvas.draw_arc(s.at(-12, 0), radius * s.u, 3 * s.u, 0.25f - 0.1f, 0.25f + 0.1f, s.color);
  }
}

}  // namespace

std::string_view preference_name(Preference which) {
  return kWidgets[static_cast<size_t>(which)].substr(kPrefix);
}

PreferenceTile::PreferenceTile(Preference which)
    : Button(kWidgets[static_cast<size_t>(which)], ui::ButtonKind::Bare), which_(which) {}

void PreferenceTile::layout(const Rect& bounds, float unit, bool with_hint) {
  set_bounds(bounds);
  unit_ = unit;
  with_hint_ = with_hint;
}

void PreferenceTile::set_words(std::string_view label, std::string_view hint) {
  label_ = label;
  hint_ = hint;
}

void PreferenceTile::set_on(bool on, bool at_once) {
  on_ = on;
  const float to = on ? 1.0f : 0.0f;
  at_once ? knob_.jump(to) : knob_.set_target(to);
}

void PreferenceTile::update(float dt) {
  Button::update(dt);
  knob_.update(dt);
}

void PreferenceTile::describe(ui::SemanticTree& tree) const {
  if (!shown()) return;
  ui::SemanticNode& node = ui::describe_node(tree, ui::Role::Switch, name(), label_, hit_area());
  node.description = hint_;
  node.state.checked = on_ ? ui::Toggle::On : ui::Toggle::Off;
  node.activatable = true;
}

void PreferenceTile::draw_face(ui::Painter& painter) {
  const ui::Theme& theme = painter.theme;
  const float u = unit_;
  const CornerRadii radii = CornerRadii::all(32 * u);
  const Color face = lerp(theme.paper, theme.silk_warm[2], on_ ? 0.16f : 0.05f + 0.2f * press());
  painter.canvas.fill_rect(bounds(), radii, Paint::solid(face));
  const Color edge = on_ ? theme.line : theme.brand.with_alpha(0.45f);
  painter.canvas.stroke_rect(bounds(), radii, (on_ ? 4 : 2) * u, Paint::solid(edge));
  const float middle = bounds().center().y;
  draw_sign(painter, {bounds().x + 72 * u, middle}, on_ ? theme.accent_text : theme.brand_ink);
  const Rect track{bounds().right() - 136 * u, middle - 30 * u, 104 * u, 60 * u};
  draw_switch(painter, track);
  gfx::TextStyle style;
  style.size = 40 * u;
  style.weight = FontWeight::Bold;
  style.color = on_ ? theme.accent_text : theme.ink;
  const float x = bounds().x + 136 * u;
  const float width = track.x - 20 * u - x;
  const float lift = with_hint_ ? 24 * u : 0;
  ui::draw_label(painter, label_, {x, middle - 26 * u - lift, width, 52 * u}, style);
  if (!with_hint_) return;
  style.size = 28 * u;
  style.weight = FontWeight::Regular;
  style.color = theme.mute;
  ui::draw_label(painter, hint_, {x, middle + 8 * u, width, 38 * u}, style);
}

// Where the knob is says it, not the colour alone.
void PreferenceTile::draw_switch(ui::Painter& painter, const Rect& track) {
  const ui::Theme& theme = painter.theme;
  const float at = clamp(knob_.value(), 0, 1);
  const CornerRadii round = CornerRadii::all(track.height / 2);
  painter.canvas.fill_rect(track, round, Paint::solid(lerp(theme.paper, theme.accent, at)));
  painter.canvas.stroke_rect(track, round, 4 * unit_,
                             Paint::solid(lerp(theme.mute, theme.accent, at)));
  const float radius = track.height / 2 - 11 * unit_;
  const float travel = track.width - track.height;
  const Vec2 knob{track.x + track.height / 2 + travel * at, track.center().y};
  painter.canvas.fill_rect({knob.x - radius, knob.y - radius, 2 * radius, 2 * radius},
                           CornerRadii::all(radius),
                           Paint::solid(lerp(theme.mute, theme.paper, at)));
}

void PreferenceTile::draw_sign(ui::Painter& painter, Vec2 center, const Color& color) const {
  const Sign sign{painter.canvas, center, unit_ * 1.3f, color};
  switch (which_) {
    case Preference::LargeText:
      return draw_large_text(sign);
    case Preference::HighContrast:
      return draw_contrast(sign);
    case Preference::Reach:
      return draw_reach(sign);
    case Preference::ReducedMotion:
      return draw_stillness(sign);
    case Preference::Speech:
      return draw_speech(sign);
  }
}

}  // namespace vitrine::scene
