// SPDX-License-Identifier: MIT
#include "engine/vision/box_reduction.h"

#include <algorithm>

namespace vitrine {
namespace {

constexpr int kMostTaps = 4;

// Which of `factor` columns or rows are averaged: all up to four, else four of them, evenly spread
// about the middle, two even and two odd ones. A pattern of every other line would otherwise be
// hit always on the same foot.
struct Taps {
  explicit Taps(int factor) : count(std::min(factor, kMostTaps)) {
    for (int i = 0; i < count; ++i) place[i] = i;
    if (factor <= kMostTaps) return;
    int first = factor / 8, second = 3 * factor / 8;
    if (factor % 2 == 1 && first % 2 == second % 2) --(first > 0 ? first : second);
    place[0] = first;
    place[1] = second;
    place[2] = factor - 1 - second;
    place[3] = factor - 1 - first;
  }

  int count;
  int place[kMostTaps] = {};
};

// Beyond the picture its last column or row counts again.
int tap_place(int reduced, int factor, int place, int extent) {
  return std::min(reduced * factor + place, extent - 1);
}

}  // namespace

BoxReduction::BoxReduction(int most_side)
    : most_side_(most_side),
      values_(static_cast<size_t>(most_side) * static_cast<size_t>(most_side) * 3),
      columns_(static_cast<size_t>(most_side) * kMostTaps) {}

Reduced BoxReduction::reduce(const Pixels& from, PixelBox box, int factor) {
  Reduced to;
  to.factor = factor;
  to.origin_x = box.left / factor;
  to.origin_y = box.top / factor;
  to.pixels.width = std::min((box.right - 1) / factor - to.origin_x + 1, most_side_);
  to.pixels.height = std::min((box.bottom - 1) / factor - to.origin_y + 1, most_side_);
  to.pixels.channels = from.channels == 1 ? 1 : 3;
  to.pixels.stride = ptrdiff_t{to.pixels.width} * to.pixels.channels;
  to.pixels.data = values_.data();
  const Taps taps(factor);
  for (int x = 0; x < to.pixels.width; ++x) {
    for (int tap = 0; tap < taps.count; ++tap) {
      columns_[static_cast<size_t>(x * taps.count + tap)] =
          from.channels * tap_place(to.origin_x + x, factor, taps.place[tap], from.width);
    }
  }
  if (from.channels == 1) {
    reduce_rows<1>(from, to);
  } else {
    reduce_rows<3>(from, to);
  }
  return to;
}

template <int Channels>
void BoxReduction::reduce_rows(const Pixels& from, const Reduced& to) {
  const Taps taps(to.factor);
  const int count = taps.count * taps.count;
  uint8_t* out = values_.data();
  for (int y = 0; y < to.pixels.height; ++y) {
    const uint8_t* rows[kMostTaps] = {};
    for (int tap = 0; tap < taps.count; ++tap) {
      rows[tap] = from.data +
                  from.stride * tap_place(to.origin_y + y, to.factor, taps.place[tap], from.height);
    }
    const int* column = columns_.data();
    for (int x = 0; x < to.pixels.width; ++x, column += taps.count, out += Channels) {
      int sum[3] = {};
      for (int row = 0; row < taps.count; ++row) {
        for (int tap = 0; tap < taps.count; ++tap) {
          const uint8_t* pixel = rows[row] + column[tap];
          for (int channel = 0; channel < Channels; ++channel) sum[channel] += pixel[channel];
        }
      }
      for (int channel = 0; channel < Channels; ++channel)
        out[channel] = static_cast<uint8_t>((sum[channel] + count / 2) / count);
    }
  }
}

void BoxReduction::forget() {
  std::fill(values_.begin(), values_.end(), uint8_t{0});
  std::fill(columns_.begin(), columns_.end(), 0);
}

}  // namespace vitrine
