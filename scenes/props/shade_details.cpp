// SPDX-License-Identifier: MIT
#include "scenes/props/shade_details.h"

#include "engine/ui/motion.h"
#include "scenes/props/describe.h"
#include "scenes/props/smear.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

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

void ShadeDetails::draw_price(ui::Painter& painter, const ShadeWords& words) const {
  gfx::TextStyle small;
  small.size = 34 * unit;
  small.color = painter.theme.mute;
  const gfx::TextStyle large = display_style(84 * unit, painter.theme.accent);
  const float gap = 24 * unit;
  gfx::Canvas& canvas = painter.canvas;
  const float was = canvas.measure_text(words.was, 0, small).width;
  const float after = canvas.measure_text(words.after, 0, small).width;
  const float now = canvas.measure_text(words.now, 0, large).width;
  const float x = start(price, was + after + now + 2 * gap);
  const float middle = price.center().y;
  const float top = beside(middle, small.size, large.size, 0.22f);
  canvas.draw_text(words.was, {x, top}, 0, small);
  const float strike = top + small.size * 0.68f;
  canvas.draw_line({x - 4 * unit, strike}, {x + was + 4 * unit, strike}, 4 * unit,
                   painter.theme.accent_text);
  canvas.draw_text(words.after, {x + was + gap, top}, 0, small);
  canvas.draw_text(words.now, {x + was + after + 2 * gap, middle - large.size * 0.65f}, 0, large);
}

void ShadeDetails::draw(ui::Painter& painter, const campaign::Product& product,
                        const ShadeWords& words, float since) const {
  draw_smear(painter, product, smear, {0, ui::ease_out(ui::progress(since, 0, 0.35f))});
  painter.canvas.push_opacity(ui::ease_out(ui::progress(since, 0, 0.25f)));
  draw_name(painter, words);
  painter.canvas.pop_opacity();
  draw_price(painter, words);
}

void ShadeDetails::describe(ui::SemanticTree& tree, const ShadeWords& words) const {
  describe_text(tree, ui::Role::Text, "product", words.name, name);
  describe_text(tree, ui::Role::Text, "was", words.was, price);
  describe_text(tree, ui::Role::Text, "after", words.after, price);
  describe_text(tree, ui::Role::Text, "now", words.now, price);
}

}  // namespace vitrine::scenes
