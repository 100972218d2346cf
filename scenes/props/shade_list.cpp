// SPDX-License-Identifier: MIT
#include "scenes/props/shade_list.h"

#include <cmath>

#include "engine/ui/motion.h"

namespace vitrine::scenes {
namespace {

constexpr float kTilt = -4 * 3.14159265f / 180;
constexpr Size kSmear{700, 254};  // the drawing's 440 x 160, larger
// Where each begins and where its name stands, of a group 1080 wide.
constexpr float kStart[] = {28, 118, 10, 146, 30, 158, 8, 112};
constexpr float kName[] = {700, 800, 676, 816, 690, 820, 690, 790};
constexpr float kStagger = 0.09f, kStroke = 0.35f;

}  // namespace

std::string_view spoken_code(std::string_view code) {
  const size_t dash = code.rfind('-');
  return dash == std::string_view::npos || dash + 1 == code.size() ? code : code.substr(dash + 1);
}

void ShadeList::layout(const scene::SceneContext& context, const Rect& area) {
  rows_.clear();
  for (const campaign::Product& product : context.campaign.products()) {
    if (rows_.size() == kMost) break;
    rows_.push_back({product.art_path("smear"), product.shade,
                     std::string(spoken_code(product.code)),
                     std::string(context.campaign.product_name(product, context.language))});
  }
  const float by_width = area.width / 1080;
  const float by_height = area.height / 1080;
  unit_ = by_width < by_height ? by_width : by_height;
  origin_ = {area.x + (area.width - 1080 * unit_) / 2, area.y + (area.height - 1080 * unit_) / 2};
}

void ShadeList::draw(ui::Painter& painter, float time, float leave_at) {
  if (time < 0 || time > leave_at + 0.8f) return;
  for (size_t i = 0; i < rows_.size(); ++i) draw_row(painter, i, time, leave_at);
}

void ShadeList::draw_row(ui::Painter& painter, size_t index, float time, float leave_at) {
  const Row& row = rows_[index];
  const float begin = kStagger * static_cast<float>(index);
  const float drawn = ui::ease_out(ui::progress(time, begin, kStroke));
  if (drawn <= 0) return;
  const float gone = ui::ease_in(ui::progress(time, leave_at + 0.03f * static_cast<float>(index), 0.4f));
  // One after another is looked at: it grows a little.
  const float turn = ui::progress(time, 1.4f + 0.45f * static_cast<float>(index), 0.45f);
  const float grown = 1 + 0.04f * std::sin(turn * 3.14159265f);

  const Vec2 middle = origin_ + Vec2{kStart[index] + kSmear.width / 2,
                                     100 + pitch_ * static_cast<float>(index)} * unit_;
  Transform2D transform = Transform2D::rotation(kTilt) * Transform2D::scaling(grown, grown);
  transform.tx = middle.x - gone * 1400 * unit_;
  transform.ty = middle.y;
  painter.canvas.push_transform(transform);
  const float width = kSmear.width * unit_, height = kSmear.height * unit_;
  const gfx::ImageHandle image = painter.images.drawing({row.smear, "", width, height, row.shade});
  const gfx::DrawingInfo info = painter.images.info(image);
  if (info.ready) {
    const Rect whole = info.bounds.moved({-width / 2, -height / 2});
    painter.canvas.draw_image_part(image, {0, 0, drawn, 1},
                                   {whole.x, whole.y, whole.width * drawn, whole.height});
  }
  const float named = ui::ease_out(ui::progress(time, begin + 0.12f, kStroke));
  painter.canvas.push_opacity(named);
  gfx::TextStyle style;
  style.weight = FontWeight::Bold;
  style.size = 28 * unit_;
  style.color = painter.theme.accent_text;
  gfx::TextStyle name = style;
  name.size = 40 * unit_;
  name.color = painter.theme.brand_ink;
  const float gap = 14 * unit_;
  const float words = painter.canvas.measure_text(row.number, 0, style).width + gap +
                      painter.canvas.measure_text(row.name, 0, name).width;
  // Long names move left, over the bristles, rather than off the screen.
  const float designed = (kName[index] - kStart[index]) * unit_;
  const float most = (1050 - kStart[index]) * unit_ - words;
  const float x = (designed < most ? designed : most) - width / 2;
  const float code = painter.canvas.draw_text(row.number, {x, 2 * unit_}, 0, style).width;
  painter.canvas.draw_text(row.name, {x + code + gap, -12 * unit_}, 0, name);
  painter.canvas.pop_opacity();
  painter.canvas.pop_transform();
}

}  // namespace vitrine::scenes
