// SPDX-License-Identifier: MIT
#include "engine/vision/face_track.h"

#include <algorithm>
#include <cmath>

#include "engine/vision/face_measures.h"
#include "engine/vision/face_quality.h"

namespace vitrine {
namespace {

// The region stays where it is while the face's own is no further off than this.
constexpr float kSlackShift = 0.012f;  // sides
constexpr float kSlackScale = 0.015f;  // share of the side
constexpr float kSlackTurn = 0.02f;    // radians

constexpr float kVelocityCutoff = 2;        // Hz
constexpr float kLeastStep = 0.02f;         // sides a frame: less is noise
constexpr float kMostStep = 0.3f;           // sides a frame: more is a guess
constexpr float kLostVelocityFade = 0.15f;  // seconds to 37 %

// `from` pulled towards `to` until only `slack` is between them.
float pulled(float from, float to, float slack) {
  return clamp(from, to - slack, to + slack);
}

Vec2 pulled(Vec2 from, Vec2 to, float slack) {
  const Vec2 away = from - to;
  const float distance = length(away);
  return distance > slack ? to + away * (slack / distance) : from;
}

}  // namespace

float distance_of(const FaceRegion& from, const FaceRegion& to) {
  return length(to.middle - from.middle) / from.side;
}

float distance_of(const FaceLook& from, const FaceLook& to) {
  float sum = 0;
  for (size_t i = 0; i < kLandmarkCount; ++i) sum += length(to.landmarks[i] - from.landmarks[i]);
  return sum / kLandmarkCount / from.region.side;
}

float apart(const FaceRegion& from, const FaceRegion& to) {
  return distance_of(from, to) + std::fabs(std::log(to.side / from.side));
}

bool is_far_off(const FaceRegion& seen, const FaceRegion& found) {
  const float scale = found.side / seen.side;
  return distance_of(seen, found) > 0.1f || scale < 0.8f || scale > 1.25f ||
         std::fabs(wrapped_angle(found.turn - seen.turn)) > 0.3f;
}

bool fits(const FaceRegion& candidate, const FaceRegion& found) {
  const float scale = found.side / candidate.side;
  return distance_of(candidate, found) < 0.3f && scale > 0.65f && scale < 1.5f;
}

bool may_be_same(const FaceRegion& expected, const FaceRegion& found) {
  const float scale = found.side / expected.side;
  return distance_of(expected, found) < 1 && scale > 0.6f && scale < 1.67f;
}

void FaceTrack::start(uint32_t id, const FrameTime& time) {
  *this = {};
  face_.id = id;
  face_.first_seen_seconds = time.at;
  face_.state = FaceState::Lost;
}

FaceRegion FaceTrack::expected(float seconds) const {
  FaceRegion region = region_;
  const Vec2 step = velocity_ * seconds;
  const float distance = length(step) / region.side;
  if (distance < kLeastStep) return region;
  region.middle = region.middle + step * std::min(1.0f, kMostStep / distance);
  return region;
}

void FaceTrack::see(const FaceLook& look, const FrameTime& time, const Lens& lens) {
  if (face_.state == FaceState::Lost) {
    velocity_ = {};
    region_ = look.region;
    filter_.start(look.landmarks, look.pose);
  } else {
    follow(look, time.seconds);
    filter_.update(look.landmarks, look.pose,
                   std::max(1.0f, frontal_eye_distance(look.landmarks, look.pose)), time.seconds);
  }
  last_middle_ = look.region.middle;
  measure(look, time, lens);
}

void FaceTrack::follow(const FaceLook& look, float seconds) {
  const Vec2 velocity = (look.region.middle - last_middle_) * (1 / seconds);
  velocity_ = lerp(velocity_, velocity, low_pass_share(kVelocityCutoff, seconds));
  const float side = look.region.side;
  region_.middle = pulled(look.seen.middle, look.region.middle, kSlackShift * side);
  region_.side = pulled(look.seen.side, side, kSlackScale * side);
  const float turn = look.seen.turn + wrapped_angle(look.region.turn - look.seen.turn);
  region_.turn = wrapped_angle(pulled(look.seen.turn, turn, kSlackTurn));
}

void FaceTrack::measure(const FaceLook& look, const FrameTime& time, const Lens& lens) {
  if (face_.state == FaceState::Lost) unseen_by_detector_ = 0;
  face_.state = FaceState::Tracked;
  presence_ = look.presence;
  face_.last_seen_seconds = time.at;
  lost_seconds_ = 0;
  face_.landmarks = filter_.landmarks();
  face_.raw_landmarks = look.landmarks;
  face_.pose = filter_.pose();
  face_.region = region_of(face_.landmarks, face_.pose.roll);
  face_.eye_distance = frontal_eye_distance(face_.landmarks, face_.pose);
  const float each = 1 / std::max(1.0f, face_.eye_distance);
  float mean_error = 0;
  for (size_t i = 0; i < kLandmarkGroupCount; ++i) {
    face_.uncertainty[i] = look.expected_error[i] * each;
    mean_error += face_.uncertainty[i] / kLandmarkGroupCount;
  }
  face_.openness = openness_of(face_.landmarks, face_.pose);
  scale_.add(look, face_.openness, time.seconds);
  face_.scale = scale_.scale(face_.landmarks, face_.pose, lens);
  face_.quality = quality_of({.presence = look.presence,
                              .mean_error = mean_error,
                              .eye_distance = face_.eye_distance,
                              .sharpness = look.sharpness,
                              .pose = face_.pose});
  face_.skin = look.skin;
}

void FaceTrack::hear_detector(bool sees_it) {
  unseen_by_detector_ = sees_it || presence_ >= kPresenceSure ? 0 : unseen_by_detector_ + 1;
}

void FaceTrack::miss(const FrameTime& time) {
  lost_seconds_ += time.seconds;
  face_.state = FaceState::Lost;
  if (lost_seconds_ > kLostSeconds) return end();
  move(expected(time.seconds).middle - region_.middle);
  velocity_ = velocity_ * std::exp(-time.seconds / kLostVelocityFade);
  face_.quality = {};
}

void FaceTrack::move(Vec2 shift) {
  region_.middle = region_.middle + shift;
  filter_.move(shift);
  face_.landmarks = filter_.landmarks();
  face_.region.middle = face_.region.middle + shift;
  face_.skin.region.middle = face_.skin.region.middle + shift;
  const float millimetres = face_.scale.millimetres_per_pixel.value;
  face_.scale.place.x += shift.x * millimetres;
  face_.scale.place.y += shift.y * millimetres;
}

}  // namespace vitrine
