// SPDX-License-Identifier: MIT
#include "scenes/props/headline.h"

#include "engine/ui/motion.h"

namespace vitrine::scenes {
namespace {

constexpr float kStagger = 0.08f, kRise = 0.5f;

}  // namespace

void Headline::set(std::string_view first, std::string_view second) {
  first_.set(first);
  second_.set(second);
}

void Headline::fit(gfx::Canvas& canvas, float width, float size) {
  const gfx::TextStyle style = display_style(size, {});
  const float first = ui::fitted(canvas, first_.plain(), width, style, 0.4f).size;
  const float second = ui::fitted(canvas, second_.plain(), width, style, 0.4f).size;
  size_ = first < second ? first : second;
}

void Headline::draw(ui::Painter& painter, const Look& look, const Moment& moment) const {
  if (moment.since < 0 || moment.gone >= 1) return;
  gfx::TextStyle style = display_style(size_, {});
  style.align = look.align;
  style.line_height = look.line_height;
  const float rise = painter.metrics.grid * 5;
  Vec2 at = look.at;
  for (const StruckLine* line : {&first_, &second_}) {
    const bool below = line == &second_;
    const float come = ui::ease_emphasised(ui::progress(moment.since, below ? kStagger : 0, kRise));
    style.color = below ? look.second : look.first;
    painter.canvas.push_opacity(come * (1 - moment.gone));
    line->draw(painter, at + Vec2{0, rise * (1 - come) - rise * 0.5f * moment.gone}, style,
               "art/strike.svg", moment.strike);
    painter.canvas.pop_opacity();
    at.y += style.size * style.line_height;
  }
}

}  // namespace vitrine::scenes
