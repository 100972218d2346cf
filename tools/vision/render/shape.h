// SPDX-License-Identifier: MIT
// The shape of one head: who it is and what the face does, in head space.
#pragma once

#include <vector>

#include "tools/vision/render/head_model.h"
#include "tools/vision/render/person.h"

namespace vitrine::faces {

// Vertices of a person's head with an expression; what is worn or grows on it is not in it yet.
std::vector<Vec3> sample_shape(const HeadModel& model, const std::vector<float>& expression,
                               const Rng& rng);

}  // namespace vitrine::faces
