// SPDX-License-Identifier: MIT
#include "scenes/props/night_window.h"

#include "engine/base/fill_in.h"
#include "engine/base/hours.h"
#include "engine/ui/describe.h"
#include "scenes/props/lipstick.h"
#include "scenes/props/night_code.h"
#include "scenes/props/scrim.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

constexpr float kComesFor = 4;  // seconds
constexpr float kSlow = 0.25f;
constexpr float kGlintSlower = 0.3f;
constexpr float kLine = 156, kCode = 640;
constexpr float kCodeDimmed = 0.14f;       // paper by night
constexpr int kShownInPictures = 10 * 60;  // where a campaign says nothing of opening

Hours opening_hours(const scene::SceneContext& context) {
  return hours_of(context.scene.number("open_from", 0), context.scene.number("open_until", 0));
}

bool is_given(const Hours& hours) {
  return hours.from != hours.until;
}

bool is_closed(const scene::SceneContext& context) {
  const Hours open = opening_hours(context);
  return is_given(open) && context.minute_of_day && !open.contain(*context.minute_of_day);
}

std::string with_time(std::string_view text, int minute) {
  std::string time = std::to_string(minute / 60) + (minute % 60 < 10 ? ":0" : ":");
  time += std::to_string(minute % 60);
  std::string line(text);
  fill_in(line, "{time}", time);
  return line;
}

// What is left of the deep cloth when the lamps are out.
Color dimmed(Color color, float part) {
  return lerp(Color{0, 0, 0, 1}, color, part);
}

}  // namespace

void NightWindow::layout(const scene::SceneContext& context, float top,
                         const campaign::Product* product) {
  const Hours open = opening_hours(context);
  product_ = product;
  line_ = with_time(context.text("night.line"), is_given(open) ? open.from : kShownInPictures);
  scan_ = context.text("night.scan");
  layout_with_code(context, top);
  if (!code_) layout_alone(context.metrics, top);
}

void NightWindow::layout_alone(const ui::Metrics& m, float top) {
  const Rect safe = m.safe();
  const float line = m.phone() ? 56.0f : kLine;
  if (m.landscape()) {
    words_ = {safe.x + m.margin, safe.center().y - line / 2, safe.width * 0.5f - m.margin, line};
    height_ = (safe.bottom() - top) * 0.86f;
    stand_ = {safe.x + safe.width * 0.74f, safe.bottom() - (safe.bottom() - top) * 0.08f};
    return;
  }
  words_ = {safe.x + m.margin, top + line * 0.7f, safe.width - 2 * m.margin, line};
  const float room = safe.bottom() - words_.bottom();
  height_ = room * 0.78f;
  stand_ = {safe.center().x, safe.bottom() - room * 0.1f};
}

// Beside the product where the screen stands, under the words where it lies.
void NightWindow::layout_with_code(const scene::SceneContext& context, float top) {
  const ui::Metrics& m = context.metrics;
  const Rect safe = m.safe();
  const bool wide = m.landscape();
  const float width = (wide ? safe.width * 0.52f : safe.width) - 2 * m.margin;
  const float room = safe.bottom() - top;
  words_ = {safe.x + m.margin, top + room * (wide ? 0.02f : 0.05f), width, kLine};
  scan_area_ = {words_.x, words_.bottom(), width, 64};
  const float below = safe.bottom() - scan_area_.bottom();
  const float most = wide ? 0.94f * below - 24 : 0.56f * below;
  const float side = most < kCode ? most : kCode;
  const float middle = scan_area_.bottom() + below * (wide ? 0.49f : 0.46f);
  const float x = wide ? words_.center().x - side / 2 : safe.right() - m.margin - side;
  code_area_ = {x, middle - side / 2, side, side};
  code_ = make_night_code(context, code_area_);
  height_ = wide ? room * 0.86f : side * 1.4f;
  stand_ = wide ? Vec2{safe.x + safe.width * 0.77f, safe.bottom() - room * 0.08f}
                : Vec2{(safe.x + m.margin + x) / 2, middle + side * 0.56f};
}

void NightWindow::update(const scene::SceneContext& context, float dt) {
  const bool closed = is_closed(context);
  shown_.set(closed);
  context.reduced_motion ? shown_.jump(closed) : shown_.update(dt, kComesFor);
}

scene::Backdrop NightWindow::over(const scene::Backdrop& day, const ui::Theme& theme) const {
  const float night = shown();
  if (night <= 0) return day;
  scene::Backdrop backdrop = day;
  const ui::SilkRamp& deep = theme.silk_deep;
  const ui::SilkRamp dark{dimmed(deep[0], 0.35f), dimmed(deep[0], 0.9f), dimmed(deep[1], 0.8f),
                          theme.line_light};
  for (size_t i = 0; i < dark.size(); ++i) {
    backdrop.ramp[i] = lerp(day.ramp[i], dark[i], night);
    backdrop.next[i] = lerp(day.next[i], dark[i], night);
  }
  backdrop.speed = lerp(day.speed, kSlow, night);
  backdrop.night = night;
  return backdrop;
}

void NightWindow::draw_product(ui::Painter& painter, float clock) const {
  const ui::Theme& theme = painter.theme;
  painter.canvas.draw_glow(stand_ - Vec2{0, height_ * 0.55f}, height_ * 0.6f,
                           theme.silk_deep[2].with_alpha(0.34f));
  LipstickPose pose;
  pose.stand = stand_;
  pose.height = height_;
  pose.shade = product_->shade;
  pose.glint = glint_at(clock * kGlintSlower);
  draw_lipstick(painter, product_->art_path("drawing"), pose, height_);
  // What light there is comes from above.
  const float top = stand_.y - height_;
  const Size size = painter.metrics.size;
  const Color dark = dimmed(theme.silk_deep[0], 0.35f);
  painter.canvas.fill_rect(
      to_screen_edges({0, top, size.width, size.height - top}, painter.metrics), {},
      gfx::Paint::vertical(dark.with_alpha(0), dark.with_alpha(0.5f), 0.5f, dark.with_alpha(0.9f)));
}

void NightWindow::draw_code(ui::Painter& painter) const {
  gfx::TextStyle style;
  style.size = scan_area_.height * 0.68f;
  style.align = gfx::TextAlign::Center;
  style.color = painter.theme.on_dark;
  ui::draw_label(painter, scan_, scan_area_, style, 0.5f);
  code_->draw(painter);
  painter.canvas.fill_rect(code_area_, gfx::CornerRadii::all(code_area_.width * 0.1f),
                           gfx::Paint::solid(painter.theme.brand_deep.with_alpha(kCodeDimmed)));
}

void NightWindow::draw(ui::Painter& painter, float clock, bool with_product) const {
  if (shown() <= 0) return;
  painter.canvas.push_opacity(shown());
  if (product_ && with_product) draw_product(painter, clock);
  gfx::TextStyle style = display_style(words_.height / 1.2f, painter.theme.on_dark);
  style.align = gfx::TextAlign::Center;
  ui::draw_label(painter, line_, words_, style, 0.4f);
  if (code_) draw_code(painter);
  painter.canvas.pop_opacity();
}

void NightWindow::describe(ui::SemanticTree& tree) const {
  describe_node(tree, ui::Role::Heading, "night-line", line_, words_);
  if (!code_) return;
  describe_node(tree, ui::Role::Text, "night-scan", scan_, scan_area_);
  code_->describe(tree);
}

}  // namespace vitrine::scenes
