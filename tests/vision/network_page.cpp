// SPDX-License-Identifier: MIT
// The networks as a page has them, one at a time, behind a few plain calls. JavaScript puts a
// weights file and a picture where it is told and reads the values where it is told, in the order
// of golden.py.
#include <emscripten.h>

#include <initializer_list>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "engine/vision/detector_network.h"
#include "engine/vision/landmark_network.h"
#include "engine/vision/part_network.h"

using namespace vitrine;

namespace {

struct Lab {
  std::vector<uint8_t> file;
  std::vector<float> picture, values;
  std::variant<std::monostate, LandmarkNetwork, DetectorNetwork, PartNetwork> network;
};

Lab lab;

// One after the other; says how many there are.
int take_all(std::initializer_list<std::span<const float>> all) {
  lab.values.clear();
  for (const auto& values : all) lab.values.insert(lab.values.end(), values.begin(), values.end());
  return static_cast<int>(lab.values.size());
}

int take(const LandmarkOutput& output) {
  const float pose[] = {output.yaw, output.pitch, output.roll, output.presence};
  return take_all({output.landmarks, pose, output.log_spread, output.mask});
}

int take(const FaceCorrection& correction) {
  const float pose[] = {correction.yaw, correction.pitch, correction.roll};
  return take_all({correction.landmarks, pose});
}

int take(const PartOutput& output) {
  return take_all({output.landmarks, output.log_spread});
}

int take(const DetectorOutput& output) {
  return take_all({output.cells});
}

// Of a network whose pictures are squares: their side; 0 when the file is refused.
template <typename Network>
int keep(Result<Network> made) {
  if (!made.ok()) return 0;
  const int size = lab.network.emplace<Network>(std::move(made).value()).size();
  lab.picture.resize(static_cast<size_t>(3 * size * size));
  return size;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE const char* network_kernels() {
  return best_kernels().name;
}

EMSCRIPTEN_KEEPALIVE uint8_t* network_file_room(int bytes) {
  lab.file.resize(static_cast<size_t>(bytes));
  return lab.file.data();
}

EMSCRIPTEN_KEEPALIVE int network_make_landmarks() {
  return keep(LandmarkNetwork::create(lab.file));
}

EMSCRIPTEN_KEEPALIVE int network_make_lips() {
  return keep(PartNetwork::create(lab.file, FacePart::Lips));
}

EMSCRIPTEN_KEEPALIVE int network_make_eye() {
  return keep(PartNetwork::create(lab.file, FacePart::Eye));
}

EMSCRIPTEN_KEEPALIVE int network_make_detector(int width, int height) {
  auto network = DetectorNetwork::create(lab.file, width, height);
  if (!network.ok()) return 0;
  lab.network = std::move(network).value();
  lab.picture.resize(static_cast<size_t>(3 * width * height));
  return width;
}

EMSCRIPTEN_KEEPALIVE float* network_picture() {
  return lab.picture.data();
}

EMSCRIPTEN_KEEPALIVE void network_run() {
  if (auto* landmarks = std::get_if<LandmarkNetwork>(&lab.network)) landmarks->run(lab.picture);
  if (auto* detector = std::get_if<DetectorNetwork>(&lab.network)) detector->run(lab.picture);
  if (auto* part = std::get_if<PartNetwork>(&lab.network)) part->run(lab.picture);
}

// Runs and says how many values there are.
EMSCRIPTEN_KEEPALIVE int network_take_values() {
  if (auto* landmarks = std::get_if<LandmarkNetwork>(&lab.network)) {
    return take(landmarks->run(lab.picture));
  }
  if (auto* detector = std::get_if<DetectorNetwork>(&lab.network)) {
    return take(detector->run(lab.picture));
  }
  if (auto* part = std::get_if<PartNetwork>(&lab.network)) return take(part->run(lab.picture));
  return 0;
}

// The same of what the landmark network adds to the picture's first values.
EMSCRIPTEN_KEEPALIVE int network_take_correction() {
  auto* landmarks = std::get_if<LandmarkNetwork>(&lab.network);
  if (!landmarks) return 0;
  const std::span<const float> values = lab.picture;
  return take(landmarks->correct(values.first(LandmarkNetwork::kCorrectionInputs)));
}

EMSCRIPTEN_KEEPALIVE float* network_values() {
  return lab.values.data();
}

}  // extern "C"
