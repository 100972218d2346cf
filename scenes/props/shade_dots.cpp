// SPDX-License-Identifier: MIT
#include "scenes/props/shade_dots.h"

#include "engine/base/assert.h"

namespace vitrine::scenes {
namespace {

constexpr std::string_view kNames[ShadeDots::kMost] = {
    "shade-1", "shade-2", "shade-3", "shade-4",  "shade-5",  "shade-6",
    "shade-7", "shade-8", "shade-9", "shade-10", "shade-11", "shade-12"};

}  // namespace

void ShadeDots::add(ui::Screen& screen, const Color& shade) {
  VITRINE_ASSERT(count_ < kMost);
  dots_[count_] = ui::Swatch(kNames[count_], shade);
  screen.add(dots_[count_++]);
}

void ShadeDots::layout(const ui::Metrics& metrics, Vec2 center, float width) {
  const auto fingers = static_cast<size_t>(width / metrics.target);
  room_ = fingers < count_ ? (fingers > 0 ? fingers : 1) : count_;
  const float designed = metrics.phone() ? 45.0f : 110.0f;
  const float most = designed > metrics.target ? designed : metrics.target;
  const float each = room_ > 0 ? width / static_cast<float>(room_) : most;
  center_ = center;
  pitch_ = each < most ? each : most;
  tall_ = metrics.target;
  for (size_t i = 0; i < count_; ++i) dots_[i].set_radius(metrics.phone() ? 10.5f : 24.0f);
  place();
}

void ShadeDots::place() {
  const size_t before = selected_ < room_ / 2 ? 0 : selected_ - room_ / 2;
  const size_t first = before + room_ < count_ ? before : count_ - room_;
  for (size_t i = 0; i < count_; ++i) {
    dots_[i].set_shown(i >= first && i < first + room_);
    const float steps =
        static_cast<float>(i) - static_cast<float>(first) - (static_cast<float>(room_) - 1) / 2;
    const float x = center_.x + pitch_ * steps;
    dots_[i].set_bounds({x - pitch_ / 2, center_.y - tall_ / 2, pitch_, tall_});
  }
}

void ShadeDots::select(int index, bool at_once) {
  dots_[selected_].set_selected(false);
  selected_ = static_cast<size_t>(index);
  dots_[selected_].set_selected(true);
  place();
  if (!at_once) return;
  for (size_t i = 0; i < count_; ++i) dots_[i].update(5);
}

std::optional<int> ShadeDots::take_activated() {
  std::optional<int> tapped;
  for (size_t i = 0; i < count_; ++i) {
    if (dots_[i].take_activated()) tapped = static_cast<int>(i);
  }
  return tapped;
}

void ShadeDots::draw(ui::Painter& painter) {
  for (size_t i = 0; i < count_; ++i) dots_[i].draw(painter);
}

}  // namespace vitrine::scenes
