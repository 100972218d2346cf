// SPDX-License-Identifier: MIT
// Dear ImGui's fonts, with letters from our own glyph source instead of its TrueType reader: so the
// panel writes Chinese with the fonts that are there already.
#pragma once

#include <imgui.h>

#include <string_view>

#include "engine/platform/glyph_source.h"

namespace vitrine::staff {

// The four sizes that the panel is written in, units of its layout.
enum class Type : uint8_t { Small, Text, Title, Figure };

class FontAtlas {
 public:
  explicit FontAtlas(GlyphSource& glyphs) : glyphs_(glyphs) {}
  FontAtlas(const FontAtlas&) = delete;
  FontAtlas& operator=(const FontAtlas&) = delete;

  // Draws all `characters` anew in every size, a unit of the layout being so many device pixels.
  // Expects: no ImGui frame is begun. Characters beyond the basic plane are left out.
  void build(std::string_view characters, float pixels_a_unit);

  ImFontAtlas& imgui() { return atlas_; }
  ImFont* font(Type type) { return atlas_.Fonts[static_cast<int>(type)]; }

 private:
  void add_font(std::string_view characters, Type type, float pixels_a_unit);
  void add_glyph(ImFont& font, const FontKey& key, std::string_view cluster);
  // A free place in the texture; the texture grows downwards.
  struct Place {
    int x, y;
  };
  Place take_place(int width, int height);

  GlyphSource& glyphs_;
  ImFontAtlas atlas_;
  GlyphBitmap bitmap_;
  int height_ = 0;  // of the texture so far
  // The row of letters being filled.
  int row_x_ = 0, row_y_ = 0, row_height_ = 0;
};

}  // namespace vitrine::staff
