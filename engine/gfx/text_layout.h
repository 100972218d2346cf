// SPDX-License-Identifier: MIT
// Text into lines of placed clusters. Pure: widths come from a meter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/gfx/text_breaks.h"

namespace vitrine::gfx {

// Widths of one font, in any unit; the layout comes out in the same.
class FontMeter {
 public:
  virtual ~FontMeter() = default;
  virtual float advance(std::string_view cluster) = 0;
  virtual float kerning(std::string_view left, std::string_view right) = 0;
};

struct LayoutRules {
  float max_width = 0;     // 0: lines end only at newlines
  uint32_t max_lines = 0;  // 0: as many as it takes
  bool tabular = false;    // digits take the widest digit's room, centred in it
};

struct PlacedCluster {
  uint32_t offset = 0;  // into TextLayout::text
  uint16_t length = 0;
  BreakClass kind = BreakClass::Word;
  float advance = 0;  // with kerning towards the next
  float x = 0;        // pen, from the line's left
};

struct LayoutLine {
  uint32_t first = 0;  // clusters, without the spaces that the line's end swallowed
  uint32_t count = 0;
  float width = 0;
};

struct TextLayout {
  std::string text;  // what was laid out, and the ellipsis behind it if there is one
  std::vector<PlacedCluster> clusters;
  std::vector<LayoutLine> lines;
  float width = 0;  // of the widest line
  bool cut = false;

  std::string_view cluster_text(const PlacedCluster& cluster) const {
    return std::string_view(text).substr(cluster.offset, cluster.length);
  }
};

// Replaces what is in `out`, reusing its memory. A text that is only cut because of max_lines ends
// with an ellipsis; a word wider than a line is broken anywhere.
void lay_out(std::string_view text, const LayoutRules& rules, FontMeter& meter, TextLayout& out);

}  // namespace vitrine::gfx
