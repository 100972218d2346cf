// SPDX-License-Identifier: MIT
#include "engine/ui/rig.h"

#include "engine/base/assert.h"

namespace vitrine::ui {
namespace {

Transform2D about_pivot(Vec2 pivot, const PartPose& pose) {
  const Vec2 moved = pivot + pose.move;
  return Transform2D::translation(moved) * Transform2D::rotation(pose.angle) *
         Transform2D::scaling(pose.stretch.x, pose.stretch.y) *
         Transform2D::translation(pivot * -1);
}

Transform2D stood(Vec2 anchor, Vec2 position, float scale) {
  return Transform2D::translation(position) * Transform2D::scaling(scale, scale) *
         Transform2D::translation(anchor * -1);
}

}  // namespace

Rig::Rig(std::string_view path, Size view, std::span<const RigPart> parts)
    : path_(path), view_(view), parts_(parts) {
  VITRINE_ASSERT(parts.size() <= kMost);
  for (size_t i = 0; i < parts.size(); ++i) {
    size_t steps = 0;
    for (int at = parts[i].parent; at != RigPart::kRoot;
         at = parts[static_cast<size_t>(at)].parent) {
      VITRINE_ASSERT(at >= 0 && static_cast<size_t>(at) < parts.size());
      VITRINE_ASSERT(++steps < parts.size());
    }
  }
}

void Rig::reset() {
  for (PartPose& pose : poses_) pose = {.color = pose.color};
}

Transform2D Rig::placed(size_t part) const {
  Transform2D transform = about_pivot(parts_[part].pivot, poses_[part]);
  for (int at = parts_[part].parent; at != RigPart::kRoot;) {
    const RigPart& holder = parts_[static_cast<size_t>(at)];
    transform = about_pivot(holder.pivot, poses_[static_cast<size_t>(at)]) * transform;
    at = holder.parent;
  }
  return transform;
}

void Rig::draw(Painter& painter, Vec2 anchor, Vec2 position, float scale, float drawn_scale) const {
  const Transform2D whole = stood(anchor, position, scale);
  const Transform2D to_units = Transform2D::scaling(1 / drawn_scale, 1 / drawn_scale);
  for (size_t i = 0; i < parts_.size(); ++i) {
    const PartPose& pose = poses_[i];
    if (pose.opacity <= 0) continue;
    painter.canvas.push_transform(whole * placed(i) * to_units);
    const gfx::DrawingKey key{path_, parts_[i].group, view_.width * drawn_scale,
                              view_.height * drawn_scale, pose.color};
    draw_drawing(painter, key, {}, {1, 1, 1, pose.opacity});
    painter.canvas.pop_transform();
  }
}

Vec2 Rig::point(size_t part, Vec2 at, Vec2 anchor, Vec2 position, float scale) const {
  return stood(anchor, position, scale).apply(placed(part).apply(at));
}

}  // namespace vitrine::ui
