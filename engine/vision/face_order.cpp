// SPDX-License-Identifier: MIT
#include "engine/vision/face_order.h"

#include <utility>

namespace vitrine {

void order_by_nearness(std::span<size_t> order, std::span<const float> sizes) {
  for (size_t pass = 1; pass < order.size(); ++pass) {
    for (size_t i = order.size() - 1; i >= pass; --i) {
      if (sizes[order[i]] > kClearlyNearer * sizes[order[i - 1]]) std::swap(order[i], order[i - 1]);
    }
  }
}

}  // namespace vitrine
