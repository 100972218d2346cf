// SPDX-License-Identifier: MIT
#include "tests/golden/compare.h"

#include <algorithm>
#include <cstdlib>

namespace vitrine::golden {

Difference compare(const Image& a, const Image& b) {
  Difference result;
  result.same_size =
      a.width == b.width && a.height == b.height && a.pixels.size() == b.pixels.size();
  if (!result.same_size) return result;
  uint64_t sum = 0;
  uint64_t over = 0;
  for (size_t i = 0; i < a.pixels.size(); i += 4) {
    uint32_t worst = 0;
    for (size_t channel = i; channel < i + 3; ++channel) {
      const auto d =
          static_cast<uint32_t>(std::abs(int{a.pixels[channel]} - int{b.pixels[channel]}));
      sum += d;
      worst = std::max(worst, d);
    }
    result.largest = std::max(result.largest, worst);
    over += worst > 8 ? 1 : 0;
  }
  const double pixels = static_cast<double>(a.width) * a.height;
  result.mean = static_cast<double>(sum) / (3 * pixels);
  result.share_over_8 = static_cast<double>(over) / pixels;
  return result;
}

}  // namespace vitrine::golden
