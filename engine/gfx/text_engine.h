// SPDX-License-Identifier: MIT
// Laid-out texts, kept while they are asked for unchanged: a steady frame neither measures nor
// allocates.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/gfx/canvas.h"
#include "engine/gfx/glyph_atlas.h"
#include "engine/gfx/text_layout.h"

namespace vitrine::gfx {

// A text in the units of its font: pixels at `font.pixel_size`.
struct ShapedText {
  TextLayout layout;
  FontKey font;
  FontMetrics metrics;
  float unit = 1;            // logical points a font pixel
  size_t source_length = 0;  // of the text as given, before an ellipsis

  // What it was made from.
  uint64_t hash = 0;
  float size = 0;
  float max_width = 0;
  uint8_t max_lines = 0;
  bool tabular = false;

  // At which pixel size its letters were drawn last, where a transform scales them.
  uint16_t raster_size = 0;
  uint16_t wanted_size = 0;
  uint32_t wanted_frame = 0;
  uint32_t last_frame = 0;  // 0: the slot is free
};

class TextEngine {
 public:
  TextEngine(GlyphSource& source, GlyphAtlas& atlas);

  void begin_frame();
  // No text that was laid out is in its memory any more; what is still shown is laid out anew.
  void forget();
  // Device pixels a point; texts are laid out anew when it changes.
  void set_pixel_ratio(float ratio);

  // Valid until the next call of anything here.
  ShapedText& shape(std::string_view text, float max_width, const TextStyle& style);

  // The pixel size to draw letters at when they appear `scale` times their laid-out size. Sharp
  // wherever the scale rests; while it moves, letters that exist are stretched instead.
  uint16_t raster_size(ShapedText& text, float scale) const;

  size_t cached() const;

 private:
  ShapedText* find(std::string_view text, uint64_t hash, float max_width, const TextStyle& style);
  ShapedText& take_slot();
  void insert(uint32_t slot);
  void rebuild_table();
  void free_old_slots(uint32_t age);

  GlyphSource& source_;
  GlyphAtlas& atlas_;
  float ratio_ = 1;
  uint32_t frame_ = 1;
  std::vector<ShapedText> slots_;
  std::vector<uint32_t> free_;
  std::vector<uint32_t> table_;  // slot + 1, open addressing
};

}  // namespace vitrine::gfx
