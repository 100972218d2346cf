// SPDX-License-Identifier: MIT
#include "engine/ui/qr_panel.h"

#include <cmath>

#include "engine/ui/describe.h"
#include "engine/ui/motion.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;

// Not the theme's: what a camera has to read is no matter of taste.
constexpr Color kDark = Color::rgb(0x3A0216);
constexpr Color kLight = Color::rgb(0xFFFDFA);
constexpr float kScanSeconds = 2.2f;  // one way
constexpr float kScanTint = 0.2f;

}  // namespace

Status QrPanel::set_content(std::string_view text) {
  return code_.encode(text);
}

void QrPanel::set_frame(std::string_view path, float field) {
  frame_path_ = path;
  frame_field_ = field;
}

Rect QrPanel::field() const {
  return bounds_.outset(bounds_.width * (frame_field_ - 1) / 2);
}

Rect QrPanel::code_area(float pixel_ratio) const {
  if (is_empty()) return {};
  const Rect light = field();
  const float modules = static_cast<float>(code_.size() + 2 * kQuietZone);
  const float pixels = std::floor(light.width * pixel_ratio / modules);
  // Smaller than a pixel a module cannot be snapped, nor read.
  const float module = pixels >= 1 ? pixels / pixel_ratio : light.width / modules;
  const float side = module * static_cast<float>(code_.size());
  const auto snapped = [&](float middle) {
    return std::floor((middle - side / 2) * pixel_ratio + 0.5f) / pixel_ratio;
  };
  return {snapped(light.center().x), snapped(light.center().y), side, side};
}

void QrPanel::update(float dt) {
  if (!at_rest()) scan_ = wrapped(scan_ + dt, 2 * kScanSeconds);
}

void QrPanel::draw_frame(Painter& painter) const {
  const float radius = bounds_.width * 0.055f;
  if (frame_path_.empty() && !on_paper_) draw_card(painter, bounds_, radius);
  // Under the frame, which has a light field of its own once it is there.
  painter.canvas.fill_rect(field(), CornerRadii::all(radius), Paint::solid(kLight));
  if (frame_path_.empty()) return;
  draw_drawing(painter, {frame_path_, "", bounds_.width, bounds_.height, kDark},
               {bounds_.x, bounds_.y});
}

// A row at a time, neighbours joined: a third of the rectangles.
void QrPanel::draw_modules(Painter& painter) const {
  const int size = code_.size();
  const Rect area = code_area(painter.canvas.pixel_ratio());
  const float module = area.width / static_cast<float>(size);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      if (!code_.is_dark(x, y)) continue;
      const int from = x;
      while (code_.is_dark(x + 1, y)) ++x;
      painter.canvas.fill_rect(
          {area.x + static_cast<float>(from) * module, area.y + static_cast<float>(y) * module,
           static_cast<float>(x + 1 - from) * module, module},
          {}, Paint::solid(kDark));
    }
  }
}

void QrPanel::draw_scan_line(Painter& painter) const {
  const Rect light = field();
  const bool up = scan_ >= kScanSeconds;
  const float way = ease_in_out((up ? scan_ - kScanSeconds : scan_) / kScanSeconds);
  const float y = light.y + light.height * (up ? 1 - way : way);
  const float tail = light.height * 0.16f;
  const Color red = painter.theme.accent;
  painter.canvas.push_clip(light, bounds_.width * 0.055f);
  const Rect glow{light.x, up ? y : y - tail, light.width, tail};
  const Color strong = red.with_alpha(kScanTint), none = red.with_alpha(0);
  painter.canvas.fill_rect(glow, {},
                           up ? Paint::vertical(strong, none) : Paint::vertical(none, strong));
  painter.canvas.fill_rect({light.x, y - light.height * 0.003f, light.width, light.height * 0.006f},
                           {}, Paint::solid(red.with_alpha(0.6f)));
  painter.canvas.pop_clip();
}

void QrPanel::draw(Painter& painter) {
  draw_frame(painter);
  if (is_empty()) return;
  draw_modules(painter);
  if (!at_rest()) draw_scan_line(painter);
}

void QrPanel::describe(SemanticTree& tree) const {
  describe_node(tree, Role::Image, name_, label_, bounds_);
}

}  // namespace vitrine::ui
