// SPDX-License-Identifier: MIT
// Many pictures made small on one, in named rows and columns, for looking at them side by side.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/platform/glyph_source.h"
#include "engine/platform/image_decoder.h"

namespace vitrine {

// `image` averaged down to `height` pixels, its aspect kept; never enlarged. Expects: not empty.
Image made_smaller(const Image& image, uint32_t height);

// Writes on pictures. `glyphs` outlives it.
class Lettering {
 public:
  explicit Lettering(GlyphSource& glyphs) : glyphs_(glyphs) {}

  static constexpr uint32_t kHeight = 22;  // of a line, pixels
  // One character a code point of `text` (ASCII); pixels.
  uint32_t width_of(std::string_view text) const;
  // White, the line's left top corner at (x, y); what leaves the picture is cut.
  void write(std::string_view text, uint32_t x, uint32_t y, Image& on) const;

 private:
  GlyphSource& glyphs_;
};

class ContactSheet {
 public:
  // Rows and columns appear in the order in which they are first named. A picture that is there
  // already is replaced.
  void add(std::string_view row, std::string_view column, Image picture);
  // The grid on grey: names of the rows at the left, of the columns on top, a gap between any two
  // pictures. A column is as wide as its widest picture, a row as high as its highest.
  Image compose(const Lettering& lettering) const;

 private:
  struct Cell {
    size_t row, column;
    Image picture;
  };
  std::vector<std::string> rows_;
  std::vector<std::string> columns_;
  std::vector<Cell> cells_;
};

}  // namespace vitrine
