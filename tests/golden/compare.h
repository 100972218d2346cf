// SPDX-License-Identifier: MIT
// How far two pictures are apart. Same driver: nothing beyond 2 of 255. Across drivers only the
// coverage of edges differs: mean at most 0.5, and at most one pixel in a thousand beyond 8.
#pragma once

#include <cstdint>

#include "engine/platform/image_decoder.h"

namespace vitrine::golden {

struct Difference {
  bool same_size = false;
  uint32_t largest = 0;     // of any channel of any pixel
  double mean = 0;          // over all channels
  double share_over_8 = 1;  // of pixels with a channel beyond 8
};

Difference compare(const Image& a, const Image& b);

inline bool same_driver_passes(const Difference& d) {
  return d.same_size && d.largest <= 2;
}
inline bool cross_driver_passes(const Difference& d) {
  return d.same_size && d.mean <= 0.5 && d.share_over_8 <= 0.001;
}

}  // namespace vitrine::golden
