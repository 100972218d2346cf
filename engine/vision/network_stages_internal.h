// SPDX-License-Identifier: MIT
// What the landmark network and those of the parts have in common.
#pragma once

#include <span>
#include <vector>

#include "engine/vision/network_program_internal.h"

namespace vitrine {

// Layers of add_early.
constexpr size_t kEarlyLayers = 10;

// Two inverted residuals: six layers.
Plane add_residuals(NetworkProgram& program, std::span<const NetworkLayer> layers,
                    const Plane& input, int output_border);

// From the picture to an eighth of its side.
Plane add_early(NetworkProgram& program, std::span<const NetworkLayer> layers, const Plane& picture,
                int output_border);

// Two dense layers, the first leaky, that read all of `deep`, a plane without a border. The result
// has as many values as the second has outputs.
std::span<const float> add_answer(NetworkProgram& program, std::span<const NetworkLayer> layers,
                                  const Plane& deep);

}  // namespace vitrine
