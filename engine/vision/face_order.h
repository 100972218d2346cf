// SPDX-License-Identifier: MIT
// Who stands nearest, without people who stand side by side swapping places all the time.
#pragma once

#include <cstddef>
#include <span>

namespace vitrine {

// How much larger a face must look to go before another.
constexpr float kClearlyNearer = 1 + 1 / 7.0f;

// `order`: indices into `sizes` (pixels), which are larger for nearer faces; the newest stand last.
// Moves each that is clearly larger than the one before it to the front.
void order_by_nearness(std::span<size_t> order, std::span<const float> sizes);

}  // namespace vitrine
