// SPDX-License-Identifier: MIT
#include "wasm/tracker/tracker_record.h"

namespace vitrine::tracker_module {

namespace {

void fill_face(const TrackedFace& face, FaceRecord& record) {
  record.id = static_cast<int32_t>(face.id);
  record.state = static_cast<int32_t>(face.state);
  record.yaw = face.pose.yaw;
  record.pitch = face.pose.pitch;
  record.roll = face.pose.roll;
  record.openness_eye_left = face.openness.eye_left;
  record.openness_eye_right = face.openness.eye_right;
  record.openness_mouth = face.openness.mouth;
  record.place_z = face.scale.place.z;
  record.place_uncertainty = face.scale.place_uncertainty;
  record.quality = face.quality.score;
  float* to = record.landmarks;
  for (const Vec2& place : face.landmarks) {
    *to++ = place.x;
    *to++ = place.y;
  }
}

}  // namespace

void fill_record(const TrackerResult& result, ResultRecord& record) {
  record.version = kRecordVersion;
  record.state = static_cast<int32_t>(result.state);
  record.fault = static_cast<int32_t>(result.fault);
  record.restarted = result.restarted;
  record.width = result.width;
  record.height = result.height;
  record.count = static_cast<int32_t>(result.faces.size());
  for (size_t i = 0; i < result.faces.size(); ++i) fill_face(result.faces[i], record.faces[i]);
}

}  // namespace vitrine::tracker_module
