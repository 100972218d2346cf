// SPDX-License-Identifier: MIT
#include "scenes/props/price_tag.h"

#include "engine/ui/describe.h"
#include "engine/ui/motion.h"

namespace vitrine::scenes {
namespace {

// When what happens, seconds: the price comes, is struck, and the figures run down.
constexpr float kStrikeAt = 0.25f, kStrikeFor = 0.25f;
constexpr float kCountAt = 0.35f, kCountFor = 0.6f;
constexpr float kPopFor = PriceTag::kReveal - kCountAt - kCountFor;
// Sizes, of the large figures'.
constexpr float kSign = 0.4f, kWas = 0.28f, kGap = 0.15f;
// How far under a line's top its letters stand, of their size: digits of the display face, and of
// the text face.
constexpr float kDisplayFoot = 0.98f, kTextFoot = 1.03f;

gfx::TextStyle figures(float size, const Color& color) {
  gfx::TextStyle style = display_style(size, color);
  style.line_height = 1.12f;
  style.tabular = true;
  return style;
}

}  // namespace

void PriceTag::set(const scene::SceneContext& context, const campaign::Price& price) {
  price_ = price;
  was_.set(with_prices(context.text("product.was"), price));
  currency_ = context.text("product.currency");
  sign_before_ = !stands_after_figures(currency_);
  spoken_ = with_prices(context.text("product.now"), price);
}

void PriceTag::layout(const Rect& area, float size) {
  area_ = area;
  size_ = size;
}

// Whole coins of the larger kind on the way, the exact offer at the end.
int64_t PriceTag::shown_amount(float since) const {
  if (!has_offer()) return price_.amount;
  const float left = 1 - ui::ease_in_out(ui::progress(since, kCountAt, kCountFor));
  const int64_t whole = (price_.amount - price_.offer) / 100;
  return price_.offer + 100 * static_cast<int64_t>(left * static_cast<float>(whole) + 0.5f);
}

// Returns where it begins.
float PriceTag::draw_offer(ui::Painter& painter, float since) const {
  gfx::Canvas& canvas = painter.canvas;
  const campaign::AmountText amount(shown_amount(since), price_.currency_code());
  const gfx::TextStyle large = figures(size_, painter.theme.accent);
  const gfx::TextStyle sign = figures(size_ * kSign, painter.theme.accent);
  const float sign_width = canvas.measure_text(currency_, 0, sign).width + size_ * 0.04f;
  const float width = canvas.measure_text(amount.view(), 0, large).width;
  const float foot = area_.bottom();
  const float left = area_.right() - width - sign_width;
  const float pop = sine(ui::progress(since, kCountAt + kCountFor, kPopFor) * 3.14159265f) *
                    (has_offer() ? 1 : 0);
  const float grown = 1 + 0.1f * pop;
  const Vec2 about{left + width / 2, foot - size_ * 0.35f};
  canvas.push_transform({grown, 0, 0, grown, about.x * (1 - grown), about.y * (1 - grown)});
  canvas.draw_text(amount.view(),
                   {sign_before_ ? left + sign_width : left, foot - size_ * kDisplayFoot}, 0,
                   large);
  canvas.pop_transform();
  canvas.draw_text(currency_,
                   {sign_before_ ? left : area_.right() - sign_width + size_ * 0.04f,
                    foot - sign.size * kDisplayFoot},
                   0, sign);
  return left;
}

void PriceTag::draw(ui::Painter& painter, float since) const {
  if (since < 0) return;
  painter.canvas.push_opacity(ui::ease_out(ui::progress(since, 0, 0.25f)));
  const float left = draw_offer(painter, since);
  if (has_offer()) {
    gfx::TextStyle was;
    was.size = size_ * kWas;
    was.color = painter.theme.mute;
    const float width = painter.canvas.measure_text(was_.plain(), 0, was).width;
    was_.draw(painter, {left - size_ * kGap - width, area_.bottom() - was.size * kTextFoot}, was,
              "", ui::ease_out(ui::progress(since, kStrikeAt, kStrikeFor)));
  }
  painter.canvas.pop_opacity();
}

void PriceTag::describe(ui::SemanticTree& tree) const {
  const Rect half{area_.x, area_.y, area_.width / 2, area_.height};
  if (has_offer()) describe_node(tree, ui::Role::Text, "was", was_.plain(), half);
  describe_node(tree, ui::Role::Text, "now", spoken_, half.moved({half.width, 0}));
}

}  // namespace vitrine::scenes
