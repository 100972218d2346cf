// SPDX-License-Identifier: MIT
// Which places of the head's surface the landmarks are: the convention. Chosen by eye on large
// renders, on the edges that make-up follows; docs/vision/landmarks.md shows them. Left and right
// are the picture's sides of a head that looks at the camera, never the subject's.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "tools/vision/render/vec.h"

namespace vitrine::faces {

// A run of landmarks that belong together.
struct LandmarkGroup {
  const char* name;
  int first, count;
};

// The groups in their order; names and numbers are part of the shard format
// (docs/vision/shards.md).
constexpr std::array<LandmarkGroup, 10> kLandmarkGroups = {{{"lips_outer", 0, 20},
                                                            {"lips_inner", 20, 20},
                                                            {"lid_left", 40, 16},
                                                            {"lid_right", 56, 16},
                                                            {"brow_left", 72, 10},
                                                            {"brow_right", 82, 10},
                                                            {"oval", 92, 24},
                                                            {"nose", 116, 11},
                                                            {"iris_left", 127, 5},
                                                            {"iris_right", 132, 5}}};
constexpr int kLandmarkCount = 137;

// Contours of the picture's left half as vertices of the mesh; the right half is their mirror
// image.
extern const std::vector<int> kInnerLipUpper;  // corner of the mouth → middle
extern const std::vector<int> kInnerLipLower;
extern const std::vector<int> kLidUpper;  // outer corner → inner corner
extern const std::vector<int> kLidLower;
extern const std::vector<int> kJaw;   // 17 from left to right, both halves
extern const std::vector<int> kNose;  // bridge 4, base 5 from left to right
// Contours of the left half as places in the front view of the mean head, centimetres.
extern const std::vector<Vec2> kOuterLipUpper;  // corner of the mouth → middle
extern const std::vector<Vec2> kOuterLipLower;
extern const Vec2 kNoseWing;
extern const std::vector<Vec2> kHairline;  // 7 from left to right, both halves

// Where landmark `i` is found in a mirrored picture.
std::array<int, kLandmarkCount> mirrored_landmarks();

}  // namespace vitrine::faces
