// SPDX-License-Identifier: MIT
// Which layers each kind of network has, in the order of tools/vision/train/nets.py. Sizes come
// from the file; the order does not.
#pragma once

#include <vector>

#include "engine/vision/network_file.h"

namespace vitrine {

// Sides that a network can be made for: `step` apart.
struct SideRange {
  int lowest, highest, step;
};
SideRange side_range(NetworkKind kind);

// As nets.py makes them: padded so that only the stride makes a plane smaller.
LayerShape convolution(int inputs, int outputs, int kernel, int stride = 1, int dilation = 1);

// `width`: outputs of the first layer; `hidden`: outputs of the first dense layer, which a
// detector has not.
std::vector<LayerShape> network_order(NetworkKind kind, int size, int width, int hidden);

}  // namespace vitrine
