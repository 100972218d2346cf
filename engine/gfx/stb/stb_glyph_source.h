// SPDX-License-Identifier: MIT
// Letters by stb_truetype from font files held in memory: natively, and on both platforms in golden
// runs. stb_truetype is not hardened: give it only fonts that we built or that the system
// installed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "engine/base/status.h"
#include "engine/platform/glyph_source.h"

namespace vitrine::gfx {

// A font file. `data` is kept alive by its owner count, so a mapped file costs only the pages read.
struct FontBytes {
  std::shared_ptr<const uint8_t> data;
  size_t size = 0;
};

// No shaping: a cluster is its code points drawn one over the other's end, which is right for
// Chinese and Latin, not for Arabic or Indic scripts. Glyphs stand on whole pixels.
class StbGlyphSource : public GlyphSource {
 public:
  static std::unique_ptr<StbGlyphSource> create();

  // Adds a face for a family and weight. A character is looked for in the faces of its own family
  // and weight in the order added, then in the same family's other weight, then in the rest.
  // `name` chooses a face of a collection (.ttc), "" takes the first.
  // Errors: InvalidArgument (not a font, or no face of that name).
  virtual Status add_face(FontFamily family, FontWeight weight, FontBytes bytes,
                          const std::string& name) = 0;

  // Whether some face has this character.
  virtual bool has(FontFamily family, FontWeight weight, char32_t code_point) const = 0;
};

}  // namespace vitrine::gfx
