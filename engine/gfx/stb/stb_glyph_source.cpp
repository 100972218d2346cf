// SPDX-License-Identifier: MIT
#include "engine/gfx/stb/stb_glyph_source.h"

#include <stb_truetype.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/utf8.h"

namespace vitrine::gfx {
namespace {

constexpr size_t kChains = 4;       // family x weight
constexpr size_t kMaxCluster = 16;  // code points drawn of one cluster; no real one has more

struct Face {
  FontFamily family;
  FontWeight weight;
  FontBytes bytes;
  stbtt_fontinfo info;
};

struct Glyph {
  const Face* face = nullptr;
  int index = 0;
};

struct Box {
  int left = 0, top = 0, right = 0, bottom = 0;
  bool empty() const { return left >= right || top >= bottom; }
};

size_t chain_of(FontFamily family, FontWeight weight) {
  return static_cast<size_t>(family) * 2 + static_cast<size_t>(weight);
}

// Joiners and variation selectors choose a form that we do not have; they draw nothing.
bool is_invisible(char32_t c) {
  return c == 0x200B || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0xFEFF ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

Box unite(const Box& a, const Box& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
          std::max(a.bottom, b.bottom)};
}

float scale_of(const Face& face, uint16_t pixel_size) {
  return stbtt_ScaleForMappingEmToPixels(&face.info, static_cast<float>(pixel_size));
}

float advance_of(const Glyph& glyph, uint16_t pixel_size) {
  int advance = 0;
  stbtt_GetGlyphHMetrics(&glyph.face->info, glyph.index, &advance, nullptr);
  return static_cast<float>(advance) * scale_of(*glyph.face, pixel_size);
}

class StbGlyphSourceImpl final : public StbGlyphSource {
 public:
  Status add_face(FontFamily family, FontWeight weight, FontBytes bytes,
                  const std::string& name) override {
    auto face = std::make_unique<Face>(Face{family, weight, std::move(bytes), {}});
    const int offset = face_offset(face->bytes, name);
    if (offset < 0 || stbtt_InitFont(&face->info, face->bytes.data.get(), offset) == 0) {
      return {StatusCode::InvalidArgument, "not a usable font, or no face named \"" + name + "\""};
    }
    faces_.push_back(std::move(face));
    rebuild_chains();
    return {};
  }

  bool has(FontFamily family, FontWeight weight, char32_t code_point) const override {
    return search(chains_[chain_of(family, weight)], code_point).index != 0;
  }

  FontMetrics metrics(const FontKey& font) override {
    const auto& chain = chains_[chain_of(font.family, font.weight)];
    if (chain.empty()) return {};
    int ascent = 0;
    int descent = 0;
    stbtt_GetFontVMetrics(&chain.front()->info, &ascent, &descent, nullptr);
    const float scale = scale_of(*chain.front(), font.pixel_size);
    return {static_cast<float>(ascent) * scale, -static_cast<float>(descent) * scale};
  }

  float advance(const FontKey& font, std::string_view cluster) override {
    std::array<Glyph, kMaxCluster> glyphs;
    const size_t count = glyphs_of(font, cluster, glyphs);
    float total = 0;
    for (size_t i = 0; i < count; ++i) total += advance_of(glyphs[i], font.pixel_size);
    return total;
  }

  float kerning(const FontKey& font, std::string_view left, std::string_view right) override {
    if (left.empty() || right.empty()) return 0;
    std::array<Glyph, kMaxCluster> a;
    std::array<Glyph, kMaxCluster> b;
    const size_t a_count = glyphs_of(font, left, a);
    const size_t b_count = glyphs_of(font, right, b);
    if (a_count == 0 || b_count == 0 || a[a_count - 1].face != b[0].face) return 0;
    const Face& face = *b[0].face;
    return static_cast<float>(
               stbtt_GetGlyphKernAdvance(&face.info, a[a_count - 1].index, b[0].index)) *
           scale_of(face, font.pixel_size);
  }

  bool rasterize(const FontKey& font, std::string_view cluster, GlyphBitmap& out) override {
    out.width = out.height = 0;
    out.left = out.top = 0;
    out.advance = 0;
    out.coverage.clear();
    std::array<Glyph, kMaxCluster> glyphs;
    const size_t count = glyphs_of(font, cluster, glyphs);
    if (count == 0) return !chains_[chain_of(font.family, font.weight)].empty();
    draw(glyphs, count, font.pixel_size, out);
    return true;
  }

 private:
  using Chain = std::vector<const Face*>;

  static int face_offset(const FontBytes& bytes, const std::string& name) {
    constexpr size_t kSmallestHeader = 12;
    if (bytes.data == nullptr || bytes.size < kSmallestHeader) return -1;
    if (name.empty()) return stbtt_GetFontOffsetForIndex(bytes.data.get(), 0);
    return stbtt_FindMatchingFont(bytes.data.get(), name.c_str(), STBTT_MACSTYLE_DONTCARE);
  }

  // How far a face is from what is asked for: own family and weight, then own family, then own
  // weight, then anything.
  static int distance(const Face& face, size_t chain) {
    const bool family = static_cast<size_t>(face.family) == chain / 2;
    const bool weight = static_cast<size_t>(face.weight) == chain % 2;
    return (family ? 0 : 2) + (weight ? 0 : 1);
  }

  void rebuild_chains() {
    for (size_t c = 0; c < kChains; ++c) {
      chains_[c].clear();
      for (const auto& face : faces_) chains_[c].push_back(face.get());
      std::stable_sort(chains_[c].begin(), chains_[c].end(), [c](const Face* a, const Face* b) {
        return distance(*a, c) < distance(*b, c);
      });
      found_[c].clear();
    }
  }

  static Glyph search(const Chain& chain, char32_t code_point) {
    for (const Face* face : chain) {
      const int index = stbtt_FindGlyphIndex(&face->info, static_cast<int>(code_point));
      if (index != 0) return {face, index};
    }
    return {chain.empty() ? nullptr : chain.front(), 0};
  }

  // Remembered, because layout asks for the same few hundred characters every frame.
  Glyph glyph(size_t chain, char32_t code_point) {
    const auto known = found_[chain].find(code_point);
    if (known != found_[chain].end()) return known->second;
    const Glyph found = search(chains_[chain], code_point);
    found_[chain].emplace(code_point, found);
    return found;
  }

  size_t glyphs_of(const FontKey& font, std::string_view cluster,
                   std::array<Glyph, kMaxCluster>& out) {
    const size_t chain = chain_of(font.family, font.weight);
    size_t count = 0;
    for (size_t at = 0; at < cluster.size() && count < kMaxCluster;) {
      const char32_t code_point = next_code_point(cluster, at);
      if (is_invisible(code_point)) continue;
      const Glyph found = glyph(chain, code_point);
      if (found.face != nullptr) out[count++] = found;
    }
    return count;
  }

  static Box box_of(const Glyph& glyph, uint16_t pixel_size, int pen) {
    const float scale = scale_of(*glyph.face, pixel_size);
    Box box;
    stbtt_GetGlyphBitmapBox(&glyph.face->info, glyph.index, scale, scale, &box.left, &box.top,
                            &box.right, &box.bottom);
    box.left += pen;
    box.right += pen;
    return box;
  }

  static int pen_at(float advance) { return static_cast<int>(std::lround(advance)); }

  void draw(const std::array<Glyph, kMaxCluster>& glyphs, size_t count, uint16_t pixel_size,
            GlyphBitmap& out) {
    Box all;
    for (size_t i = 0; i < count; ++i) {
      all = unite(all, box_of(glyphs[i], pixel_size, pen_at(out.advance)));
      out.advance += advance_of(glyphs[i], pixel_size);
    }
    if (all.empty()) return;
    out.width = static_cast<uint16_t>(all.right - all.left);
    out.height = static_cast<uint16_t>(all.bottom - all.top);
    out.left = static_cast<int16_t>(all.left);
    out.top = static_cast<int16_t>(-all.top);
    out.coverage.assign(size_t{out.width} * out.height, 0);
    float pen = 0;
    for (size_t i = 0; i < count; ++i) {
      add_glyph(glyphs[i], pixel_size, pen_at(pen), all, out);
      pen += advance_of(glyphs[i], pixel_size);
    }
  }

  // Marks lie over their letter, so coverage is joined, not replaced.
  void add_glyph(const Glyph& glyph, uint16_t pixel_size, int pen, const Box& all,
                 GlyphBitmap& out) {
    const Box box = box_of(glyph, pixel_size, pen);
    if (box.empty()) return;
    const int width = box.right - box.left;
    const int height = box.bottom - box.top;
    const float scale = scale_of(*glyph.face, pixel_size);
    scratch_.assign(static_cast<size_t>(width) * static_cast<size_t>(height), 0);
    stbtt_MakeGlyphBitmap(&glyph.face->info, scratch_.data(), width, height, width, scale, scale,
                          glyph.index);
    for (int y = 0; y < height; ++y) {
      const uint8_t* from = scratch_.data() + static_cast<size_t>(y) * static_cast<size_t>(width);
      uint8_t* to = out.coverage.data() + static_cast<size_t>(y + box.top - all.top) * out.width +
                    (box.left - all.left);
      for (int x = 0; x < width; ++x) to[x] = std::max(to[x], from[x]);
    }
  }

  std::vector<std::unique_ptr<Face>> faces_;
  std::array<Chain, kChains> chains_;
  std::array<std::unordered_map<char32_t, Glyph>, kChains> found_;
  std::vector<uint8_t> scratch_;
};

}  // namespace

std::unique_ptr<StbGlyphSource> StbGlyphSource::create() {
  return std::make_unique<StbGlyphSourceImpl>();
}

}  // namespace vitrine::gfx
