// SPDX-License-Identifier: MIT
#include "engine/scene/out_of_reach.h"

#include "engine/scene/engine_texts.h"

namespace vitrine::scene {
namespace {

// Of the screen's short side: less room than this stays plain.
constexpr float kLeastRoom = 0.2f;
constexpr float kPictureShare = 0.84f;  // of the room's height
constexpr float kPictureWidth = 0.36f;  // of its height, until the drawing's own is known
constexpr float kMostOfWidth = 0.3f;    // of the room's width, for the picture

Rect room_above(const ui::Metrics& metrics) {
  const Rect& screen = metrics.screen;
  return {screen.x, screen.y, screen.width, -screen.y};
}

const campaign::Product* shown_product(const campaign::Campaign& campaign) {
  const campaign::Product* chosen = campaign.product(campaign.start_scene().string("product"));
  if (chosen || campaign.products().empty()) return chosen;
  return &campaign.products().front();
}

// Stands at the right end of `room`; returns how much of its width is left.
float draw_picture(ui::Painter& painter, const campaign::Product& product, const Rect& room) {
  const std::string_view path = product.art_path("drawing");
  if (path.empty()) return room.width;
  const float most = room.width * kMostOfWidth;
  const float designed = room.height * kPictureShare * kPictureWidth;
  const float width = designed < most ? designed : most;
  const gfx::ImageHandle image = painter.images.drawing({path, "", width, 0, product.shade});
  const gfx::DrawingInfo info = painter.images.info(image);
  const float left = room.right() - width - room.height * 0.12f;
  if (info.ready) {
    const float whole = room.height * kPictureShare;
    const float scale = info.view.height > whole ? whole / info.view.height : 1;
    const Vec2 at{left + width * (1 - scale) / 2,
                  room.center().y - info.view.height * scale / 2};
    painter.canvas.push_transform({scale, 0, 0, scale, at.x, at.y});
    painter.canvas.draw_image(image, info.bounds, {1, 1, 1, 1});
    painter.canvas.pop_transform();
  }
  return left - room.x;
}

}  // namespace

void draw_out_of_reach(ui::Painter& painter, const campaign::Campaign& campaign,
                       std::string_view language) {
  const ui::Metrics& m = painter.metrics;
  const Rect room = room_above(m);
  const float side = m.screen.width < m.screen.height ? m.screen.width : m.screen.height;
  if (room.height < side * kLeastRoom) return;
  const campaign::Product* product = shown_product(campaign);
  const float width = product ? draw_picture(painter, *product, room) : room.width;
  const float margin = side * 0.06f;
  gfx::TextStyle style;
  style.family = FontFamily::Display;
  style.weight = FontWeight::Bold;
  style.size = room.height * 0.2f < side * 0.1f ? room.height * 0.2f : side * 0.1f;
  style.line_height = 1.15f;
  style.max_lines = 3;
  style.color = painter.theme.accent;
  const std::string_view words = title_of(campaign, language);
  const float inner = width - 2 * margin;
  const float height = painter.canvas.measure_text(words, inner, style).height;
  painter.canvas.draw_text(words, {room.x + margin, room.center().y - height / 2}, inner, style);
}

}  // namespace vitrine::scene
