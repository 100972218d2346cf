// SPDX-License-Identifier: MIT
// What a face does: plausible groups of ICT-FaceKit's expression shapes, blinks, gaze.
#pragma once

#include <vector>

#include "tools/vision/render/head_model.h"
#include "tools/vision/render/rng.h"

namespace vitrine::faces {

// A weight 0…1 for each expression of the head file.
std::vector<float> sample_expression(const HeadModel& model, Rng rng);

}  // namespace vitrine::faces
