// SPDX-License-Identifier: MIT
// Where the detector looks, and which of its cells are faces.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "engine/vision/detector_network.h"
#include "engine/vision/face_region.h"

namespace vitrine {

// Squares of the picture, one of which the detector sees at a time: first all of it, letterboxed;
// then, where it is clearly longer than wide or wider than long, squares along it with its shorter
// side, so that a face of an eighth of that side is still 16 pixels in the network's 128.
struct DetectionViews {
  static constexpr size_t kMost = 5;

  std::array<FaceRegion, kMost> items{};
  size_t count = 0;
};

// Expects: width and height at least 1.
DetectionViews detection_views(int width, int height);

// What may be a face to the detector.
struct Candidate {
  float score = 0;    // logit
  FaceRegion region;  // pixels of the upright picture, turn 0
};

// The best ones, the best first.
struct CandidateList {
  static constexpr size_t kMost = 64;

  std::array<Candidate, kMost> items{};
  size_t count = 0;

  std::span<const Candidate> all() const { return std::span(items).first(count); }
  // Whether one of them can only be the face of this region.
  bool has(const FaceRegion& region) const;
  // Keeps its place by score; the worst falls out of a full list.
  void add(const Candidate& candidate);
};

// Logit above which a candidate is examined: at about 10 of 1,000 face-free pictures in the
// detector's own report. What is wrong with those the landmark network says.
constexpr float kCandidateScore = 0;

// Above this the detector does not contradict a face that is followed.
constexpr float kBackingScore = -1.5f;

// Whether a view shows all of a region, and neither too small nor too large for the detector.
bool shows_well(const FaceRegion& view, const FaceRegion& region);

// Cells with a score above kBackingScore, those near a better one left out. `view`: what the square
// picture of `side` pixels showed. Cells that are not finite, or whose region is smaller than
// kLeastRegion or more than twice the view, are none.
CandidateList candidates_of(const DetectorOutput& output, const FaceRegion& view, int side);

// Pixels of the picture: below this nothing can be read from a face.
constexpr float kLeastRegion = 14;

// Whether two regions can only be one face.
bool same_face(const FaceRegion& a, const FaceRegion& b);

}  // namespace vitrine
