// SPDX-License-Identifier: MIT
// How much of the sky each place of the mean head sees: folds, nostrils and the neck are darker.
#pragma once

#include <vector>

#include "tools/vision/render/head_data.h"

namespace vitrine::faces {

// 0 … 1 a vertex. Looks at the head from many sides and counts where each vertex is seen.
std::vector<float> measured_openness(const HeadData& head, const std::vector<Vec3>& normals);

}  // namespace vitrine::faces
