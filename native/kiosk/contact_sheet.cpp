// SPDX-License-Identifier: MIT
#include "native/kiosk/contact_sheet.h"

#include <algorithm>
#include <utility>

namespace vitrine {
namespace {

constexpr uint32_t kGap = 12;
constexpr uint8_t kGrey = 0x5A;
constexpr FontKey kFont{FontFamily::Text, FontWeight::Regular, 17};

// Where step `at` of `steps` begins in `length` pixels; each holds at least one.
uint32_t edge(uint32_t at, uint32_t steps, uint32_t length) {
  return static_cast<uint32_t>(uint64_t{at} * length / steps);
}

void average(const Image& image, const uint32_t (&x)[2], const uint32_t (&y)[2], uint8_t* out) {
  uint32_t sum[4] = {};
  for (uint32_t row = y[0]; row < y[1]; ++row) {
    const uint8_t* from = &image.pixels[(size_t{row} * image.width + x[0]) * 4];
    for (uint32_t column = x[0]; column < x[1]; ++column, from += 4) {
      for (int c = 0; c < 4; ++c) sum[c] += from[c];
    }
  }
  const uint32_t count = (x[1] - x[0]) * (y[1] - y[0]);
  for (int c = 0; c < 4; ++c) out[c] = static_cast<uint8_t>((sum[c] + count / 2) / count);
}

// Where each of `lengths` begins behind `start`, with a gap after each; the end of all is last.
std::vector<uint32_t> laid_out(uint32_t start, const std::vector<uint32_t>& lengths) {
  std::vector<uint32_t> places{start};
  for (const uint32_t length : lengths) places.push_back(places.back() + length + kGap);
  return places;
}

void place(const Image& picture, uint32_t x, uint32_t y, Image& on) {
  for (uint32_t row = 0; row < picture.height; ++row) {
    const uint8_t* from = &picture.pixels[size_t{row} * picture.width * 4];
    std::copy_n(from, size_t{picture.width} * 4, &on.pixels[(size_t{y + row} * on.width + x) * 4]);
  }
}

size_t index_of(std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<size_t>(found - names.begin());
  names.emplace_back(name);
  return names.size() - 1;
}

// White by the letter's coverage.
void stamp(const GlyphBitmap& glyph, int64_t left, int64_t top, Image& on) {
  for (uint32_t y = 0; y < glyph.height; ++y) {
    for (uint32_t x = 0; x < glyph.width; ++x) {
      const int64_t at_x = left + x, at_y = top + y;
      if (at_x < 0 || at_y < 0 || at_x >= on.width || at_y >= on.height) continue;
      uint8_t* pixel = &on.pixels[static_cast<size_t>(at_y * on.width + at_x) * 4];
      const uint32_t coverage = glyph.coverage[size_t{y} * glyph.width + x];
      for (int c = 0; c < 3; ++c) {
        pixel[c] = static_cast<uint8_t>((pixel[c] * (255 - coverage) + 255 * coverage) / 255);
      }
    }
  }
}

}  // namespace

Image made_smaller(const Image& image, uint32_t height) {
  if (height >= image.height) return image;
  const auto width = std::max(
      1u,
      static_cast<uint32_t>((uint64_t{image.width} * height + image.height / 2) / image.height));
  Image small{width, height, std::vector<uint8_t>(size_t{width} * height * 4)};
  uint8_t* out = small.pixels.data();
  for (uint32_t y = 0; y < height; ++y) {
    const uint32_t rows[2] = {edge(y, height, image.height), edge(y + 1, height, image.height)};
    for (uint32_t x = 0; x < width; ++x, out += 4) {
      average(image, {edge(x, width, image.width), edge(x + 1, width, image.width)}, rows, out);
    }
  }
  return small;
}

uint32_t Lettering::width_of(std::string_view text) const {
  float width = 0;
  for (size_t i = 0; i < text.size(); ++i) width += glyphs_.advance(kFont, text.substr(i, 1));
  return static_cast<uint32_t>(width + 1);
}

void Lettering::write(std::string_view text, uint32_t x, uint32_t y, Image& on) const {
  const auto baseline = static_cast<int64_t>(static_cast<float>(y) + glyphs_.metrics(kFont).ascent);
  float pen = static_cast<float>(x);
  GlyphBitmap glyph;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!glyphs_.rasterize(kFont, text.substr(i, 1), glyph)) continue;
    stamp(glyph, static_cast<int64_t>(pen) + glyph.left, baseline - glyph.top, on);
    pen += glyph.advance;
  }
}

void ContactSheet::add(std::string_view row, std::string_view column, Image picture) {
  const size_t in_row = index_of(rows_, row), in_column = index_of(columns_, column);
  for (Cell& cell : cells_) {
    if (cell.row == in_row && cell.column == in_column) {
      cell.picture = std::move(picture);
      return;
    }
  }
  cells_.push_back({in_row, in_column, std::move(picture)});
}

Image ContactSheet::compose(const Lettering& lettering) const {
  std::vector<uint32_t> widths, heights(rows_.size(), Lettering::kHeight);
  for (const std::string& name : columns_) widths.push_back(lettering.width_of(name));
  for (const Cell& cell : cells_) {
    widths[cell.column] = std::max(widths[cell.column], cell.picture.width);
    heights[cell.row] = std::max(heights[cell.row], cell.picture.height);
  }
  uint32_t names = 0;
  for (const std::string& name : rows_) names = std::max(names, lettering.width_of(name));
  const std::vector<uint32_t> xs = laid_out(kGap + (names > 0 ? names + kGap : 0), widths);
  const std::vector<uint32_t> ys = laid_out(kGap + Lettering::kHeight, heights);
  Image sheet{xs.back(), ys.back(), std::vector<uint8_t>(size_t{xs.back()} * ys.back() * 4, kGrey)};
  for (size_t i = 0; i < columns_.size(); ++i) lettering.write(columns_[i], xs[i], kGap / 2, sheet);
  for (size_t i = 0; i < rows_.size(); ++i) lettering.write(rows_[i], kGap, ys[i], sheet);
  for (const Cell& cell : cells_) place(cell.picture, xs[cell.column], ys[cell.row], sheet);
  return sheet;
}

}  // namespace vitrine
