// SPDX-License-Identifier: MIT
// How legible drawn words are, from pictures of the same moment: all texts white, all texts black,
// and none at all. What differs between the first two is ink that is seen, whatever lies before or
// behind it. Pure. Areas are in pixels.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/geometry.h"
#include "engine/platform/image_decoder.h"

namespace vitrine::looks {

class InkMask {
 public:
  // Expects: pictures of one size.
  InkMask(const Image& white, const Image& black);

  // How much of what is drawn here is text, 0..255; 0 outside the picture.
  uint8_t at(int x, int y) const;

 private:
  int width_ = 0;
  int height_ = 0;
  std::vector<uint8_t> coverage_;
};

struct TextLook {
  double contrast = 21;   // that 95 of 100 pixels of its ink have at least
  float seen = 0;         // its strongest ink as a share of its opacity; less than 1: something
                          // translucent lies over it
  bool measured = false;  // false: no ink of it is seen
};

// A text of colour `ink` at `opacity` (0..1). Its letters lie within `area`; `covers` are those of
// texts drawn later, whose ink is not its own.
TextLook look_at_text(const InkMask& mask, const Image& background, const Rect& area,
                      std::span<const Rect> covers, Color ink, float opacity);

// The ratio between the lightest and the darkest of `area`, 1 in 200 at both ends left out: what a
// shape in it can be told apart by, be it a thin arrow.
double shape_contrast(const Image& picture, const Rect& area);

}  // namespace vitrine::looks
