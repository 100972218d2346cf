// SPDX-License-Identifier: MIT
#include "scenes/props/shade_details.h"

#include "engine/ui/describe.h"
#include "engine/ui/motion.h"
#include "scenes/props/smear.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

// The price row's sizes; digits are so high, of theirs.
constexpr float kSmall = 34, kNow = 84, kPriceGap = 24, kDigitHeight = 0.74f;

// Where a line's top must be so that words of `size` stand on the line of words of `large` whose
// middle is `middle`; `drop`: how far their feet are apart when the middles agree, of the sizes.
float beside(float middle, float size, float large, float drop) {
  return middle - size * 0.65f + (large - size) * drop;
}

}  // namespace

float ShadeDetails::start(const Rect& area, float width) const {
  return align == gfx::TextAlign::Center ? area.center().x - width / 2 : area.x;
}

void ShadeDetails::draw_name(ui::Painter& painter, const ShadeWords& words) const {
  const gfx::TextStyle number = display_style(44 * unit, painter.theme.accent_text);
  gfx::TextStyle large = display_style(64 * unit, painter.theme.ink);
  const float before = painter.canvas.measure_text(words.number, 0, number).width + 20 * unit;
  large = ui::fitted(painter.canvas, words.name, name.width - before, large);
  const float width = before + painter.canvas.measure_text(words.name, 0, large).width;
  const float x = start(name, width);
  const float middle = name.center().y;
  painter.canvas.draw_text(words.number, {x, beside(middle, number.size, large.size, 0.3f)}, 0,
                           number);
  painter.canvas.draw_text(words.name, {x + before, middle - large.size * 0.65f}, 0, large);
}

ShadeDetails::PriceRow ShadeDetails::price_row(gfx::Canvas& canvas, const ShadeWords& words) const {
  gfx::TextStyle small;
  small.size = kSmall * unit;
  const float gap = kPriceGap * unit;
  const float was = canvas.measure_text(words.was, 0, small).width + gap;
  const float after = canvas.measure_text(words.after, 0, small).width + gap;
  const float now = canvas.measure_text(words.now, 0, display_style(kNow * unit, {})).width;
  const float x = start(price, was + after + now);
  return {x, x + was, x + was + after};
}

Rect ShadeDetails::digits(gfx::Canvas& canvas, const ShadeWords& words) const {
  constexpr std::string_view kDigits = "0123456789";
  const gfx::TextStyle style = display_style(kNow * unit, {});
  const size_t first = words.now.find_first_of(kDigits);
  if (first == words.now.npos) return {};
  const std::string_view before = std::string_view(words.now).substr(0, first);
  const std::string_view from = std::string_view(words.now).substr(first);
  const std::string_view digits = from.substr(0, from.find_first_not_of(kDigits));
  const float x = price_row(canvas, words).now + canvas.measure_text(before, 0, style).width;
  return {x, price.center().y - 0.31f * style.size, canvas.measure_text(digits, 0, style).width,
          kDigitHeight * style.size};
}

void ShadeDetails::draw_price(ui::Painter& painter, const ShadeWords& words, float now) const {
  gfx::Canvas& canvas = painter.canvas;
  gfx::TextStyle small;
  small.size = kSmall * unit;
  small.color = painter.theme.mute;
  // Folds of the cloth lie under it.
  const Color deeper = lerp(painter.theme.accent, painter.theme.accent_text, 0.35f);
  const gfx::TextStyle large = display_style(kNow * unit, deeper);
  const PriceRow row = price_row(canvas, words);
  const float middle = price.center().y;
  const float top = beside(middle, small.size, large.size, 0.22f);
  const float was = canvas.draw_text(words.was, {row.was, top}, 0, small).width;
  const float strike = top + small.size * 0.68f;
  canvas.draw_line({row.was - 4 * unit, strike}, {row.was + was + 4 * unit, strike}, 4 * unit,
                   painter.theme.accent_text);
  canvas.draw_text(words.after, {row.after, top}, 0, small);
  canvas.push_opacity(now);
  canvas.draw_text(words.now, {row.now, middle - large.size * 0.65f}, 0, large);
  canvas.pop_opacity();
}

void ShadeDetails::draw(ui::Painter& painter, const campaign::Product& product,
                        const ShadeWords& words, float since, float now) const {
  draw_smear(painter, product, smear, {0, ui::ease_out(ui::progress(since, 0, 0.35f))});
  painter.canvas.push_opacity(ui::ease_out(ui::progress(since, 0, 0.25f)));
  draw_name(painter, words);
  painter.canvas.pop_opacity();
  draw_price(painter, words, now);
}

void ShadeDetails::describe(ui::SemanticTree& tree, const ShadeWords& words) const {
  // Told as it changes: whoever moves the row sees nothing else of it.
  describe_node(tree, ui::Role::Text, "product", words.name, name).state.live = ui::Live::Polite;
  describe_node(tree, ui::Role::Text, "was", words.was, price);
  describe_node(tree, ui::Role::Text, "after", words.after, price);
  describe_node(tree, ui::Role::Text, "now", words.now, price);
}

}  // namespace vitrine::scenes
