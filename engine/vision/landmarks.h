// SPDX-License-Identifier: MIT
// Names and numbers of the 137 face landmarks, as docs/vision/landmarks.md shows them. Left and
// right are the sides of the upright picture for a head that looks at the camera.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/base/geometry.h"

namespace vitrine {

constexpr size_t kLandmarkCount = 137;
using Landmarks = std::array<Vec2, kLandmarkCount>;

enum class LandmarkGroup : uint8_t {
  LipsOuter,  // border of the red
  LipsInner,  // where the lips touch, or the edge of the open mouth
  LidLeft,    // free edge of the lids
  LidRight,
  BrowLeft,
  BrowRight,
  Oval,  // jaw and forehead
  Nose,
  IrisLeft,  // centre, then rim
  IrisRight,
};
constexpr size_t kLandmarkGroupCount = 10;

struct LandmarkRange {
  LandmarkGroup group;
  std::string_view name;  // as in files and JSON
  uint8_t first;
  uint8_t count;
};

// In the order of the enumerators; together they hold each landmark once.
constexpr std::array<LandmarkRange, kLandmarkGroupCount> kLandmarkGroups{{
    {LandmarkGroup::LipsOuter, "lips_outer", 0, 20},
    {LandmarkGroup::LipsInner, "lips_inner", 20, 20},
    {LandmarkGroup::LidLeft, "lid_left", 40, 16},
    {LandmarkGroup::LidRight, "lid_right", 56, 16},
    {LandmarkGroup::BrowLeft, "brow_left", 72, 10},
    {LandmarkGroup::BrowRight, "brow_right", 82, 10},
    {LandmarkGroup::Oval, "oval", 92, 24},
    {LandmarkGroup::Nose, "nose", 116, 11},
    {LandmarkGroup::IrisLeft, "iris_left", 127, 5},
    {LandmarkGroup::IrisRight, "iris_right", 132, 5},
}};

constexpr const LandmarkRange& range_of(LandmarkGroup group) {
  return kLandmarkGroups[static_cast<size_t>(group)];
}
constexpr std::span<const Vec2> group_of(std::span<const Vec2, kLandmarkCount> landmarks,
                                         LandmarkGroup group) {
  return landmarks.subspan(range_of(group).first, range_of(group).count);
}

// Lips run round: the left corner, 9 above, the right corner, 9 below from right to left.
constexpr size_t kLipsOuterLeft = 0, kLipsOuterTop = 5, kLipsOuterRight = 10;
constexpr size_t kLipsInnerLeft = 20, kLipsInnerTop = 25, kLipsInnerRight = 30;
// Lids: outer corner, 7 above, inner corner, 7 below back to the outer one.
constexpr size_t kLidLeftOuter = 40, kLidLeftInner = 48;
constexpr size_t kLidRightOuter = 56, kLidRightInner = 64;
// Brows: 5 above and 5 below, each from the nose outwards.
// Oval: 17 along the jaw from left ear to right ear, 7 along the forehead from left to right.
constexpr size_t kJawLeft = 92, kChin = 100, kJawRight = 108, kForeheadLeft = 109,
                 kForeheadRight = 115;
// Nose: 4 down the bridge, 5 below the tip from left to right, the two wings.
constexpr size_t kNoseBridge = 116, kNoseTip = 119, kNoseWingLeft = 125, kNoseWingRight = 126;
// Irises: centre, then the rim's outer, top, inner and bottom places.
constexpr size_t kIrisLeft = 127, kIrisRight = 132;

// Where each landmark is found in the picture flipped left to right.
const std::array<uint8_t, kLandmarkCount>& mirrored_landmarks();

}  // namespace vitrine
