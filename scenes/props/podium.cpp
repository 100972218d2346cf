// SPDX-License-Identifier: MIT
#include "scenes/props/podium.h"

#include "engine/ui/motion.h"
#include "scenes/props/lipstick.h"

namespace vitrine::scenes {
namespace {

// The group is 1080 wide and 1080 high; podium.svg is 720 x 200, its top's middle at (360, 74).
constexpr Size kPodium{838, 838 * 200.0f / 720};
constexpr Vec2 kTop{838 * 360.0f / 720, 838 * 74.0f / 720};
constexpr float kFloor = 936;

struct Place {
  Vec2 stand;
  float height;
  float twist;  // how far the bullet stays down
};
constexpr Place kPlaces[3] = {{{290, 913}, 810, 0.3f}, {{790, 913}, 810, 0.55f}, {{540, 957}, 1000, 0}};

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

void Podium::draw_product(ui::Painter& painter, size_t index, float since) const {
  const Place& place = kPlaces[index];
  const campaign::Product& product = *products_[index];
  const float up =
      ui::ease_emphasised(ui::progress(since, 0.2f + 0.15f * static_cast<float>(index), 0.9f));
  LipstickPose pose;
  pose.stand = at(place.stand.x, place.stand.y);
  pose.height = place.height * unit_;
  pose.twist = lerp(1, place.twist, up);
  pose.shade = product.shade;
  pose.glint = glint_at(since);
  draw_lipstick(painter, product.art_path("drawing"), pose, pose.height);
}

void Podium::draw(ui::Painter& painter, float since, float gone, bool with_middle) const {
  if (!products_.back() || since < 0 || gone >= 1) return;
  const float come = ui::ease_emphasised(ui::progress(since, 0, 0.6f));
  const float down = (1 - come + gone) * 60 * unit_;
  painter.canvas.push_opacity(come * (1 - gone));
  painter.canvas.push_transform(Transform2D::translation({0, down}));
  painter.canvas.draw_glow(at(540, 560), 520 * unit_, painter.theme.silk_deep[3].with_alpha(0.34f));
  ui::draw_drawing(
      painter,
      {"art/podium.svg", "", kPodium.width * unit_, kPodium.height * unit_, painter.theme.pigment},
      at(540 - kTop.x, kFloor - kTop.y));
  for (size_t i = 0; i < products_.size(); ++i) {
    if (i + 1 < products_.size() || with_middle) draw_product(painter, i, since);
  }
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
}

}  // namespace vitrine::scenes
