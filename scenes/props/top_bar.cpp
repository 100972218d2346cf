// SPDX-License-Identifier: MIT
#include "scenes/props/top_bar.h"

#include <algorithm>

#include "engine/ui/describe.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

constexpr float kTracking = 0.1f;        // em
constexpr float kIconSheet = 0.46f * 5;  // an icon, of its disc; icons.svg is five of them wide

float side_of(const ui::Metrics& metrics) {
  return metrics.phone() ? 44.0f : 88.0f;
}

float gap_of(const ui::Metrics& metrics) {
  return metrics.phone() ? 10.0f : 24.0f;
}

}  // namespace

void TopBar::add_to(ui::Screen& screen) {
  if (has_back_) screen.add(back_);
  screen.add(accessibility_);
  screen.add(language_);
}

float TopBar::layout(const scene::SceneContext& context, std::string_view back_label) {
  const ui::Metrics& m = context.metrics;
  const bool roomy = m.size.height > 760 || !m.phone();
  const float top = (m.phone() ? (roomy ? 50.0f : 16.0f) : 54.0f) + (roomy ? 0 : m.insets.top);
  const float y = top > m.insets.top + 8 ? top : m.insets.top + 8;
  const float left = m.margin + m.insets.left;
  const float right = m.size.width - m.margin - m.insets.right;
  const float side = side_of(m), gap = gap_of(m);

  back_.set_bounds({left, y, side, side});
  back_.set_label(back_label);
  back_.set_icon("art/icons.svg", "icon-back", side * kIconSheet);
  back_.set_least_target(m.target);
  place_language(context, right, y);
  // Apart by a whole target, however small the discs.
  const float pitch = side + gap > m.target ? side + gap : m.target;
  const float access_right = right - (language_.shown() ? pitch : 0);
  place_accessibility(context, access_right, y);
  place_words(context, has_back_ ? left + side + gap : left, access_right - side - 1.8f * gap, y);
  return y + side;
}

// With two languages it changes to the other one; with more it lets one choose.
void TopBar::place_language(const scene::SceneContext& context, float right, float y) {
  const campaign::Campaign& campaign = context.campaign;
  const float side = side_of(context.metrics);
  chooses_ = campaign.languages().size() > 2;
  const std::string_view shown = chooses_ ? context.language : context.next_language;
  language_.set_bounds({right - side, y, side, side});
  language_.set_label(chooses_ ? context.text("language.choose")
                               : campaign.text("language.switch", shown));
  language_.set_face(campaign.text("language.face", shown));
  language_.set_text_size(side * 0.36f);
  language_.set_least_target(context.metrics.target);
  language_.set_shown(context.next_language != context.language);
  if (language_.shown()) language_.prepare(context.canvas);
}

void TopBar::place_accessibility(const scene::SceneContext& context, float right, float y) {
  const float side = side_of(context.metrics);
  accessibility_.set_bounds({right - side, y, side, side});
  accessibility_.set_label(context.text("access.open"));
  accessibility_.set_icon("art/icons.svg", "icon-accessibility", side * kIconSheet);
  accessibility_.set_least_target(context.metrics.target);
}

void TopBar::place_words(const scene::SceneContext& context, float left, float right, float y) {
  const ui::Metrics& m = context.metrics;
  const float side = side_of(m);
  const float emblem = m.phone() ? 40.0f : 84.0f;
  emblem_ = {left, y + (side - emblem) / 2, emblem, emblem};
  brand_size_ = m.phone() ? 15.0f : 34.0f;
  shop_size_ = m.phone() ? 13.0f : 25.0f;
  const float x = emblem_.right() + gap_of(m), height = (brand_size_ + shop_size_) * 1.3f;
  words_ = {x, y + (side - height) / 2, right - x, height};
  brand_ = context.campaign.brand(context.language);
  shop_ = context.text("shop.name");
  fit_words(context.canvas);
}

// A little smaller where there is no room; where it would be too small the emblem has to do.
void TopBar::fit_words(gfx::Canvas& canvas) {
  gfx::TextStyle shop;
  shop.size = shop_size_;
  const float natural =
      std::max(tracked_width(canvas, brand_, display_style(brand_size_, {}), kTracking),
               canvas.measure_text(shop_, 0, shop).width);
  const float share = natural > words_.width ? words_.width / natural : 1;
  words_shown_ = share > 0.7f;
  brand_size_ *= share;
  shop.size = shop_size_ *= share;
  if (!words_shown_) return;
  canvas.prepare_text(brand_, display_style(brand_size_, {}));
  canvas.prepare_text(shop_, shop);
}

bool TopBar::update(scene::SceneContext& context) {
  if (language_.take_activated()) {
    record_activation(context, language_);
    chooses_ ? context.director.open_languages() : context.director.next_language();
  }
  if (accessibility_.take_activated()) {
    record_activation(context, accessibility_);
    context.director.open_accessibility();
  }
  if (!has_back_ || !back_.take_activated()) return false;
  record_activation(context, back_);
  return true;
}

void TopBar::draw(ui::Painter& painter) {
  const ui::Theme& theme = painter.theme;
  ui::draw_drawing(painter, {"art/emblem.svg", "", emblem_.width, emblem_.height, theme.brand},
                   {emblem_.x, emblem_.y});
  gfx::TextStyle style = display_style(brand_size_, on_dark_ ? theme.on_dark : theme.brand_ink);
  if (words_shown_) {
    draw_tracked(painter, brand_, {words_.x, words_.y}, style, kTracking);
    style.family = FontFamily::Text;
    style.weight = FontWeight::Regular;
    style.size = shop_size_;
    painter.canvas.draw_text(shop_, {words_.x, words_.y + brand_size_ * 1.3f}, 0, style);
  }
  const ui::Ground ground = on_dark_ ? ui::Ground::Deep : ui::Ground::Light;
  for (ui::Button* button : {&accessibility_, &language_, &back_}) button->set_ground(ground);
  accessibility_.draw(painter);
  language_.draw(painter);
  if (has_back_) back_.draw(painter);
}

void TopBar::describe(ui::SemanticTree& tree) const {
  describe_node(tree, ui::Role::Text, "brand", brand_, emblem_);
  if (words_shown_) describe_node(tree, ui::Role::Text, "shop", shop_, words_);
}

}  // namespace vitrine::scenes
