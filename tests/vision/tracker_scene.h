// SPDX-License-Identifier: MIT
// A tracker before a painting, for the tests of its rules.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/vision/face_tracker.h"
#include "tests/vision/painted_faces.h"

namespace vitrine::test {

inline constexpr double kFrame = 1 / 30.0;

// A tracker before a painting, with its models at hand.
struct Scene {
  explicit Scene(int width = 640, int height = 480, const TrackerOptions& options = {})
      : painting(width, height) {
    painting.clear_to_room();
    auto owned = std::make_unique<SpotModels>();
    models = owned.get();
    tracker.emplace(std::move(FaceTracker::create(std::move(owned), options)).value());
  }

  // Paints these faces and shows them for one frame.
  const TrackerResult& show(const std::vector<PaintedFace>& faces, double seconds = kFrame) {
    painting.clear_to_room();
    for (const PaintedFace& face : faces) paint(painting, face);
    time += seconds;
    return tracker->track(painting.view(), time);
  }
  const TrackerResult& show_for(int frames, const std::vector<PaintedFace>& faces,
                                double seconds = kFrame) {
    for (int i = 1; i < frames; ++i) show(faces, seconds);
    return show(faces, seconds);
  }

  Painting painting;
  SpotModels* models = nullptr;
  std::optional<FaceTracker> tracker;
  double time = 100;
};

// Mean distance of the landmarks from the truth, in eye distances.
inline float error(const Landmarks& landmarks, const PaintedFace& truth) {
  const Landmarks expected = truth.landmarks();
  float sum = 0;
  for (size_t i = 0; i < kLandmarkCount; ++i) {
    sum += length(landmarks[i] - expected[i]);
  }
  return sum / kLandmarkCount / truth.eye_distance;
}

inline const PaintedFace kOne{{320, 220}, 90, 0};

}  // namespace vitrine::test
