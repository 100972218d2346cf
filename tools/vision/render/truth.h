// SPDX-License-Identifier: MIT
// What is known exactly about each face of a picture.
#pragma once

#include <array>
#include <cstdint>

#include "tools/vision/render/posed_head.h"

namespace vitrine::faces {

enum class Seen : uint8_t { kHidden, kVisible, kOutside };
// kCovered: so little is seen that nobody could say whether a face is there; neither answer is
// wrong.
enum class Presence : uint8_t { kNone, kFace, kCovered };

// Bits of FaceTruth::flags, in the order of the shard format (docs/vision/shards.md).
constexpr std::array<const char*, 13> kFlagNames = {
    "glasses", "sunglasses", "mask",   "hand",  "phone",    "cup",   "headscarf",
    "cap",     "beanie",     "turban", "beard", "lipstick", "fringe"};

struct FaceTruth {
  std::array<Vec2, kLandmarkCount>
      point{};  // pixels of the picture, the centre of the first is 0, 0
  std::array<Seen, kLandmarkCount> seen{};
  Presence presence = Presence::kNone;
  Pose pose;
  uint8_t tone = 0;
  uint16_t flags = 0;
};

// Where the landmarks of a head are in head space: fixed ones, the painted brows', the turned
// eyes'.
std::array<Vec3, kLandmarkCount> landmark_places(const PosedHead& head);

std::array<Vec2, kLandmarkCount> projected(const View& view,
                                           const std::array<Vec3, kLandmarkCount>& places);

// Looks up which landmarks the finished canvas shows; `scale` canvas pixels are one of the picture.
void see_landmarks(const PosedHead& head, const Canvas& canvas, int scale, FaceTruth& truth);

}  // namespace vitrine::faces
