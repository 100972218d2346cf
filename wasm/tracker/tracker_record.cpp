// SPDX-License-Identifier: MIT
#include "wasm/tracker/tracker_record.h"

#include <algorithm>
#include <cmath>

namespace vitrine::tracker_module {

namespace {

void fill_points(const Landmarks& from, float* to) {
  for (const Vec2& point : from) {
    *to++ = point.x;
    *to++ = point.y;
  }
}

void fill_pose_and_openness(const TrackedFace& face, FaceRecord& record) {
  record.yaw = face.pose.yaw;
  record.pitch = face.pose.pitch;
  record.roll = face.pose.roll;
  record.eye_left_open = face.openness.eye_left;
  record.eye_right_open = face.openness.eye_right;
  record.mouth_open = face.openness.mouth;
}

void fill_scale(const FaceScale& scale, FaceRecord& record) {
  record.millimetres_per_pixel = scale.millimetres_per_pixel.value;
  record.millimetres_uncertainty = scale.millimetres_per_pixel.uncertainty;
  record.distance = scale.place.z;
  record.distance_uncertainty = scale.place_uncertainty;
}

void fill_quality(const FaceQuality& quality, FaceRecord& record) {
  record.quality = quality.score;
  record.presence = quality.presence;
  record.certainty = quality.certainty;
  record.size = quality.size;
  record.sharpness = quality.sharpness;
  record.frontal = quality.frontal;
}

void fill_region_and_mask(const TrackedFace& face, FaceRecord& record) {
  record.region_x = face.region.middle.x;
  record.region_y = face.region.middle.y;
  record.region_side = face.region.side;
  record.region_turn = face.region.turn;
  record.mask_side = face.skin.side;
  record.mask = static_cast<int32_t>(reinterpret_cast<uintptr_t>(face.skin.cells.data()));
}

// A frame that came late is older than what it shows; one without a time tells nothing.
double seconds_since(double first, double now) {
  return std::isfinite(now) ? std::max(0.0, now - first) : 0;
}

void fill_face(const TrackedFace& face, double time_seconds, FaceRecord& record) {
  record.id = static_cast<int32_t>(face.id);
  record.state = static_cast<int32_t>(face.state);
  record.first_seen_s = static_cast<float>(seconds_since(face.first_seen_seconds, time_seconds));
  record.eye_distance = face.eye_distance;
  fill_pose_and_openness(face, record);
  fill_scale(face.scale, record);
  fill_quality(face.quality, record);
  fill_region_and_mask(face, record);
  std::copy(face.uncertainty.begin(), face.uncertainty.end(), record.uncertainty);
  fill_points(face.landmarks, record.landmarks);
  fill_points(face.raw_landmarks, record.raw_landmarks);
}

}  // namespace

void fill_record(const TrackerResult& result, double time_seconds, ResultRecord& record) {
  record.version = kRecordVersion;
  record.state = static_cast<int32_t>(result.state);
  record.fault = static_cast<int32_t>(result.fault);
  record.restarted = result.restarted;
  record.width = result.width;
  record.height = result.height;
  record.count = static_cast<int32_t>(result.faces.size());
  for (size_t i = 0; i < result.faces.size(); ++i) {
    fill_face(result.faces[i], time_seconds, record.faces[i]);
  }
}

}  // namespace vitrine::tracker_module
