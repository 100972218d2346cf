// SPDX-License-Identifier: MIT
#include "scenes/props/celebration.h"

#include "scenes/props/lipstick.h"
#include "scenes/props/scrim.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

constexpr float kFlash = 0.2f, kFlashFor = 0.08f;
constexpr float kBurst = Celebration::kBurstAt;
// In the order of Celebration::Part; seconds after the start.
constexpr ui::Track kTracks[] = {
    {0.15f, 0.45f, ui::ease_in_out},              // crouch: twisted in
    {kBurst, 0, nullptr, 0, 1, {0.34f, 0.6f}},    // release: twisted out
    {kBurst, 0.4f, ui::ease_out},                 // the rays grow
    {kBurst + 0.1f, 0.5f, ui::ease_emphasised},   // the words
    {kBurst + 0.25f, 0.4f, ui::ease_emphasised},  // what to do
    {1.3f, 0.5f, ui::ease_in_out},                // out of the card's way, rays dim
    {1.6f, 0, nullptr, 0, 1, {0.5f, 0.75f}},      // the card rises
    {2.0f, 0.4f, ui::ease_emphasised},            // the buttons
    {2.04f, 0.4f, ui::ease_emphasised},
};
// Height over width of the lipstick: it crouches, stretches as it shoots up, and swings out.
constexpr ui::Key kSquash[] = {{0.15f, 1},     {0.55f, 0.93f}, {0.66f, 1.12f, ui::ease_out},
                               {0.86f, 0.97f}, {1.05f, 1.01f}, {1.2f, 1}};

}  // namespace

void Celebration::set(const campaign::Product& product, float unit, uint64_t seed) {
  product_ = &product;
  timeline_ = ui::Timeline(kTracks);
  confetti_.emplace(unit, seed);
}

void Celebration::layout(const Place& high, const Place& low, Size size) {
  high_ = high;
  low_ = low;
  traveller_.set_place(high_.stand, high_.height);
  rays_.layout((size.width + size.height) * 0.62f);
}

void Celebration::set_reduced_motion(bool reduced) {
  reduced_motion_ = reduced;
  flashes_.set_reduced_motion(reduced);
}

void Celebration::start(const std::optional<scene::SharedElement>& from, const Rect& area) {
  if (from && !reduced_motion_) {
    traveller_.start(*from);
    traveller_.set_place(high_.stand, high_.height);
  }
  timeline_.start(reduced_motion_);
  if (reduced_motion_) appear_over_ = area;
}

void Celebration::pose(float at) {
  traveller_.stop();
  appear_over_.reset();
  timeline_.start();
  timeline_.update(at);
  clock_ = at;
  if (at <= kBurstAt) return;
  confetti_->burst(middle());
  confetti_->update(at - kBurstAt);
}

void Celebration::burst() {
  confetti_->burst(middle());
  flashing_ = flashes_.allow(1, kFlash);
}

void Celebration::update(float dt) {
  clock_ += dt;
  if (appear_over_) confetti_->appear(*appear_over_);
  appear_over_.reset();
  timeline_.update(dt);
  flashes_.update(dt);
  if (timeline_.passed(kBurstAt)) burst();
  confetti_->update(dt);
  traveller_.update(dt);
}

Celebration::Place Celebration::place() const {
  const float down = value(kSettle);
  return {lerp(high_.stand, low_.stand, down), lerp(high_.height, low_.height, down)};
}

scene::SharedElement Celebration::leave() {
  left_ = true;
  const Place at = place();
  return {product_->id, at.stand, at.height};
}

void Celebration::draw_glow(ui::Painter& painter) const {
  const Place now = place();
  const Vec2 at = now.stand - Vec2{0, 0.5f * now.height};
  const ui::Theme& theme = painter.theme;
  const float settled = value(kSettle), grown = value(kRaysGrow);
  // It falls with the lipstick, and dims: on low screens the words stand close above.
  const float bright = grown * lerp(1, 0.42f, settled);
  painter.canvas.draw_glow(at, 0.95f * now.height, theme.silk_deep[3].with_alpha(0.6f * bright));
  painter.canvas.draw_glow(at, 0.5f * now.height, theme.line_light.with_alpha(0.75f * bright));
  if (reduced_motion_) return;
  rays_.draw(painter, at, grown, clock_ * 0.05f,
             theme.on_dark.with_alpha(0.34f * lerp(1, 0.45f, settled)));
}

void Celebration::draw_light(ui::Painter& painter) {
  const Size size = painter.metrics.size;
  const Color deep = painter.theme.brand_deep;
  const float dusk = value(kCrouch) * (1 - clamp(value(kRelease), 0, 1));
  painter.canvas.fill_rect(to_screen_edges({0, 0, size.width, size.height}, painter.metrics), {},
                           gfx::Paint::solid(deep.with_alpha(0.4f * dusk + 0.3f)));
  draw_glow(painter);
  // Words stay legible over every fold.
  const Rect upper = to_screen_edges({0, 0, size.width, size.height * 0.42f}, painter.metrics);
  painter.canvas.fill_rect(upper, {},
                           gfx::Paint::vertical(deep.with_alpha(0.6f), deep.with_alpha(0)));
  confetti_->draw(painter);  // behind the product, and behind what staff are shown
}

void Celebration::draw_flash(ui::Painter& painter) const {
  const float flash = 1 - ui::progress(timeline_.time(), kBurstAt, kFlashFor);
  if (!flashing_ || flash <= 0) return;
  const Size size = painter.metrics.size;
  painter.canvas.fill_rect(to_screen_edges({0, 0, size.width, size.height}, painter.metrics), {},
                           gfx::Paint::solid({1, 1, 1, kFlash * flash}));
}

void Celebration::draw_product(ui::Painter& painter) const {
  if (left_) return;
  const float settled = value(kSettle);
  const Place now = place();
  LipstickPose pose;
  pose.stand = now.stand;
  pose.height = now.height;
  traveller_.apply(pose);
  pose.twist = clamp(value(kCrouch) * (1 - value(kRelease)), -0.05f, 1);
  if (settled >= 1) pose.twist = 0.02f + 0.02f * sine(clock_ * 2 * 3.14159265f / 3);
  pose.squash = reduced_motion_ ? 1 : ui::value_at(kSquash, timeline_.time());
  pose.shade = product_->shade;
  pose.glint = settled >= 1 && !reduced_motion_ ? glint_at(clock_) : 0;
  draw_lipstick(painter, product_->art_path("drawing"), pose,
                traveller_.drawn_height(painter, *product_, high_.height));
}

void Celebration::draw_rising(ui::Painter& painter, ui::Button& button, Part part) const {
  const float come = value(part);
  painter.canvas.push_opacity(come);
  painter.canvas.push_transform(
      Transform2D::translation({0, painter.metrics.grid * 4 * (1 - come)}));
  button.draw(painter);
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
}

void Celebration::draw_title(ui::Painter& painter, std::string_view words, const Rect& area,
                             gfx::TextAlign align) const {
  const float come = value(kTitle);
  const bool centered = align == gfx::TextAlign::Center;
  gfx::TextStyle title = display_style(area.height * 0.88f, painter.theme.on_dark);
  title.align = align;
  title.line_height = 1.12f;
  const float grown = lerp(1.25f, 1, come);
  const Vec2 about = centered ? area.center() : Vec2{area.x, area.center().y};
  const float shift = centered ? hanging_mark(words) * title.size : 0;
  painter.canvas.push_opacity(come);
  painter.canvas.push_transform(
      {grown, 0, 0, grown, about.x * (1 - grown) + shift, about.y * (1 - grown)});
  ui::draw_label(painter, words, area, title, 0.5f);
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
}

void Celebration::draw_line(ui::Painter& painter, std::string_view words, const Rect& area,
                            gfx::TextAlign align) const {
  gfx::TextStyle line;
  line.size = area.height * 0.7f;
  line.align = align;
  line.color = painter.theme.on_dark;
  const float follow = value(kLine);
  painter.canvas.push_opacity(follow);
  ui::draw_label(painter, words, area.moved({0, painter.metrics.grid * 3 * (1 - follow)}), line,
                 0.6f);
  painter.canvas.pop_opacity();
}

}  // namespace vitrine::scenes
