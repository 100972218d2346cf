// SPDX-License-Identifier: MIT
#include "engine/vision/face_measures.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

constexpr float kLeastSeen = 0.3f;

// A contour that runs round: `left` and `right` corners, pairs above and below it.
struct Opening {
  Vec2 left, right;
  float gap = 0;  // mean over the pairs, pixels, across the line of the corners

  float width() const { return length(right - left); }
};

// How far `below` lies under `above`, across the line from `left` to `right`; < 0 when they cross.
float gap_between(Vec2 above, Vec2 below, Vec2 left, Vec2 right) {
  const Vec2 along = right - left, down = below - above;
  const float size = length(along);
  return size > 0 ? (along.x * down.y - along.y * down.x) / size : 0;
}

// Pairs are (first + k, first + round - k) for five k round `middle`.
Opening opening_of(const Landmarks& landmarks, size_t first, size_t round, size_t middle, Vec2 left,
                   Vec2 right) {
  Opening opening{left, right, 0};
  for (size_t k = middle - 2; k <= middle + 2; ++k)
    opening.gap += gap_between(landmarks[first + k], landmarks[first + round - k], left, right) / 5;
  opening.gap = std::max(opening.gap, 0.0f);
  return opening;
}

float proportion(const Opening& opening, const HeadPose& pose) {
  const float width = opening.width();
  if (!(width > 0)) return 0;
  return opening.gap / height_seen(pose) / (width / breadth_seen(pose));
}

}  // namespace

// The head is turned by yaw, then pitch, then roll: an axis across it becomes (cos yaw, -sin pitch
// sin yaw, ...), one along it (0, cos pitch, ...).
float breadth_seen(const HeadPose& pose) {
  const float across = std::cos(pose.yaw), up = std::sin(pose.pitch) * std::sin(pose.yaw);
  return std::max(kLeastSeen, std::sqrt(across * across + up * up));
}

float height_seen(const HeadPose& pose) {
  return std::max(kLeastSeen, std::cos(pose.pitch));
}

float frontal_eye_distance(const Landmarks& landmarks, const HeadPose& pose) {
  return length(landmarks[kLidRightOuter] - landmarks[kLidLeftOuter]) / breadth_seen(pose);
}

Vec2 between_eyes(const Landmarks& landmarks) {
  return (landmarks[kLidLeftOuter] + landmarks[kLidRightOuter]) * 0.5f;
}

FaceOpenness openness_of(const Landmarks& landmarks, const HeadPose& pose) {
  const Opening left = opening_of(landmarks, kLidLeftOuter, 16, 4, landmarks[kLidLeftOuter],
                                  landmarks[kLidLeftInner]);
  const Opening right = opening_of(landmarks, kLidRightOuter, 16, 4, landmarks[kLidRightInner],
                                   landmarks[kLidRightOuter]);
  const Opening mouth = opening_of(landmarks, kLipsInnerLeft, 20, 5, landmarks[kLipsInnerLeft],
                                   landmarks[kLipsInnerRight]);
  return {proportion(left, pose), proportion(right, pose), proportion(mouth, pose)};
}

float iris_diameter(const Landmarks& landmarks, LandmarkGroup group) {
  const size_t first = range_of(group).first;
  const Vec2 a = (landmarks[first + 1] - landmarks[first + 3]) * 0.5f;  // outer, inner
  const Vec2 b = (landmarks[first + 2] - landmarks[first + 4]) * 0.5f;  // top, bottom
  // Two half diameters of a circle at right angles, seen from aside: the longer half axis of their
  // ellipse.
  const float aa = a.x * a.x + a.y * a.y, bb = b.x * b.x + b.y * b.y, ab = a.x * b.x + a.y * b.y;
  const float root = std::sqrt((aa - bb) * (aa - bb) + 4 * ab * ab);
  return 2 * std::sqrt((aa + bb + root) / 2);
}

}  // namespace vitrine
