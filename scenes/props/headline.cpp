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

void Headline::set_room(float width, float size) {
  width_ = width;
  most_ = size;
  size_ = 0;
}

void Headline::fit(gfx::Canvas& canvas) {
  if (size_ > 0) return;
  const gfx::TextStyle style = display_style(most_, {});
  const float first = ui::fitted(canvas, first_.plain(), width_, style, 0.4f).size;
  const float second = ui::fitted(canvas, second_.plain(), width_, style, 0.4f).size;
  size_ = first < second ? first : second;
}

void Headline::prepare(gfx::Canvas& canvas) {
  fit(canvas);
  for (const StruckLine* line : {&first_, &second_}) {
    canvas.prepare_text(line->plain(), display_style(size_, {}));
  }
}

void Headline::draw(ui::Painter& painter, const Look& look, const Moment& moment) {
  if (moment.since < 0 || moment.gone >= 1) return;
  fit(painter.canvas);
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
