// SPDX-License-Identifier: MIT
#include "native/kiosk/contact_sheet.h"

#include <algorithm>
#include <utility>

namespace vitrine {
namespace {

constexpr uint32_t kGap = 12;
constexpr uint8_t kGrey = 0x5A;

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

uint32_t width_of(const std::vector<Image>& row) {
  uint32_t width = kGap;
  for (const Image& picture : row) width += picture.width + kGap;
  return width;
}

uint32_t height_of(const std::vector<Image>& row) {
  uint32_t height = 0;
  for (const Image& picture : row) height = std::max(height, picture.height);
  return height == 0 ? 0 : height + kGap;
}

void place(const Image& picture, uint32_t x, uint32_t y, Image& on) {
  for (uint32_t row = 0; row < picture.height; ++row) {
    const uint8_t* from = &picture.pixels[size_t{row} * picture.width * 4];
    std::copy_n(from, size_t{picture.width} * 4,
                &on.pixels[(size_t{y + row} * on.width + x) * 4]);
  }
}

}  // namespace

Image made_smaller(const Image& image, uint32_t height) {
  if (height >= image.height) return image;
  const auto width = std::max(
      1u, static_cast<uint32_t>((uint64_t{image.width} * height + image.height / 2) / image.height));
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

void ContactSheet::add(size_t row, Image picture) {
  if (rows_.size() <= row) rows_.resize(row + 1);
  rows_[row].push_back(std::move(picture));
}

Image ContactSheet::compose() const {
  uint32_t width = kGap;
  uint32_t height = kGap;
  for (const auto& row : rows_) {
    width = std::max(width, width_of(row));
    height += height_of(row);
  }
  Image sheet{width, height, std::vector<uint8_t>(size_t{width} * height * 4, kGrey)};
  uint32_t y = kGap;
  for (const auto& row : rows_) {
    uint32_t x = kGap;
    for (const Image& picture : row) {
      place(picture, x, y, sheet);
      x += picture.width + kGap;
    }
    y += height_of(row);
  }
  return sheet;
}

}  // namespace vitrine
