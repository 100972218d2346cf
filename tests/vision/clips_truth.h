// SPDX-License-Identifier: MIT
// What is true of a clip, read from its .jsonl (docs/vision/clips.md).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/vision/landmarks.h"

namespace vitrine::test {

// Landmarks of which the truth is kept: all but the oval.
constexpr bool is_kept(size_t landmark) {
  return landmark < kJawLeft || landmark > kForeheadRight;
}

struct TrueFace {
  int id = 0;
  bool covered = false;  // so little is seen that neither answer is wrong
  float yaw = 0, pitch = 0, roll = 0;
  float distance_mm = 0;
  Landmarks landmarks{};  // of the oval: 0, 0
  std::array<bool, kLandmarkCount> seen{};

  // Pixels between the outer corners of the eyes as if seen from the front: widened by the turn.
  float eye_distance() const;
};

struct Clip {
  std::string name;
  int frames_per_second = 0;
  float focal_length = 0;
  std::vector<std::vector<TrueFace>> frames;
};

// Expects: a file as the renderer writes it; a test fails where it is not.
Clip read_clip(const std::filesystem::path& truth);

}  // namespace vitrine::test
