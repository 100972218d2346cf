// SPDX-License-Identifier: MIT
#include "scenes/props/podium.h"

#include "engine/ui/timeline.h"
#include "scenes/props/plate.h"

namespace vitrine::scenes {
namespace {

// The group is 1080 wide and 1080 high.
constexpr float kPlate = 838.0f / PlateShape::kView.width;
constexpr Vec2 kCenter{540, 936};
constexpr float kFromAbove = PlateShape::kRadius.y / PlateShape::kRadius.x;

// Where each stands on the plate: to the right of its middle, and nearer than it.
struct Place {
  Vec2 on_plate;
  float height;
  float twist;  // how far the bullet stays down
};
constexpr Place kPlaces[3] = {
    {{-250, -120}, 810, 0.3f}, {{250, -120}, 810, 0.55f}, {{0, 108}, 1000, 0}};
constexpr ui::Track kRises{0, 0.6f, ui::ease_emphasised};
constexpr ui::Track kTwistsOut{0.2f, 0, nullptr, 1, 0, {0.5f, 0.8f}};
constexpr float kTwistGap = 0.15f;
constexpr ui::Track kTurns{1.4f, 4.4f, ui::ease_in_out, 0, 20 * 3.14159265f / 180};

}  // namespace

void Podium::layout(const scene::SceneContext& context, const Rect& area,
                    const campaign::Product* product) {
  const float by_width = 1.14f * area.width / 1080;  // the ink is narrower than the group
  const float by_height = area.height / 1080;
  unit_ = by_width < by_height ? by_width : by_height;
  origin_ = {area.x + (area.width - 1080 * unit_) / 2, area.bottom() - 1080 * unit_};
  products_ = {};
  const auto all = context.campaign.products();
  if (!product || all.empty()) return;
  const size_t middle = static_cast<size_t>(product - all.data());
  products_ = {&all[(middle + all.size() - 1) % all.size()],
               &all[(middle + all.size() / 2) % all.size()], product};
}

LipstickPose Podium::pose(size_t index, float since) const {
  const Place& place = kPlaces[index];
  const float turn = kTurns.value(since), s = sine(turn), c = cosine(turn);
  const Vec2 on_plate{place.on_plate.x * c + place.on_plate.y * s,
                      place.on_plate.y * c - place.on_plate.x * s};
  LipstickPose pose;
  pose.stand = at(kCenter.x + on_plate.x, kCenter.y + on_plate.y * kFromAbove);
  pose.height = place.height * unit_;
  pose.twist =
      lerp(place.twist, 1, clamp(kTwistsOut.staggered(index, kTwistGap).value(since), -0.05f, 1));
  pose.turn = turn;
  pose.shade = products_[index]->shade;
  pose.glint = glint_at(since);
  return pose;
}

void Podium::draw_product(ui::Painter& painter, size_t index, float since) const {
  const campaign::Product& product = *products_[index];
  const LipstickPose pose = this->pose(index, since);
  const bool ready = is_turned_lipstick_ready(painter, product, pose.height);
  if (ready) return draw_turned_lipstick(painter, product, pose, pose.height);
  draw_lipstick(painter, product.art_path("drawing"), pose, pose.height);
}

void Podium::draw(ui::Painter& painter, float since, float gone, bool with_middle) const {
  if (!products_.back() || since < 0 || gone >= 1) return;
  const float come = kRises.value(since);
  const float down = (1 - come + gone) * 60 * unit_;
  painter.canvas.push_opacity(come * (1 - gone));
  painter.canvas.push_transform(Transform2D::translation({0, down}));
  painter.canvas.draw_glow(at(540, 560), 520 * unit_, painter.theme.silk_deep[3].with_alpha(0.34f));
  draw_plate(painter, at(kCenter.x, kCenter.y), kPlate * unit_, kTurns.value(since));
  for (size_t i = 0; i < products_.size(); ++i) {
    if (i + 1 < products_.size() || with_middle) draw_product(painter, i, since);
  }
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
}

}  // namespace vitrine::scenes
