// SPDX-License-Identifier: MIT
// Words of a campaign made ready to be drawn: prices filled in (campaign::with_prices), struck
// parts found. Made in layout(), where memory may be taken; drawing takes none.
#pragma once

#include <string>
#include <string_view>

#include "engine/campaign/prices.h"
#include "engine/ui/painter.h"

namespace vitrine::scenes {

// The drawing of that very price, as somebody painted it for the campaign; "": there is none of it.
std::string_view painted_price(const campaign::Product& product, int64_t minor);

// Whether a currency's name is written after the figures, as 元 is; signs such as ¥ stand before.
bool stands_after_figures(std::string_view currency);

// How far a centred line that ends in a full-width mark is moved right so that it looks centred, of
// its size; 0 for others.
float hanging_mark(std::string_view line);

// The campaign's face for names, prices and promises.
gfx::TextStyle display_style(float size, const Color& color);

// One line of which a part, written between two ~, is struck through.
class StruckLine {
 public:
  void set(std::string_view marked);
  const std::string& plain() const { return plain_; }
  bool has_strike() const { return struck_size_ > 0; }

  // What the struck part covers when the line is drawn at `position` unbroken.
  Rect struck_bounds(gfx::Canvas& canvas, Vec2 position, const gfx::TextStyle& style) const;
  // The words, then the painted strike over them, drawn from the left as far as `drawn` 0..1.
  // `strike_path`: the strike's drawing; "" draws a plain line.
  void draw(ui::Painter& painter, Vec2 position, const gfx::TextStyle& style,
            std::string_view strike_path, float drawn) const;

 private:
  std::string plain_;
  size_t struck_at_ = 0;
  size_t struck_size_ = 0;
};

// Latin capitals with air between them, as a word mark is set.
float tracked_width(gfx::Canvas& canvas, std::string_view text, const gfx::TextStyle& style,
                    float tracking_em);
void draw_tracked(ui::Painter& painter, std::string_view text, Vec2 position,
                  const gfx::TextStyle& style, float tracking_em);

}  // namespace vitrine::scenes
