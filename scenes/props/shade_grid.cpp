// SPDX-License-Identifier: MIT
#include "scenes/props/shade_grid.h"

#include <algorithm>

#include "engine/base/assert.h"
#include "scenes/props/smear.h"

namespace vitrine::scenes {
namespace {

constexpr std::string_view kNames[ShadeGrid::kMost] = {"shade-1", "shade-2", "shade-3", "shade-4",
                                                       "shade-5", "shade-6", "shade-7", "shade-8"};
constexpr float kStagger = 0.04f, kRise = 0.35f;
// Of the size designed, from which on a name stands in one line; in two they stand closer, and have
// so much of a chip's height.
constexpr float kOneLine = 0.85f, kTwoLineHeight = 1.1f, kTwoLines = 0.48f;

// How different two colours look: squared differences, weighted by how well eyes tell them apart
// (https://www.compuphase.com/cmetric.htm).
float difference(const Color& a, const Color& b) {
  const float red = (a.r + b.r) / 2;
  const float r = a.r - b.r, g = a.g - b.g, blue = a.b - b.b;
  return (2 + red) * r * r + 4 * g * g + (3 - red) * blue * blue;
}

}  // namespace

std::vector<const campaign::Product*> similar_shades(std::span<const campaign::Product* const> all,
                                                     const campaign::Product& product,
                                                     size_t most) {
  std::vector<const campaign::Product*> nearest(all.begin(), all.end());
  if (nearest.size() <= most) return nearest;
  std::stable_sort(nearest.begin(), nearest.end(), [&](const auto* a, const auto* b) {
    return difference(a->shade, product.shade) < difference(b->shade, product.shade);
  });
  // Another product may have the very same shade.
  const auto own = std::find(nearest.begin(), nearest.end(), &product);
  if (own != nearest.end()) std::rotate(nearest.begin(), own, own + 1);
  nearest.resize(most);
  std::vector<const campaign::Product*> in_order;
  for (const campaign::Product* one : all) {
    const bool near = std::find(nearest.begin(), nearest.end(), one) != nearest.end();
    if (near) in_order.push_back(one);
  }
  return in_order;
}

gfx::TextStyle fit_names(gfx::Canvas& canvas, std::span<const ShadeChip> chips, const Size& chip,
                         float size) {
  gfx::TextStyle style;
  style.weight = FontWeight::Bold;
  style.size = size;
  style.max_lines = 1;
  const float room = chip.width * 0.92f;
  float line = room, word = room;  // the widest
  for (const ShadeChip& one : chips) {
    const std::string_view name = one.words();
    const size_t space = name.find(' ');
    const size_t split = space == name.rfind(' ') ? space : name.npos;
    const float whole = canvas.measure_text(name, 0, style).width;
    const float first = canvas.measure_text(name.substr(0, split), 0, style).width;
    line = std::max(line, whole);
    word = std::max(word, std::max(first, whole - first));
  }
  style.size = size * std::max(room / line, 0.6f);
  if (style.size >= kOneLine * size) return style;
  const float two = std::min(size * room / word, chip.height * kTwoLines / (2 * kTwoLineHeight));
  if (two <= style.size) return style;
  style.size = two;
  style.max_lines = 2;
  style.line_height = kTwoLineHeight;
  return style;
}

void ShadeChip::draw_face(ui::Painter& painter) {
  const Rect& chip = bounds();
  const float by_height = chip.height * 0.58f * 440 / 160, by_width = chip.width * 1.15f;
  const float width = by_height < by_width ? by_height : by_width;
  const float smear = width * 160 / 440;
  draw_smear(
      painter, *product_,
      {chip.center().x - width * 0.43f, chip.y + chip.height * 0.31f - smear / 2, width, smear});
  gfx::TextStyle style = words_style_;
  style.align = gfx::TextAlign::Center;
  style.weight = selected() ? FontWeight::Bold : FontWeight::Regular;
  style.color = selected() ? painter.theme.accent_text : painter.theme.ink;
  const bool two_lines = style.max_lines > 1;
  float top = painter.theme.outline > 0 ? 0.58f : 0.62f;  // clear of the lines around it
  if (two_lines) top = 0.96f - kTwoLines;
  const float height = chip.height * (two_lines ? kTwoLines : 0.34f);
  ui::draw_label(painter, words_, {chip.x, chip.y + chip.height * top, chip.width, height}, style,
                 two_lines ? 1 : 0.7f);
}

void ShadeGrid::add_to(ui::Screen& screen, std::span<const campaign::Product* const> products) {
  VITRINE_ASSERT(!products.empty() && products.size() <= kMost);
  count_ = products.size();
  for (size_t i = 0; i < count_; ++i) {
    products_[i] = products[i];
    chips_[i] = ShadeChip(kNames[i], *products[i]);
    screen.add(chips_[i]);
  }
}

void ShadeGrid::layout(const scene::SceneContext& context, const Rect& area, float row_pitch,
                       float chip_height) {
  const float gap = context.metrics.phone() ? 4.0f : 14.0f;
  const float pitch = (area.width + gap) / kColumns;
  chip_ = {pitch - gap, chip_height};
  for (size_t i = 0; i < count_; ++i) {
    const float column = static_cast<float>(i % kColumns), row = static_cast<float>(i / kColumns);
    chips_[i].set_bounds(
        {area.x + column * pitch, area.y + row * row_pitch, chip_.width, chip_.height});
    chips_[i].set_least_target(0);
    chips_[i].set_words(context.campaign.product_name(*products_[i], context.language));
  }
  fit_words(context);
  select(selected_, true);
}

void ShadeGrid::fit_words(const scene::SceneContext& context) {
  const gfx::TextStyle style = fit_names(context.canvas, std::span(chips_).first(count_), chip_,
                                         context.metrics.phone() ? 13.0f : 28.0f);
  for (size_t i = 0; i < count_; ++i) chips_[i].set_words_style(style);
}

void ShadeGrid::select(size_t index, bool at_once) {
  chips_[selected_].set_selected(false);
  selected_ = index;
  chips_[selected_].set_selected(true);
  const Rect& chip = chips_[selected_].bounds();
  x_.set_target(chip.x);
  y_.set_target(chip.y);
  if (!at_once) return;
  x_.jump(chip.x);
  y_.jump(chip.y);
}

std::optional<size_t> ShadeGrid::take_activated() {
  std::optional<size_t> tapped;
  for (size_t i = 0; i < count_; ++i) {
    if (chips_[i].take_activated()) tapped = i;
  }
  return tapped;
}

void ShadeGrid::update(float dt) {
  x_.update(dt);
  y_.update(dt);
}

void ShadeGrid::draw_frame(ui::Painter& painter) const {
  // In high contrast every shade has a line of its own, over this one.
  const float line =
      (painter.metrics.phone() ? 2.0f : 4.0f) * (painter.theme.outline > 0 ? 2.0f : 1.0f);
  const gfx::CornerRadii radii = gfx::CornerRadii::all(painter.metrics.phone() ? 12.0f : 26.0f);
  const Rect frame{x_.value(), y_.value(), chip_.width, chip_.height};
  painter.canvas.fill_rect(frame, radii, gfx::Paint::solid(painter.theme.chosen));
  painter.canvas.stroke_rect(frame, radii, line, gfx::Paint::solid(painter.theme.line));
}

void ShadeGrid::draw(ui::Painter& painter, float since) {
  const float rise = painter.metrics.grid * 3;
  for (size_t i = 0; i < count_; ++i) {
    const float come =
        ui::ease_emphasised(ui::progress(since, kStagger * static_cast<float>(i), kRise));
    painter.canvas.push_opacity(come);
    painter.canvas.push_transform(Transform2D::translation({0, rise * (1 - come)}));
    if (i == 0) draw_frame(painter);
    chips_[i].draw(painter);
    painter.canvas.pop_transform();
    painter.canvas.pop_opacity();
  }
}

}  // namespace vitrine::scenes
