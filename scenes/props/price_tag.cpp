// SPDX-License-Identifier: MIT
#include "scenes/props/price_tag.h"

#include <algorithm>

#include "engine/ui/describe.h"
#include "engine/ui/motion.h"

namespace vitrine::scenes {
namespace {

// When what happens, seconds: the price comes, is struck, and the figures run down.
constexpr float kStrikeAt = 0.25f, kStrikeFor = 0.25f;
constexpr float kCountAt = 0.35f, kCountFor = 0.6f;
constexpr float kPopFor = PriceTag::kReveal - kCountAt - kCountFor;
// Sizes, of the large figures'.
constexpr float kSign = 0.4f, kSignGap = 0.04f, kWas = 0.28f, kGap = 0.15f;
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

void PriceTag::set(const Words& words, const campaign::Price& price) {
  price_ = price;
  was_.set(with_prices(words.was, price));
  currency_ = words.currency;
  sign_before_ = !stands_after_figures(currency_);
  spoken_ = with_prices(words.now, price);
}

void PriceTag::layout(const Rect& area, float size, float room) {
  area_ = area;
  size_ = size;
  room_ = room;
}

// All of it, with that amount in full size.
float PriceTag::width_of(ui::Painter& painter, int64_t amount) const {
  gfx::Canvas& canvas = painter.canvas;
  const campaign::AmountText text(amount, price_.currency_code());
  const Color& color = painter.theme.accent;
  float width = canvas.measure_text(text.view(), 0, figures(size_, color)).width +
                canvas.measure_text(currency_, 0, figures(size_ * kSign, color)).width +
                size_ * kSignGap;
  if (!has_offer()) return width;
  gfx::TextStyle was;
  was.size = size_ * kWas;
  return width + size_ * kGap + canvas.measure_text(was_.plain(), 0, was).width;
}

PriceTag::Fit PriceTag::fit(ui::Painter& painter) const {
  const float needed = width_of(painter, shown_amount(kReveal));
  if (needed <= area_.width) return {size_, area_.right()};
  const float right = area_.right() + std::min(room_, needed - area_.width);
  // The figures run down from more: they do not grow on the way.
  const float most = std::max(needed, width_of(painter, shown_amount(0)));
  return {size_ * std::min(1.0f, (right - area_.x) / most), right};
}

// Whole coins of the larger kind on the way, the exact offer at the end.
int64_t PriceTag::shown_amount(float since) const {
  if (!has_offer()) return price_.amount;
  const float left = 1 - ui::ease_in_out(ui::progress(since, kCountAt, kCountFor));
  const int64_t whole = (price_.amount - price_.offer) / 100;
  return price_.offer + 100 * static_cast<int64_t>(left * static_cast<float>(whole) + 0.5f);
}

// Returns where it begins.
float PriceTag::draw_offer(ui::Painter& painter, const Fit& fit, float since) const {
  gfx::Canvas& canvas = painter.canvas;
  const campaign::AmountText amount(shown_amount(since), price_.currency_code());
  const float size = fit.size;
  const gfx::TextStyle large = figures(size, painter.theme.accent);
  const gfx::TextStyle sign = figures(size * kSign, painter.theme.accent);
  const float sign_width = canvas.measure_text(currency_, 0, sign).width + size * kSignGap;
  const float width = canvas.measure_text(amount.view(), 0, large).width;
  const float foot = area_.bottom();
  const float left = fit.right - width - sign_width;
  const float pop = sine(ui::progress(since, kCountAt + kCountFor, kPopFor) * 3.14159265f) *
                    (has_offer() ? 1 : 0);
  const float grown = 1 + 0.1f * pop;
  const Vec2 about{left + width / 2, foot - size * 0.35f};
  canvas.push_transform({grown, 0, 0, grown, about.x * (1 - grown), about.y * (1 - grown)});
  canvas.draw_text(amount.view(),
                   {sign_before_ ? left + sign_width : left, foot - size * kDisplayFoot}, 0,
                   large);
  canvas.pop_transform();
  canvas.draw_text(currency_,
                   {sign_before_ ? left : fit.right - sign_width + size * kSignGap,
                    foot - sign.size * kDisplayFoot},
                   0, sign);
  return left;
}

void PriceTag::draw(ui::Painter& painter, float since) const {
  if (since < 0) return;
  painter.canvas.push_opacity(ui::ease_out(ui::progress(since, 0, 0.25f)));
  const Fit at = fit(painter);
  const float left = draw_offer(painter, at, since);
  if (has_offer()) {
    gfx::TextStyle was;
    was.size = at.size * kWas;
    was.color = painter.theme.mute;
    const float width = painter.canvas.measure_text(was_.plain(), 0, was).width;
    was_.draw(painter, {left - at.size * kGap - width, area_.bottom() - was.size * kTextFoot}, was,
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
