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
  // Both lines fit `width`, in letters of at most `size`: measured when they are prepared or drawn,
  // for what is never shown need not be.
  void set_room(float width, float size);
  // Its letters, as Canvas::prepare_text.
  void prepare(gfx::Canvas& canvas);
  void draw(ui::Painter& painter, const Look& look, const Moment& moment);

  // Once it was prepared or drawn.
  float size() const { return size_; }
  const std::string& first() const { return first_.plain(); }
  const std::string& second() const { return second_.plain(); }

 private:
  void fit(gfx::Canvas& canvas);

  StruckLine first_, second_;
  float width_ = 0;
  float most_ = 0;
  float size_ = 0;  // 0: not measured yet
};

}  // namespace vitrine::scenes
