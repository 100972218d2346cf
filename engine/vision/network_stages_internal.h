// SPDX-License-Identifier: MIT
// What the landmark network and those of the parts have in common.
#pragma once

#include <span>

#include "engine/vision/network_program_internal.h"

namespace vitrine {

// A file's layers, taken by one stage after the other.
class LayerQueue {
 public:
  explicit LayerQueue(std::span<const NetworkLayer> layers) : left_(layers) {}

  // Expects: there are so many left.
  std::span<const NetworkLayer> take(size_t count);
  const NetworkLayer& take() { return take(1).front(); }

 private:
  std::span<const NetworkLayer> left_;
};

// Two inverted residuals: six layers.
Plane add_residuals(NetworkProgram& program, LayerQueue& layers, const Plane& input,
                    int output_border);

// From the picture to an eighth of its side: ten layers.
Plane add_early(NetworkProgram& program, LayerQueue& layers, const Plane& picture,
                int output_border);

// Two dense layers, the first leaky, that read all of `deep`, a plane without a border. The result
// has as many values as the second has outputs.
std::span<const float> add_answer(NetworkProgram& program, LayerQueue& layers, const Plane& deep);

}  // namespace vitrine
