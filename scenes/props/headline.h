// SPDX-License-Identifier: MIT
// Two lines in display type that rise one after the other; the promise of a screen.
#pragma once

#include <string_view>

#include "scenes/props/words.h"

namespace vitrine::scenes {

class Headline {
 public:
  // Where it stands and how it looks. `at`: left top of the first line, or its middle when centred.
  struct Look {
    Vec2 at;
    gfx::TextAlign align = gfx::TextAlign::Start;
    float line_height = 1.12f;
    Color first, second;
  };
  struct Moment {
    float since = 10;  // seconds since it began to come
    float gone = 0;    // 0..1
    float strike = 1;  // how much of the strike is drawn, 0..1
  };

  // What stands between two ~ is struck through.
  void set(std::string_view first, std::string_view second);
  // Takes the largest size up to `size` at which both lines fit `width`.
  void fit(gfx::Canvas& canvas, float width, float size);
  void draw(ui::Painter& painter, const Look& look, const Moment& moment) const;

  float size() const { return size_; }
  const std::string& first() const { return first_.plain(); }
  const std::string& second() const { return second_.plain(); }

 private:
  StruckLine first_, second_;
  float size_ = 0;
};

}  // namespace vitrine::scenes
