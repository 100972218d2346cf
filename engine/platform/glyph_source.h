// SPDX-License-Identifier: MIT
// Where letters come from: canvas 2D with system fonts in a browser, stb_truetype with Noto
// natively and in golden runs. Layout, atlas and drawing are gfx's.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace vitrine {

enum class FontFamily : uint8_t { Text, Display };
enum class FontWeight : uint8_t { Regular, Bold };

struct FontKey {
  FontFamily family = FontFamily::Text;
  FontWeight weight = FontWeight::Regular;
  uint16_t pixel_size = 16;  // em height in device pixels, 8..512

  friend bool operator==(const FontKey&, const FontKey&) = default;
};

// In device pixels; descent is positive downwards.
struct FontMetrics {
  float ascent = 0;
  float descent = 0;
};

// A coverage picture of one cluster, one byte a pixel, rows from the top, no padding.
struct GlyphBitmap {
  uint16_t width = 0;  // 0 x 0 for a space
  uint16_t height = 0;
  int16_t left = 0;   // from the pen to the bitmap's left edge
  int16_t top = 0;    // from the baseline up to the bitmap's top edge
  float advance = 0;  // how far the pen moves
  std::vector<uint8_t> coverage;
};

// Synchronous on purpose: a glyph costs microseconds (natively 13, in a browser about 140), and gfx
// limits how many new ones it asks for a frame. Called on the App's thread.
class GlyphSource {
 public:
  virtual ~GlyphSource() = default;

  virtual FontMetrics metrics(const FontKey& font) = 0;

  // How far the pen moves over `cluster` (one user-perceived character in UTF-8).
  virtual float advance(const FontKey& font, std::string_view cluster) = 0;

  // Extra space between two neighbours, usually 0 or negative.
  virtual float kerning(const FontKey& font, std::string_view left, std::string_view right) = 0;

  // Draws `cluster` into `out`, reusing its memory. A cluster that no font has is drawn as the
  // font's missing-glyph box; false only when even that failed, with `out` empty.
  virtual bool rasterize(const FontKey& font, std::string_view cluster, GlyphBitmap& out) = 0;
};

}  // namespace vitrine
