// SPDX-License-Identifier: MIT
#include "engine/vision/box_reduction.h"

#include <algorithm>

namespace vitrine {
namespace {

// The `tap`th of `taps` evenly spread columns or rows of a reduced pixel; beyond the picture its
// last one counts again.
int tap_place(int reduced, int factor, int tap, int taps, int extent) {
  return std::min(reduced * factor + (2 * tap + 1) * factor / (2 * taps), extent - 1);
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
  const int taps = std::min(factor, kMostTaps);
  for (int x = 0; x < to.pixels.width; ++x) {
    for (int tap = 0; tap < taps; ++tap) {
      columns_[static_cast<size_t>(x * taps + tap)] =
          from.channels * tap_place(to.origin_x + x, factor, tap, taps, from.width);
    }
  }
  if (from.channels == 1) {
    reduce_rows<1>(from, to, taps);
  } else {
    reduce_rows<3>(from, to, taps);
  }
  return to;
}

template <int Channels>
void BoxReduction::reduce_rows(const Pixels& from, const Reduced& to, int taps) {
  const int count = taps * taps;
  uint8_t* out = values_.data();
  for (int y = 0; y < to.pixels.height; ++y) {
    const uint8_t* rows[kMostTaps] = {};
    for (int tap = 0; tap < taps; ++tap) {
      rows[tap] =
          from.data + from.stride * tap_place(to.origin_y + y, to.factor, tap, taps, from.height);
    }
    const int* column = columns_.data();
    for (int x = 0; x < to.pixels.width; ++x, column += taps, out += Channels) {
      int sum[Channels] = {};
      for (int row = 0; row < taps; ++row) {
        for (int tap = 0; tap < taps; ++tap) {
          const uint8_t* pixel = rows[row] + column[tap];
          for (int channel = 0; channel < Channels; ++channel) sum[channel] += pixel[channel];
        }
      }
      for (int channel = 0; channel < Channels; ++channel)
        out[channel] = static_cast<uint8_t>((sum[channel] + count / 2) / count);
    }
  }
}

}  // namespace vitrine
