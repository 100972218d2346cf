// SPDX-License-Identifier: MIT
#include "scenes/props/product_card.h"

#include "scenes/props/describe.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

using input::Handled;

constexpr Color kSheetTop = Color::rgb(0xFFFCF8);
constexpr Color kSheetEnd = Color::rgb(0xFBEFE6);

}  // namespace

ProductCard::ProductCard() { screen_.add(close_); }

void ProductCard::read_words(const scene::SceneContext& context) {
  if (!product_) return;
  name_ = context.campaign.product_name(*product_, context.language);
  code_ = product_->code;
  was_ = with_prices(context.text("wall.was"), product_);
  now_ = with_prices(context.text("wall.now"), product_);
  text_ = context.text("wall.card_text");
}

void ProductCard::layout(const scene::SceneContext& context) {
  const ui::Metrics& m = context.metrics;
  unit_ = m.phone() ? 0.4f : 1.0f;
  const float height = 900 * unit_;
  const float width = m.landscape() ? 1080 : m.size.width;
  const float room = m.size.height * 0.86f;
  const float shown = height < room ? height : room;
  unit_ *= shown / height;
  sheet_ = {(m.size.width - width) / 2, m.size.height - shown - m.insets.bottom, width,
            shown + m.insets.bottom};
  const float button = m.phone() ? 60.0f : 144.0f;
  const float side = m.phone() ? 20.0f : 140.0f;
  close_.set_bounds({sheet_.x + side, sheet_.bottom() - m.insets.bottom - button - 60 * unit_,
                     sheet_.width - 2 * side, button});
  close_.set_text_size(m.phone() ? 22.0f : 56.0f);
  close_.set_label(context.text("wall.card_close"));
  close_.set_least_target(m.target);
  read_words(context);
}

void ProductCard::open(const scene::SceneContext& context, const campaign::Product& product) {
  product_ = &product;
  closing_ = close_requested_ = false;
  open_seconds_ = 0;
  risen_.set_target(1);
  read_words(context);
}

void ProductCard::show_open(const scene::SceneContext& context, const campaign::Product& product) {
  open(context, product);
  risen_.jump(1);
}

void ProductCard::close() {
  closing_ = true;
  risen_.set_target(0);
  release();
}

void ProductCard::release() {
  screen_.release();
  beside_.reset();
}

Handled ProductCard::handle(const input::PointerEvent& event) {
  if (!is_open()) return Handled::No;
  if (screen_.handle(event) == Handled::Yes) return Handled::Yes;
  const Rect above{-10000, -10000, 20000, 10000 + sheet_.y};
  if (beside_.handle(event, above) == input::Tap::Result::Activated) close_requested_ = true;
  return Handled::Yes;
}

void ProductCard::update(float dt) {
  if (!product_) return;
  open_seconds_ += dt;
  screen_.update(dt);
  risen_.update(dt);
  if (close_.take_activated()) close_requested_ = true;
  if (closing_ && risen_.value() < 0.01f) product_ = nullptr;
}

bool ProductCard::take_close() {
  const bool was = close_requested_;
  close_requested_ = false;
  return was;
}

void ProductCard::draw(ui::Painter& painter) {
  if (!product_) return;
  const float risen = risen_.value();
  const Size size = painter.metrics.size;
  const float dim = clamp(risen, 0, 1);
  painter.canvas.fill_rect({0, 0, size.width, size.height}, {},
                           gfx::Paint::solid(painter.theme.brand_deep.with_alpha(0.5f * dim)));
  const float down = (1 - risen) * (sheet_.height + 40);
  painter.canvas.push_transform(Transform2D::translation({0, down}));
  const float radius = painter.metrics.phone() ? 28.0f : 72.0f;
  painter.canvas.draw_shadow(
      sheet_, radius, {{0, -20 * unit_}, 60 * unit_, 0, painter.theme.brand.with_alpha(0.22f)});
  // Longer than the screen, so that a spring's overshoot shows no gap.
  const Rect body{sheet_.x, sheet_.y, sheet_.width, sheet_.height + 120 * unit_};
  painter.canvas.fill_rect(body, {radius, radius, 0, 0},
                           gfx::Paint::vertical(kSheetTop, kSheetEnd));
  draw_words(painter, sheet_);
  close_.draw(painter);
  painter.canvas.pop_transform();
}

void ProductCard::draw_words(ui::Painter& painter, const Rect& sheet) {
  const ui::Theme& theme = painter.theme;
  const float u = unit_;
  const float width = sheet.width - 2 * painter.metrics.margin;
  const float left = sheet.x + painter.metrics.margin;
  const float smear_width = 620 * u, smear_height = 225 * u;
  ui::draw_drawing(painter,
                   {product_->art_path("smear"), "", smear_width, smear_height, product_->shade},
                   {sheet.center().x - smear_width * 0.48f, sheet.y + 64 * u});
  gfx::TextStyle style = display_style(84 * u, theme.ink);
  style.align = gfx::TextAlign::Center;
  style.line_height = 1.12f;
  ui::draw_label(painter, name_, {left, sheet.y + 294 * u, width, 100 * u}, style);
  style.family = FontFamily::Text;
  style.weight = FontWeight::Regular;
  style.size = 34 * u;
  style.color = theme.mute;
  ui::draw_label(painter, code_, {left, sheet.y + 404 * u, width, 48 * u}, style);
  style.family = FontFamily::Display;
  style.weight = FontWeight::Bold;
  style.size = 84 * u;
  style.color = theme.accent;
  ui::draw_label(painter, now_, {left, sheet.y + 462 * u, width, 110 * u}, style);
  style.family = FontFamily::Text;
  style.size = 40 * u;
  style.weight = FontWeight::Regular;
  style.color = theme.ink;
  style.line_height = 1.3f;
  style.max_lines = 2;
  ui::draw_label(painter, text_, {left, sheet.y + 572 * u, width, 110 * u}, style);
}

void ProductCard::describe(ui::SemanticTree& tree) const {
  if (!is_open()) return;
  ui::SemanticNode& dialog = tree.add();
  dialog.id = ui::widget_id("card");
  dialog.role = ui::Role::Dialog;
  dialog.state.modal = true;
  dialog.label = name_;
  dialog.name = "card";
  dialog.bounds = sheet_;
  tree.open();
  describe_text(tree, ui::Role::Heading, "card-name", name_, sheet_);
  describe_text(tree, ui::Role::Text, "card-code", code_, sheet_);
  describe_text(tree, ui::Role::Text, "card-price", now_, sheet_);
  describe_text(tree, ui::Role::Text, "card-text", text_, sheet_);
  screen_.describe(tree);
  tree.close();
}

}  // namespace vitrine::scenes
