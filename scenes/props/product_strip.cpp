// SPDX-License-Identifier: MIT
#include "scenes/props/product_strip.h"

#include <algorithm>

#include "engine/ui/describe.h"
#include "scenes/props/lipstick.h"
#include "scenes/props/smear.h"

namespace vitrine::scenes {
namespace {

// Higher than wide by this it is a card, with a smear and the price under the name.
constexpr float kCard = 0.3f;
// How much of the lipstick is seen, of its drawing; its tip is that far below the drawing's top.
constexpr float kSeen = 0.62f, kAbove = 0.15f;

}  // namespace

void ProductStrip::set(const scene::SceneContext& context, const campaign::Product& product,
                       const campaign::Price& price) {
  product_ = &product;
  name_ = context.campaign.product_name(product, context.language);
  line_ = product.code;
  if (!product.facts.empty())
    line_.append(" ・ ").append(context.text(product.facts[0].value_text));
  price_.set(context, price);
}

void ProductStrip::layout(const Rect& bounds, const ui::Metrics& metrics) {
  bounds_ = bounds;
  const float h = bounds.height, w = bounds.width;
  with_smear_ = h > kCard * w;
  radius_ = std::min(metrics.phone() ? 26.0f : 48.0f, 0.4f * h);
  // Its tip a little below the card's upper edge, its foot behind the lower one.
  height_ = with_smear_ ? h * 0.82f / (kSeen - kAbove) : h * 0.9f / (kSeen - kAbove);
  const float middle =
      with_smear_ ? bounds.x + 0.26f * w : bounds.x + std::min(0.66f * h, 0.14f * w);
  const float tip = bounds.y + (with_smear_ ? 0.18f : 0.1f) * h;
  stand_ = {middle, tip - kAbove * height_ +
                        height_ * (LipstickShape::kFoot.y / LipstickShape::kView.height)};
  traveller_.set_place(stand_, height_);
  const float pad = with_smear_ ? 0.06f * w : 0.24f * h;
  const float left = with_smear_ ? bounds.x + 0.47f * w : bounds.x + std::min(1.2f * h, 0.25f * w);
  const float right = bounds.right() - pad;
  if (with_smear_) {
    name_area_ = {left, bounds.y + 0.13f * h, right - left, 0.22f * h};
    line_area_ = {left, bounds.y + 0.35f * h, right - left, 0.13f * h};
    const float size = std::min(0.36f * h, 0.17f * w);
    const float short_price = std::min(right - left, 1.9f * size);
    price_.layout({left, bounds.y + 0.52f * h, short_price, 0.34f * h}, size,
                  right - left - short_price);
    return;
  }
  const float half = (right - left) * 0.5f;
  name_area_ = {left, bounds.y + 0.2f * h, half, 0.34f * h};
  line_area_ = {left, bounds.y + 0.54f * h, half, 0.26f * h};
  price_.layout({left + half, bounds.y + 0.16f * h, right - left - half, 0.6f * h}, 0.55f * h);
}

void ProductStrip::draw_words(ui::Painter& painter) const {
  ui::draw_label(painter, name_, name_area_,
                 display_style(name_area_.height * 0.8f, painter.theme.ink), 0.5f);
  gfx::TextStyle line;
  line.size = line_area_.height * 0.74f;
  line.color = painter.theme.mute;
  ui::draw_label(painter, line_, line_area_, line, 0.6f);
  price_.draw(painter, 10);
}

// What comes from above goes down behind the card's lower edge.
void ProductStrip::draw_product(ui::Painter& painter) const {
  LipstickPose pose;
  pose.stand = stand_;
  pose.height = height_;
  pose.shade = product_->shade;
  pose.shadow = false;
  traveller_.apply(pose);
  const Rect& screen = painter.metrics.screen;
  Rect seen = bounds_;
  if (traveller_.travels()) seen = {screen.x, screen.y, screen.width, bounds_.bottom() - screen.y};
  painter.canvas.push_clip(seen, traveller_.travels() ? 0 : radius_);
  if (with_smear_ && !traveller_.travels()) {
    const float width = bounds_.width * 0.36f, height = width * 160 / 440;
    draw_smear(painter, *product_,
               {bounds_.x, bounds_.y + 0.62f * bounds_.height - height / 2, width, height});
  }
  draw_lipstick(painter, product_->art_path("drawing"), pose,
                traveller_.drawn_height(painter, *product_, height_));
  painter.canvas.pop_clip();
}

void ProductStrip::draw(ui::Painter& painter, bool with_product) const {
  if (!shown()) return;
  painter.canvas.draw_shadow(
      bounds_, radius_,
      {{0, 0.06f * bounds_.height}, 0.2f * bounds_.height, 0, painter.theme.shadow});
  painter.canvas.fill_rect(bounds_, gfx::CornerRadii::all(radius_),
                           gfx::Paint::vertical(painter.theme.sheet_top, painter.theme.sheet_end));
  draw_words(painter);
  if (with_product) draw_product(painter);
}

void ProductStrip::describe(ui::SemanticTree& tree) const {
  if (!shown()) return;
  describe_node(tree, ui::Role::Text, "product", name_, name_area_);
  describe_node(tree, ui::Role::Text, "product-line", line_, line_area_);
  price_.describe(tree);
}

}  // namespace vitrine::scenes
