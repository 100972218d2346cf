// SPDX-License-Identifier: MIT
#include "scenes/props/shade_list.h"

#include "engine/ui/motion.h"
#include "scenes/props/smear.h"

namespace vitrine::scenes {
namespace {

constexpr float kTilt = -4 * 3.14159265f / 180;
constexpr Size kSmear{700, 254};  // the drawing's 440 x 160, larger
// Where each begins and where its name stands, of a group 1080 wide.
constexpr float kStart[] = {28, 118, 10, 146, 30, 158, 8, 112};
constexpr float kName[] = {700, 800, 676, 816, 690, 820, 690, 790};
// Of the height: above the first row's middle and below the last's; between two.
constexpr float kEnds = 226, kGaps = 7, kLeastPitch = 94, kMostPitch = 140;
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
    rows_.push_back({&product, std::string(spoken_code(product.code)),
                     std::string(context.campaign.product_name(product, context.language))});
  }
  // Rows stand closer where height lacks and wider apart where there is more of it.
  const float by_width = area.width / 1080;
  const float by_height = area.height / (kEnds + kGaps * kLeastPitch);
  unit_ = by_width < by_height ? by_width : by_height;
  pitch_ = clamp((area.height / unit_ - kEnds) / kGaps, kLeastPitch, kMostPitch);
  const float height = (kEnds + kGaps * pitch_) * unit_;
  origin_ = {area.x + (area.width - 1080 * unit_) / 2, area.y + (area.height - height) / 2};
  right_ = area.right() - context.metrics.margin - origin_.x;
  const float least_text = context.metrics.phone() ? 0.35f : 0.7f;
  text_unit_ = unit_ > least_text ? unit_ : least_text;
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
  const float gone =
      ui::ease_in(ui::progress(time, leave_at + 0.03f * static_cast<float>(index), 0.4f));
  // One after another is looked at: it grows a little.
  const float turn = ui::progress(time, 1.4f + 0.45f * static_cast<float>(index), 0.45f);
  const float grown = 1 + 0.04f * sine(turn * 3.14159265f);

  const Vec2 middle =
      origin_ +
      Vec2{kStart[index] + kSmear.width / 2, 100 + pitch_ * static_cast<float>(index)} * unit_;
  Transform2D transform = Transform2D::rotation(kTilt) * Transform2D::scaling(grown, grown);
  transform.tx = middle.x - gone * 1400 * unit_;
  transform.ty = middle.y;
  painter.canvas.push_transform(transform);
  const Size smear{kSmear.width * unit_, kSmear.height * unit_};
  const Rect box{-smear.width / 2, -smear.height / 2, smear.width, smear.height};
  draw_smear(painter, *row.product, box, {0, drawn, index % 2 == 1});
  draw_smear_gloss(painter, *row.product, box, turn);
  painter.canvas.push_opacity(ui::ease_out(ui::progress(time, begin + 0.12f, kStroke)));
  draw_words(painter, index);
  painter.canvas.pop_opacity();
  painter.canvas.pop_transform();
}

void ShadeList::draw_words(ui::Painter& painter, size_t index) {
  const Row& row = rows_[index];
  gfx::TextStyle style;
  style.weight = FontWeight::Bold;
  style.size = 28 * text_unit_;
  style.color = painter.theme.brand;
  gfx::TextStyle name = style;
  name.size = 40 * text_unit_;
  name.color = painter.theme.brand_ink;
  const float gap = 14 * text_unit_;
  const float words = painter.canvas.measure_text(row.number, 0, style).width + gap +
                      painter.canvas.measure_text(row.name, 0, name).width;
  // Long names move left, over the bristles, rather than off the screen.
  const float designed = (kName[index] - kStart[index]) * unit_;
  const float most = right_ - kStart[index] * unit_ - words;
  const float x = (designed < most ? designed : most) - kSmear.width * unit_ / 2;
  const float code = painter.canvas.draw_text(row.number, {x, 2 * text_unit_}, 0, style).width;
  painter.canvas.draw_text(row.name, {x + code + gap, -12 * text_unit_}, 0, name);
}

}  // namespace vitrine::scenes
