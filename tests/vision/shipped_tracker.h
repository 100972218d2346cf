// SPDX-License-Identifier: MIT
// The tracker with the weights that ship, of assets/models or of the folder that VITRINE_MODELS
// names. Without them there is nothing to test: the program ends, and CTest shows it as skipped.
#pragma once

#include "engine/vision/face_tracker.h"

namespace vitrine::test {

FaceTracker make_tracker();

}  // namespace vitrine::test
