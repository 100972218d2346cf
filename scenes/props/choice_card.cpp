// SPDX-License-Identifier: MIT
#include "scenes/props/choice_card.h"

#include "engine/ui/describe.h"
#include "scenes/props/smear.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

// Of the card's height: its lines, from the top.
constexpr float kShow = 0.09f, kShowHigh = 0.12f;
constexpr float kNumber = 0.21f, kNumberHigh = 0.4f;
constexpr float kLine = 0.66f;
constexpr float kShade = 0.7f, kShadeHigh = 0.22f;

}  // namespace

void ChoiceCard::set(const scene::SceneContext& context, const campaign::Product& product) {
  product_ = &product;
  show_ = context.text("thanks.show");
  name_ = context.campaign.product_name(product, context.language);
  price_ = with_prices(context.text("thanks.price"), &product);
}

void ChoiceCard::draw_number(ui::Painter& painter) const {
  const float h = bounds_.height, side = h * 0.1f;
  const float width = bounds_.width - 2 * side;
  gfx::TextStyle show;
  show.size = h * 0.09f;
  show.align = gfx::TextAlign::Center;
  show.color = painter.theme.mute;
  ui::draw_label(painter, show_, {bounds_.x + side, bounds_.y + h * kShow, width, h * kShowHigh},
                 show);
  gfx::TextStyle number = display_style(h * 0.37f, painter.theme.accent);
  number.align = gfx::TextAlign::Center;
  number.line_height = 1.12f;
  ui::draw_label(painter, product_->code,
                 {bounds_.x + side, bounds_.y + h * kNumber, width, h * kNumberHigh}, number, 0.4f);
}

// Smear and name at the left, price at the right, a line above.
void ChoiceCard::draw_shade(ui::Painter& painter) const {
  const float h = bounds_.height, side = h * 0.12f,
              middle = bounds_.y + h * (kShade + kShadeHigh / 2);
  const float y = bounds_.y + h * kLine;
  painter.canvas.draw_line({bounds_.x + side, y}, {bounds_.right() - side, y}, h * 0.004f,
                           painter.theme.line.with_alpha(0.35f));
  const float smear = h * 0.2f, smear_width = smear * 440 / 160;
  draw_smear(painter, *product_,
             {bounds_.x + side - smear_width * 0.06f, middle - smear / 2, smear_width, smear});
  gfx::TextStyle price = display_style(h * 0.12f, painter.theme.accent);
  price.align = gfx::TextAlign::End;
  const float price_width = painter.canvas.measure_text(price_, 0, price).width;
  const float right = bounds_.right() - side;
  ui::draw_label(painter, price_, {right - price_width, middle - h * 0.1f, price_width, h * 0.2f},
                 price);
  const float left = bounds_.x + side + smear_width * 0.92f;
  ui::draw_label(painter, name_,
                 {left, middle - h * 0.1f, right - price_width - left - side / 2, h * 0.2f},
                 display_style(h * 0.12f, painter.theme.ink), 0.5f);
}

void ChoiceCard::draw(ui::Painter& painter) const {
  const float radius = bounds_.height * 0.13f;
  painter.canvas.draw_shadow(bounds_, radius,
                             {{0, bounds_.height * 0.06f},
                              bounds_.height * 0.2f,
                              0,
                              painter.theme.brand_deep.with_alpha(0.5f)});
  painter.canvas.fill_rect(bounds_, gfx::CornerRadii::all(radius),
                           gfx::Paint::vertical(painter.theme.sheet_top, painter.theme.sheet_end));
  const Rect inner = bounds_.outset(-bounds_.height * 0.03f);
  painter.canvas.stroke_rect(inner, gfx::CornerRadii::all(radius * 0.8f), bounds_.height * 0.006f,
                             gfx::Paint::solid(painter.theme.line.with_alpha(0.5f)));
  draw_number(painter);
  draw_shade(painter);
}

void ChoiceCard::describe(ui::SemanticTree& tree) const {
  const float third = bounds_.height / 3;
  const Rect line{bounds_.x, bounds_.y, bounds_.width, third};
  describe_node(tree, ui::Role::Text, "show", show_, line);
  describe_node(tree, ui::Role::Text, "number", product_->code, line.moved({0, third}));
  describe_node(tree, ui::Role::Text, "chosen", name_, line.moved({0, 2 * third}));
  describe_node(tree, ui::Role::Text, "price", price_, line.moved({0, 2 * third}));
}

}  // namespace vitrine::scenes
