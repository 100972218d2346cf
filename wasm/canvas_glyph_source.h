// SPDX-License-Identifier: MIT
// Letters by the browser's canvas and the system's fonts; see js/library_glyphs.js.
#pragma once

#include "engine/platform/glyph_source.h"

namespace vitrine::wasm {

class CanvasGlyphSource final : public GlyphSource {
 public:
  FontMetrics metrics(const FontKey& font) override;
  float advance(const FontKey& font, std::string_view cluster) override;
  float kerning(const FontKey& font, std::string_view left, std::string_view right) override;
  bool rasterize(const FontKey& font, std::string_view cluster, GlyphBitmap& out) override;
};

}  // namespace vitrine::wasm
