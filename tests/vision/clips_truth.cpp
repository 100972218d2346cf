// SPDX-License-Identifier: MIT
#include "tests/vision/clips_truth.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

#include "engine/base/json/json.h"

namespace vitrine::test {
namespace {

float number(const JsonValue& value) {
  REQUIRE(value.is_number());
  return static_cast<float>(*value.number());
}

void read_landmarks(const JsonValue& face, TrueFace& truth) {
  JsonValue tenths = face.find("tenths").first();
  for (size_t i = 0; i < kLandmarkCount; ++i) {
    truth.seen[i] = is_kept(i);
    if (!is_kept(i)) continue;
    truth.landmarks[i].x = number(tenths) / 10;
    tenths = tenths.next();
    truth.landmarks[i].y = number(tenths) / 10;
    tenths = tenths.next();
  }
  REQUIRE_FALSE(tenths.exists());
  for (JsonValue i = face.find("unseen").first(); i.exists(); i = i.next()) {
    const auto landmark = static_cast<size_t>(number(i));
    REQUIRE(landmark < kLandmarkCount);
    truth.seen[landmark] = false;
  }
}

TrueFace read_face(const JsonValue& face) {
  TrueFace truth;
  truth.id = static_cast<int>(number(face.find("id")));
  truth.covered = face.find("presence").string() == "covered";
  JsonValue angle = face.find("pose").first();
  for (float* part : {&truth.yaw, &truth.pitch, &truth.roll}) {
    *part = number(angle);
    angle = angle.next();
  }
  truth.distance_mm = number(face.find("distance_mm"));
  read_landmarks(face, truth);
  return truth;
}

}  // namespace

float TrueFace::eye_distance() const {
  const Vec2 left = landmarks[kLidLeftOuter], right = landmarks[kLidRightOuter];
  return length(right - left) / std::max(0.3f, std::cos(yaw));
}

Clip read_clip(const std::filesystem::path& truth) {
  std::ifstream file(truth);
  INFO(truth.string());
  std::string line;
  JsonDocument json;
  REQUIRE(std::getline(file, line));
  REQUIRE(json.parse(line));
  Clip clip;
  clip.name = std::string(*json.root().find("clip").string());
  clip.frames_per_second = static_cast<int>(number(json.root().find("frames_per_second")));
  clip.focal_length = number(json.root().find("focal_length"));
  const auto frames = static_cast<size_t>(number(json.root().find("frames")));
  while (std::getline(file, line)) {
    REQUIRE(json.parse(line));
    REQUIRE(static_cast<size_t>(number(json.root().find("frame"))) == clip.frames.size());
    std::vector<TrueFace>& faces = clip.frames.emplace_back();
    for (JsonValue face = json.root().find("faces").first(); face.exists(); face = face.next()) {
      faces.push_back(read_face(face));
    }
  }
  REQUIRE(clip.frames.size() == frames);
  return clip;
}

}  // namespace vitrine::test
