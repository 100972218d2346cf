// SPDX-License-Identifier: MIT
#include "native/tools/track/track_json.h"

#include <cmath>

#include "engine/base/json/json_writer.h"

namespace vitrine::track {
namespace {

double rounded(double value, double steps) {
  return std::round(value * steps) / steps;
}

void write_measure(JsonWriter& json, std::string_view name, const Measure& measure) {
  json.key(name);
  if (!measure.known()) {
    json.null();
    return;
  }
  json.begin_object().key("value").number(rounded(static_cast<double>(measure.value), 1e4));
  json.key("uncertainty").number(rounded(static_cast<double>(measure.uncertainty), 1e4));
  json.end_object();
}

void write_scale(JsonWriter& json, const FaceScale& scale) {
  json.key("scale").begin_object();
  write_measure(json, "millimetres_per_pixel", scale.millimetres_per_pixel);
  write_measure(json, "eye_distance", scale.eye_distance);
  json.key("place");
  if (scale.place_uncertainty < 0) {
    json.null();
  } else {
    json.begin_object().key("x").number(rounded(static_cast<double>(scale.place.x), 10));
    json.key("y").number(rounded(static_cast<double>(scale.place.y), 10));
    json.key("z").number(rounded(static_cast<double>(scale.place.z), 10));
    json.key("uncertainty").number(rounded(static_cast<double>(scale.place_uncertainty), 10));
    json.end_object();
  }
  json.end_object();
}

void write_face(JsonWriter& json, const TrackedFace& face) {
  const auto three = [](float value) { return rounded(static_cast<double>(value), 1e3); };
  json.begin_object().key("id").integer(face.id);
  json.key("state").string(face.state == FaceState::Tracked ? "tracked" : "lost");
  json.key("first_seen_seconds").number(rounded(face.first_seen_seconds, 1e4));
  json.key("last_seen_seconds").number(rounded(face.last_seen_seconds, 1e4));
  json.key("presence").number(three(face.quality.presence));
  json.key("quality").number(three(face.quality.score));
  json.key("pose").begin_object().key("yaw").number(three(face.pose.yaw));
  json.key("pitch").number(three(face.pose.pitch));
  json.key("roll").number(three(face.pose.roll)).end_object();
  json.key("openness").begin_object().key("eye_left").number(three(face.openness.eye_left));
  json.key("eye_right").number(three(face.openness.eye_right));
  json.key("mouth").number(three(face.openness.mouth)).end_object();
  json.key("eye_distance").number(rounded(static_cast<double>(face.eye_distance), 100));
  write_scale(json, face.scale);
  json.key("landmarks").begin_array();
  for (const Vec2 place : face.landmarks) {
    json.number(rounded(static_cast<double>(place.x), 100));
    json.number(rounded(static_cast<double>(place.y), 100));
  }
  json.end_array().end_object();
}

}  // namespace

std::string_view tracker_state_name(TrackerState state) {
  switch (state) {
    case TrackerState::Tracking:
      return "tracking";
    case TrackerState::Lost:
      return "lost";
    case TrackerState::Searching:
      break;
  }
  return "searching";
}

void write_frame(const TrackedFrame& frame, const TrackerResult& result, std::string& line) {
  line.clear();
  JsonWriter json(line);
  json.begin_object().key("frame").integer(static_cast<int64_t>(frame.number));
  json.key("time_seconds").number(rounded(frame.time_seconds, 1e4));
  json.key("width").integer(result.width).key("height").integer(result.height);
  json.key("milliseconds").number(rounded(frame.milliseconds, 1e3));
  json.key("state").string(tracker_state_name(result.state));
  if (result.fault != FrameFault::None) json.key("fault").string(frame_fault_text(result.fault));
  if (result.restarted) json.key("restarted").boolean(true);
  json.key("faces").begin_array();
  for (const TrackedFace& face : result.faces) write_face(json, face);
  json.end_array().end_object();
}

}  // namespace vitrine::track
