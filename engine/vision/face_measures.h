// SPDX-License-Identifier: MIT
// What follows from the landmarks of a face by geometry alone.
#pragma once

#include "engine/vision/tracked_face.h"

namespace vitrine {

// What is left of a length across the face (from ear to ear) and along it (from brow to chin) when
// the head is turned, 1 from the front. Never below 0.3, where landmarks say little.
float breadth_seen(const HeadPose& pose);
float height_seen(const HeadPose& pose);

// Pixels between the eyes' outer corners as if seen from the front.
float frontal_eye_distance(const Landmarks& landmarks, const HeadPose& pose);

// Between the eyes' outer corners.
Vec2 between_eyes(const Landmarks& landmarks);

FaceOpenness openness_of(const Landmarks& landmarks, const HeadPose& pose);

// Pixels: the longest diameter of the ellipse that the rim's four landmarks lie on, which is that
// of the iris however the eye is turned. `group`: IrisLeft or IrisRight.
float iris_diameter(const Landmarks& landmarks, LandmarkGroup group);

}  // namespace vitrine
