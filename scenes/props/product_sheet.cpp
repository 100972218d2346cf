// SPDX-License-Identifier: MIT
#include "scenes/props/product_sheet.h"

#include "engine/ui/describe.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

// When what comes, seconds after the sheet began to rise.
constexpr float kWordsAt = 0.25f, kRowsAt = 0.33f, kButtonAt = 0.45f, kFactsAt = 0.4f;
constexpr float kRevealAt = 0.55f;
constexpr float kRise = 0.35f;

}  // namespace

void ProductSheet::add_to(ui::Screen& screen, std::span<const campaign::Product* const> products) {
  grid_.add_to(screen, products);
  screen.add(button_);
}

void ProductSheet::layout(const scene::SceneContext& context) {
  const bool phone = context.metrics.phone();
  unit_ = phone ? 0.4f : 1.0f;
  with_panes_ = !phone;
  button_.set_text_size(phone ? 22.0f : 56.0f);
  button_.set_least_target(context.metrics.target);
  context.metrics.landscape() ? layout_landscape(context) : layout_upright(context);
}

// From the screen's foot upwards, as high as what stands on it.
void ProductSheet::layout_upright(const scene::SceneContext& context) {
  const ui::Metrics& m = context.metrics;
  const Rect safe = m.safe();
  const bool phone = m.phone(), roomy = !phone || safe.height > 760;
  const float side = phone ? 20.0f : 64.0f;
  const float chip = phone ? (roomy ? 66.0f : 58.0f) : 118.0f;
  const float pitch = chip + (phone ? 4.0f : 10.0f);
  const float button = phone ? 60.0f : 136.0f;
  const float left = safe.x + side, width = safe.width - 2 * side;
  const float button_top = safe.bottom() - button - (phone ? (roomy ? 34.0f : 16.0f) : 67.0f);
  const float rows = static_cast<float>(grid_.rows()) * pitch - (pitch - chip);
  const float rows_top = button_top - rows - (phone ? (roomy ? 22.0f : 12.0f) : 34.0f);
  const float top = rows_top - (phone ? (roomy ? 92.0f : 84.0f) : 201.0f);
  sheet_ = {0, top, m.size.width, m.size.height - top};
  sunk_ = {0, sheet_.height + 40 * unit_};
  button_.set_bounds({left, button_top, width, button});
  grid_.layout(context, {left, rows_top, width, rows}, pitch, chip);
  const float price_foot = top + (phone ? 72.0f : 178.0f);
  price_.layout({left + width / 2, price_foot - 160 * unit_, width / 2, 160 * unit_}, 160 * unit_);
  const float half = width * 0.56f;
  name_area_ = {left, top + (phone ? 16.0f : 44.0f), half, phone ? 34.0f : 84.0f};
  // The facts' line ends before the struck price, which is longest in Chinese.
  code_area_ = {left, name_area_.bottom() + (phone ? 0.0f : 4.0f), width / 2,
                phone ? 22.0f : 48.0f};
}

// The right part of the screen, over its whole height.
void ProductSheet::layout_landscape(const scene::SceneContext& context) {
  const ui::Metrics& m = context.metrics;
  const Rect safe = m.safe();
  const bool roomy = safe.height > 960;
  const float x = safe.x + safe.width * (roomy ? 0.56f : 0.5f);
  const float left = x + 64, width = safe.right() - 54 - left;
  sheet_ = {x, 0, m.size.width - x, m.size.height};
  sunk_ = {sheet_.width + 40, 0};
  const float button = roomy ? 144.0f : 120.0f;
  const float button_top = safe.bottom() - (roomy ? 76.0f : 40.0f) - button;
  button_.set_bounds({left, button_top, width, button});
  const float chip = roomy ? 160.0f : 118.0f, gap = roomy ? 22.0f : 12.0f;
  const float pitch = chip + gap;
  const float rows = static_cast<float>(grid_.rows()) * pitch - gap;
  const float rows_top = button_top - (roomy ? 60.0f : 28.0f) - rows;
  grid_.layout(context, {left, rows_top, width, rows}, pitch, chip);
  const float price_foot = rows_top - (roomy ? 52.0f : 28.0f);
  price_.layout({left + width * 0.45f, price_foot - 160, width * 0.55f, 160}, 160);
  name_area_ = {left, price_foot - 134, width * 0.56f, 84};
  code_area_ = {left, name_area_.bottom() + 4, width * 0.4f, 48};
}

void ProductSheet::show(const scene::SceneContext& context, const campaign::Product& product,
                        size_t index, bool at_once) {
  facts_.set(context, product);
  name_ = context.campaign.product_name(product, context.language);
  code_ = with_panes_ ? product.code : facts_.line();
  button_.set_label(with_prices(context.text("product.button"), &product));
  price_.set(context, product.price);
  grid_.select(index, at_once);
  if (!at_once) named_for_ = 0;
}

void ProductSheet::rise(bool at_once) {
  since_ = 0;
  revealed_for_ = -kRevealAt;
  risen_.set_target(1);
  if (at_once) settle();
}

void ProductSheet::settle() {
  risen_.jump(1);
  since_ = named_for_ = revealed_for_ = 10;
  revealed_ = true;
}

bool ProductSheet::take_revealed() {
  if (revealed_ || !price_.has_offer() || revealed_for_ < PriceTag::kReveal) return false;
  revealed_ = true;
  return true;
}

void ProductSheet::update(float dt) {
  since_ += dt;
  named_for_ += dt;
  revealed_for_ += dt;
  risen_.update(dt);
  grid_.update(dt);
}

// Longer than the screen, so that a spring's overshoot shows no gap.
void ProductSheet::draw_paper(ui::Painter& painter) const {
  const bool wide = painter.metrics.landscape();
  const float radius = painter.metrics.phone() ? 28.0f : 72.0f;
  const float beyond = 120 * unit_;
  const Rect paper{sheet_.x, sheet_.y, sheet_.width + (wide ? beyond : 0),
                   sheet_.height + (wide ? 0 : beyond)};
  const Vec2 away = wide ? Vec2{-20 * unit_, 0} : Vec2{0, -20 * unit_};
  painter.canvas.draw_shadow(paper, radius,
                             {away, 60 * unit_, 0, painter.theme.brand.with_alpha(0.22f)});
  const gfx::CornerRadii radii = {radius, wide ? 0 : radius, 0, wide ? radius : 0};
  painter.canvas.fill_rect(paper, radii,
                           gfx::Paint::vertical(painter.theme.sheet_top, painter.theme.sheet_end));
}

void ProductSheet::draw_names(ui::Painter& painter) const {
  const float come = ui::ease_emphasised(ui::progress(since_, kWordsAt, kRise));
  const float changed = ui::ease_emphasised(ui::progress(named_for_, 0.05f, kRise));
  const float there = come * changed;
  painter.canvas.push_opacity(there);
  painter.canvas.push_transform(
      Transform2D::translation({0, painter.metrics.grid * 3 * (1 - there)}));
  gfx::TextStyle name = display_style(72 * unit_, painter.theme.ink);
  name.line_height = 1.12f;
  ui::draw_label(painter, name_, name_area_, name, 0.6f);
  gfx::TextStyle code;
  code.size = painter.metrics.phone() ? 15.0f : 34.0f;
  code.color = painter.theme.mute;
  ui::draw_label(painter, code_, code_area_, code);
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
}

void ProductSheet::draw(ui::Painter& painter) {
  const float left = 1 - risen_.value();
  painter.canvas.push_transform(Transform2D::translation(sunk_ * left));
  draw_paper(painter);
  draw_names(painter);
  price_.draw(painter, revealed_for_);
  grid_.draw(painter, since_ - kRowsAt);
  const float come = ui::ease_emphasised(ui::progress(since_, kButtonAt, kRise));
  painter.canvas.push_opacity(come);
  painter.canvas.push_transform(
      Transform2D::translation({0, painter.metrics.grid * 3 * (1 - come)}));
  button_.draw(painter);
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
  painter.canvas.pop_transform();
}

void ProductSheet::draw_facts(ui::Painter& painter) const {
  if (with_panes_) facts_.draw(painter, since_ - kFactsAt);
}

void ProductSheet::describe(ui::SemanticTree& tree) const {
  describe_node(tree, ui::Role::Heading, "product-name", name_, name_area_);
  describe_node(tree, ui::Role::Text, "product-code", code_, code_area_);
  if (with_panes_) facts_.describe(tree);
  price_.describe(tree);
}

}  // namespace vitrine::scenes
