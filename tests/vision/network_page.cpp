// SPDX-License-Identifier: MIT
// Both networks as a page has them, behind a few plain calls. JavaScript puts a weights file and a
// picture where it is told and reads the values where it is told, in the order of golden.py.
#include <emscripten.h>

#include <optional>
#include <vector>

#include "engine/vision/detector_network.h"
#include "engine/vision/landmark_network.h"

using namespace vitrine;

namespace {

struct Lab {
  std::vector<uint8_t> file;
  std::vector<float> picture, values;
  std::optional<LandmarkNetwork> landmarks;
  std::optional<DetectorNetwork> detector;
};

Lab lab;

void take(const LandmarkOutput& output) {
  lab.values.assign(output.landmarks.begin(), output.landmarks.end());
  lab.values.insert(lab.values.end(), {output.yaw, output.pitch, output.roll, output.presence});
  lab.values.insert(lab.values.end(), output.log_spread.begin(), output.log_spread.end());
  lab.values.insert(lab.values.end(), output.mask.begin(), output.mask.end());
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

// The side of its pictures; 0 when the file is refused.
EMSCRIPTEN_KEEPALIVE int network_make_landmarks() {
  auto network = LandmarkNetwork::create(lab.file);
  if (!network.ok()) return 0;
  lab.detector.reset();
  lab.landmarks.emplace(std::move(network).value());
  const int size = lab.landmarks->size();
  lab.picture.resize(static_cast<size_t>(3 * size * size));
  return size;
}

EMSCRIPTEN_KEEPALIVE int network_make_detector(int width, int height) {
  auto network = DetectorNetwork::create(lab.file, width, height);
  if (!network.ok()) return 0;
  lab.landmarks.reset();
  lab.detector.emplace(std::move(network).value());
  lab.picture.resize(static_cast<size_t>(3 * width * height));
  return width;
}

EMSCRIPTEN_KEEPALIVE float* network_picture() {
  return lab.picture.data();
}

EMSCRIPTEN_KEEPALIVE void network_run() {
  if (lab.landmarks) lab.landmarks->run(lab.picture);
  if (lab.detector) lab.detector->run(lab.picture);
}

// Runs and says how many values there are.
EMSCRIPTEN_KEEPALIVE int network_take_values() {
  if (lab.landmarks) take(lab.landmarks->run(lab.picture));
  if (lab.detector) {
    const DetectorOutput& output = lab.detector->run(lab.picture);
    lab.values.assign(output.cells.begin(), output.cells.end());
  }
  return static_cast<int>(lab.values.size());
}

EMSCRIPTEN_KEEPALIVE float* network_values() {
  return lab.values.data();
}

}  // extern "C"
