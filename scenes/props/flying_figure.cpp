// SPDX-License-Identifier: MIT
#include "scenes/props/flying_figure.h"

#include "engine/ui/motion.h"

namespace vitrine::scenes {
namespace {

constexpr float kFlight = 0.6f, kBecomes = 0.16f;  // seconds
// Of a painted price, as of numeral-5.svg: the whole, and what its ink covers.
constexpr Size kView{600, 860};
constexpr Rect kInk{38, 40, 540, 756};

}  // namespace

Rect figure_over(const Rect& digits) {
  const float unit = digits.height / kInk.height;
  return {digits.center().x - kInk.center().x * unit, digits.y - kInk.y * unit, kView.width * unit,
          kView.height * unit};
}

void FlyingFigure::start(const Rect& from, std::string_view drawing) {
  from_ = from;
  drawing_ = drawing;
  since_ = 0;
}

void FlyingFigure::update(float dt) {
  since_ += dt;
  if (since_ >= kFlight + kBecomes) stop();
}

float FlyingFigure::landed() const {
  return flies() ? ui::progress(since_, kFlight, kBecomes) : 1;
}

// It shrinks at once and falls late: a throw, not a slide.
void FlyingFigure::draw(ui::Painter& painter) const {
  if (!flies()) return;
  const gfx::ImageHandle image =
      painter.images.drawing({drawing_, "", from_.width, from_.height, painter.theme.pigment});
  const gfx::DrawingInfo info = painter.images.info(image);
  if (!info.ready) return;
  const float t = ui::progress(since_, 0, kFlight);
  const Vec2 middle{lerp(from_.center().x, to_.center().x, ui::ease_in_out(t)),
                    lerp(from_.center().y, to_.center().y, ui::ease_in_out(t * t))};
  const float grown = lerp(1, to_.width / from_.width, ui::ease_emphasised(t));
  const Rect whole = info.bounds.moved({-from_.width / 2, -from_.height / 2});
  painter.canvas.push_opacity(1 - landed());
  painter.canvas.push_transform({grown, 0, 0, grown, middle.x, middle.y});
  painter.canvas.draw_image(image, whole);
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
}

}  // namespace vitrine::scenes
