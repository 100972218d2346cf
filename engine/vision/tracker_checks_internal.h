// SPDX-License-Identifier: MIT
// What FaceTracker::create() refuses, by name.
#pragma once

#include "engine/base/status.h"
#include "engine/vision/face_models.h"
#include "engine/vision/face_tracker.h"

namespace vitrine {

Status check(const TrackerOptions& options);
Status check(const FaceModels& models);

}  // namespace vitrine
