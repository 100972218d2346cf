// SPDX-License-Identifier: MIT
#include "engine/scene/out_of_reach.h"

#include "engine/base/contrast.h"
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
    const Vec2 at{left + width * (1 - scale) / 2, room.center().y - info.view.height * scale / 2};
    painter.canvas.push_transform({scale, 0, 0, scale, at.x, at.y});
    painter.canvas.draw_image(image, info.bounds, {1, 1, 1, 1});
    painter.canvas.pop_transform();
  }
  return left - room.x;
}

// Its clauses, the second "" when it has one alone.
struct Clauses {
  std::string_view first, second;
};

Clauses clauses_of(std::string_view words) {
  for (const std::string_view comma : {std::string_view("，"), std::string_view(", ")}) {
    const size_t at = words.find(comma);
    if (at == std::string_view::npos) continue;
    return {words.substr(0, at + (comma == ", " ? 1 : comma.size())),
            words.substr(at + comma.size())};
  }
  return {words, {}};
}

// A clause a line, both in the largest size up to `size` at which they fit.
void draw_promise(ui::Painter& painter, std::string_view words, const Rect& room, float size,
                  Color behind) {
  const Clauses clauses = clauses_of(words);
  gfx::TextStyle style;
  style.family = FontFamily::Display;
  style.weight = FontWeight::Bold;
  style.size = room.height * 0.24f < size ? room.height * 0.24f : size;
  style.line_height = 1.15f;
  for (const std::string_view clause : {clauses.first, clauses.second}) {
    style = ui::fitted(painter.canvas, clause, room.width, style, 0.6f);
  }
  // What would come out too small may take a second line each.
  style.max_lines = 2;
  const ui::Theme& theme = painter.theme;
  const double light = relative_luminance(behind);
  const bool deep = contrast_ratio(relative_luminance(theme.ink), light) <
                    contrast_ratio(relative_luminance(theme.on_dark), light);
  const Color strong = deep ? theme.line_light : theme.accent;
  style.color = clauses.second.empty() ? strong : deep ? theme.on_dark : theme.ink;
  const auto height = [&](std::string_view clause) {
    return clause.empty() ? 0 : painter.canvas.measure_text(clause, room.width, style).height;
  };
  const float first = height(clauses.first);
  const float top = room.center().y - (first + height(clauses.second)) / 2;
  painter.canvas.draw_text(clauses.first, {room.x, top}, room.width, style);
  if (clauses.second.empty()) return;
  style.color = strong;
  painter.canvas.draw_text(clauses.second, {room.x, top + first}, room.width, style);
}

}  // namespace

void draw_out_of_reach(ui::Painter& painter, const campaign::Campaign& campaign,
                       std::string_view language, Color behind) {
  const ui::Metrics& m = painter.metrics;
  const Rect room = room_above(m);
  const float side = m.screen.width < m.screen.height ? m.screen.width : m.screen.height;
  if (room.height < side * kLeastRoom) return;
  const campaign::Product* product = campaign.product_of(campaign.start_scene());
  const float width = product ? draw_picture(painter, *product, room) : room.width;
  const float margin = side * 0.06f;
  draw_promise(painter, title_of(campaign, language),
               {room.x + margin, room.y, width - 2 * margin, room.height}, side * 0.11f, behind);
}

}  // namespace vitrine::scene
