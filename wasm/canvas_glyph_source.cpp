// SPDX-License-Identifier: MIT
#include "wasm/canvas_glyph_source.h"

#include "wasm/js_calls.h"

namespace vitrine::wasm {
namespace {

// As js/library_glyphs.js writes it.
struct JsGlyph {
  int32_t width = 0;
  int32_t height = 0;
  int32_t left = 0;
  int32_t top = 0;
  float advance = 0;
};

int family_of(const FontKey& font) {
  return static_cast<int>(font.family);
}
int weight_of(const FontKey& font) {
  return static_cast<int>(font.weight);
}

// What was drawn is white: its opacity, the last of a pixel's four bytes, is the coverage.
void take_coverage(size_t pixels, std::vector<uint8_t>& out) {
  out.resize(4 * pixels);
  if (pixels != 0) vitrine_js_glyph_take(out.data());
  for (size_t i = 0; i < pixels; ++i) out[i] = out[4 * i + 3];
  out.resize(pixels);
}

bool is_latin(std::string_view cluster) {
  return cluster.size() == 1 && static_cast<unsigned char>(cluster[0]) < 0x80;
}

}  // namespace

FontMetrics CanvasGlyphSource::metrics(const FontKey& font) {
  float values[2] = {};
  vitrine_js_font_metrics(family_of(font), weight_of(font), font.pixel_size, values);
  return {values[0], values[1]};
}

float CanvasGlyphSource::advance(const FontKey& font, std::string_view cluster) {
  return vitrine_js_glyph_advance(family_of(font), weight_of(font), font.pixel_size, cluster.data(),
                                  cluster.size());
}

// Chinese is set solid, so only Latin pairs are worth the three questions.
float CanvasGlyphSource::kerning(const FontKey& font, std::string_view left,
                                 std::string_view right) {
  if (!is_latin(left) || !is_latin(right)) return 0;
  const char pair[2] = {left[0], right[0]};
  return advance(font, {pair, 2}) - advance(font, left) - advance(font, right);
}

bool CanvasGlyphSource::rasterize(const FontKey& font, std::string_view cluster, GlyphBitmap& out) {
  JsGlyph glyph;
  const bool drawn = vitrine_js_glyph_draw(family_of(font), weight_of(font), font.pixel_size,
                                           cluster.data(), cluster.size(), &glyph) != 0;
  if (!drawn) glyph = JsGlyph{};
  out.width = static_cast<uint16_t>(glyph.width);
  out.height = static_cast<uint16_t>(glyph.height);
  out.left = static_cast<int16_t>(glyph.left);
  out.top = static_cast<int16_t>(glyph.top);
  out.advance = glyph.advance;
  take_coverage(size_t{out.width} * out.height, out.coverage);
  return drawn;
}

}  // namespace vitrine::wasm
