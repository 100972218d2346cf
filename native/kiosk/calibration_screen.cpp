// SPDX-License-Identifier: MIT
#include "native/kiosk/calibration_screen.h"

#include <algorithm>
#include <string>

namespace vitrine {
namespace {

constexpr float kShortSide = 1080;  // of the units that everything here is drawn in
constexpr Color kTop = Color::rgb(0x171B22);
constexpr Color kBottom = Color::rgb(0x0C0E12);
constexpr Color kInk = Color::rgb(0xF2F4F7);
constexpr Color kMute = Color::rgb(0x9AA4B2);
constexpr Color kAccent = Color::rgb(0x5FC9F8);
constexpr Color kWarning = Color::rgb(0xFFC46B);

struct Words {
  const char* chinese;
  const char* english;
};

Words advice_words(CalibrationFlow::Advice advice) {
  using Advice = CalibrationFlow::Advice;
  switch (advice) {
    case Advice::HoldStill:
      return {"手指按住不要移动", "Hold the finger still, one at a time"};
    case Advice::OtherPanel:
      return {"请继续使用同一块触摸屏", "Go on with the touch panel you began with"};
    case Advice::StartedOver:
      return {"点按位置不一致，请重新开始", "The taps do not fit together: from the beginning"};
    case Advice::None:
      break;
  }
  return {"", ""};
}

gfx::TextStyle centered(float size, FontWeight weight, Color color) {
  gfx::TextStyle style;
  style.size = size;
  style.weight = weight;
  style.align = gfx::TextAlign::Center;
  style.color = color;
  style.tabular = true;
  return style;
}

}  // namespace

CalibrationScreen::CalibrationScreen(const gfx::RendererSeams& seams, int64_t now_us)
    : renderer_(gfx::Renderer::create(seams)), flow_(now_us) {
  (void)renderer_->context_created()
      .ok();  // without one there is no picture, and a time to give up
}

void CalibrationScreen::resize(const app::Viewport& picture, const PanelMapping& mapping) {
  mapping_ = mapping;
  scale_ = std::min(picture.size.width, picture.size.height) / kShortSide;
  size_ = {picture.size.width / scale_, picture.size.height / scale_};
  renderer_->resize(picture.size, picture.pixel_ratio);
}

void CalibrationScreen::handle(const input::PointerEvent& event) {
  input::PointerEvent reported = event;
  reported.position = {event.position.x / mapping_.window.width,
                       event.position.y / mapping_.window.height};
  flow_.handle(reported);
}

void CalibrationScreen::frame(uint32_t framebuffer, int64_t now_us) {
  flow_.update(now_us);
  if (!renderer_->has_context()) return;
  renderer_->set_screen(framebuffer);
  draw(renderer_->begin_frame(kBottom));
  renderer_->end_frame();
}

void CalibrationScreen::draw(gfx::Canvas& canvas) const {
  canvas.push_transform(Transform2D::scaling(scale_, scale_));
  canvas.fill_rect({0, 0, size_.width, size_.height}, {}, gfx::Paint::vertical(kTop, kBottom));
  for (size_t i = 0; i < CalibrationFlow::kTargets.size(); ++i) {
    const Vec2 unit = CalibrationFlow::kTargets[i];
    const Vec2 window{unit.x * mapping_.window.width, unit.y * mapping_.window.height};
    const bool is_tapped = i < flow_.step();
    if (!is_tapped) {
      draw_target(canvas, mapping_.to_picture(window) * (1 / scale_), i == flow_.step());
    }
  }
  draw_words(canvas);
  canvas.pop_transform();
}

// A cross whose middle is left free: what is aimed at must stay visible.
void CalibrationScreen::draw_target(gfx::Canvas& canvas, Vec2 at, bool is_next) const {
  const Color color = is_next ? kAccent : kMute.with_alpha(0.35f);
  const float reach = is_next ? 64.0f : 28.0f;
  if (is_next) canvas.draw_glow(at, 150, kAccent.with_alpha(0.22f));
  canvas.draw_arc(at, reach * 0.66f, 4, 0, 1, color);
  for (const Vec2 way : {Vec2{1, 0}, Vec2{-1, 0}, Vec2{0, 1}, Vec2{0, -1}}) {
    canvas.draw_line(at + way * 14, at + way * reach, 4, color);
  }
  const Rect dot{at.x - 4, at.y - 4, 8, 8};
  canvas.fill_rect(dot, gfx::CornerRadii::all(4), gfx::Paint::solid(is_next ? kInk : color));
}

// Between the targets of the edges and the one in the middle.
void CalibrationScreen::draw_words(gfx::Canvas& canvas) const {
  const float width = size_.width * 0.7f;
  const float x = (size_.width - width) / 2;
  float y = size_.height * 0.2f;
  const auto line = [&](std::string_view text, const gfx::TextStyle& style, float gap) {
    y += canvas.draw_text(text, {x, y}, width, style).height + gap;
  };
  line("请点按亮起的十字中心", centered(52, FontWeight::Bold, kInk), 8);
  line("Tap the middle of the bright cross", centered(34, FontWeight::Regular, kMute), 20);
  const std::string progress =
      std::to_string(flow_.step() + 1) + " / " + std::to_string(CalibrationFlow::kTargets.size());
  line(progress, centered(34, FontWeight::Bold, kAccent), 0);
  const Words advice = advice_words(flow_.advice());
  y = size_.height * 0.64f;
  line(advice.chinese, centered(40, FontWeight::Bold, kWarning), 6);
  line(advice.english, centered(30, FontWeight::Regular, kWarning), 0);
}

}  // namespace vitrine
