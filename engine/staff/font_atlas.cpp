// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>
#include <string>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/staff/font_atlas_internal.h"

namespace vitrine::staff {
namespace {

struct Face {
  FontWeight weight;
  float size;  // units
};

constexpr Face kFaces[] = {{FontWeight::Regular, 26},
                           {FontWeight::Regular, 32},
                           {FontWeight::Bold, 40},
                           {FontWeight::Bold, 52}};
constexpr int kTextureWidth = 2048;
constexpr int kFirstHeight = 256;
constexpr int kGap = 1;    // so that neighbours do not shine in
constexpr int kWhite = 4;  // side of the white patch that everything without letters is drawn with
constexpr float kLineHeight = 1.3f;

// Each character once: where it stands in the text, by its code point.
std::set<std::pair<char32_t, std::pair<size_t, size_t>>> unique_characters(std::string_view text) {
  std::set<char32_t> seen;
  std::set<std::pair<char32_t, std::pair<size_t, size_t>>> found;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const char32_t code = next_code_point(text, at);
    const bool fits = code >= ' ' && code <= 0xFFFF && code != 0xFFFD;
    if (fits && seen.insert(code).second) found.insert({code, {begin, at - begin}});
  }
  return found;
}

}  // namespace

void FontAtlas::build(std::string_view characters, float pixels_a_unit) {
  atlas_.Clear();
  atlas_.TexWidth = kTextureWidth;
  atlas_.TexHeight = 1;  // so that ImGui takes rows of pixels for shares while it adds letters up
  height_ = kFirstHeight;
  const auto bytes = static_cast<size_t>(kTextureWidth) * kFirstHeight;
  atlas_.TexPixelsAlpha8 = static_cast<unsigned char*>(IM_ALLOC(bytes));
  std::memset(atlas_.TexPixelsAlpha8, 0, bytes);
  row_x_ = row_y_ = row_height_ = 0;
  const Place white = take_place(kWhite, kWhite);
  for (int y = 0; y < kWhite; ++y) {
    std::memset(&atlas_.TexPixelsAlpha8[(white.y + y) * kTextureWidth + white.x], 255, kWhite);
  }
  for (const Type type : {Type::Small, Type::Text, Type::Title, Type::Figure}) {
    add_font(characters, type, pixels_a_unit);
  }
  // Only now is the height known that texture coordinates are shares of.
  atlas_.TexHeight = height_;
  const auto height = static_cast<float>(height_);
  atlas_.TexUvScale = {1.0f / kTextureWidth, 1.0f / height};
  atlas_.TexUvWhitePixel = {(static_cast<float>(white.x) + kWhite * 0.5f) / kTextureWidth,
                            (static_cast<float>(white.y) + kWhite * 0.5f) / height};
  for (ImFont* font : atlas_.Fonts) {
    for (ImFontGlyph& glyph : font->Glyphs) {
      glyph.V0 /= height;
      glyph.V1 /= height;
    }
    font->BuildLookupTable();
  }
  atlas_.TexReady = true;
}

void FontAtlas::add_font(std::string_view characters, Type type, float pixels_a_unit) {
  const Face& face = kFaces[static_cast<size_t>(type)];
  const float pixels = std::clamp(face.size * pixels_a_unit, 8.0f, 512.0f);
  const FontKey key{FontFamily::Text, face.weight, static_cast<uint16_t>(pixels + 0.5f)};
  const FontMetrics metrics = glyphs_.metrics(key);
  ImFont* font = IM_NEW(ImFont)();
  atlas_.Fonts.push_back(font);
  font->ContainerAtlas = &atlas_;
  font->FontSize = std::round(static_cast<float>(key.pixel_size) * kLineHeight);
  // The line's room is shared above and below the letters.
  font->Ascent = std::round((font->FontSize + metrics.ascent - metrics.descent) / 2);
  font->Descent = font->Ascent - font->FontSize;
  for (const auto& [code, place] : unique_characters(characters)) {
    add_glyph(*font, key, characters.substr(place.first, place.second));
  }
  font->FallbackChar = '?';
}

void FontAtlas::add_glyph(ImFont& font, const FontKey& key, std::string_view cluster) {
  size_t at = 0;
  const auto code = static_cast<ImWchar>(next_code_point(cluster, at));
  if (!glyphs_.rasterize(key, cluster, bitmap_)) {
    // A blank: ImGui takes no font that lacks letters altogether.
    bitmap_ = {};
    bitmap_.advance = static_cast<float>(key.pixel_size) / 2;
  }
  const int width = bitmap_.width;
  const int height = bitmap_.height;
  const Place place = width == 0 ? Place{0, 0} : take_place(width, height);
  for (int y = 0; y < height; ++y) {
    std::memcpy(&atlas_.TexPixelsAlpha8[(place.y + y) * kTextureWidth + place.x],
                &bitmap_.coverage[static_cast<size_t>(y) * bitmap_.width], bitmap_.width);
  }
  const auto left = static_cast<float>(bitmap_.left);
  const float top = font.Ascent - static_cast<float>(bitmap_.top);
  const auto u = static_cast<float>(place.x) / kTextureWidth;
  const auto v = static_cast<float>(place.y);
  font.AddGlyph(nullptr, code, left, top, left + static_cast<float>(width),
                top + static_cast<float>(height), u, v,
                u + static_cast<float>(width) / kTextureWidth, v + static_cast<float>(height),
                bitmap_.advance);
}

FontAtlas::Place FontAtlas::take_place(int width, int height) {
  if (row_x_ + width + kGap > kTextureWidth) {
    row_y_ += row_height_ + kGap;
    row_x_ = row_height_ = 0;
  }
  row_height_ = std::max(row_height_, height);
  const Place place{row_x_, row_y_};
  row_x_ += width + kGap;
  int grown = height_;
  while (row_y_ + row_height_ > grown) grown *= 2;
  if (grown == height_) return place;
  const auto old_bytes = static_cast<size_t>(kTextureWidth) * static_cast<size_t>(height_);
  const auto bytes = static_cast<size_t>(kTextureWidth) * static_cast<size_t>(grown);
  auto* pixels = static_cast<unsigned char*>(IM_ALLOC(bytes));
  std::memcpy(pixels, atlas_.TexPixelsAlpha8, old_bytes);
  std::memset(pixels + old_bytes, 0, bytes - old_bytes);
  IM_FREE(atlas_.TexPixelsAlpha8);
  atlas_.TexPixelsAlpha8 = pixels;
  height_ = grown;
  return place;
}

}  // namespace vitrine::staff
