// SPDX-License-Identifier: MIT
// Time of one run of each of the face tracker's networks, by each set of kernels that this
// processor has. Prints, never judges.
//   vision_bench [LANDMARKS.net DETECTOR.net]      default: those of assets/models
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "engine/vision/detector_network.h"
#include "engine/vision/landmark_network.h"
#include "engine/vision/network_file.h"
#include "tests/bench/figures.h"

using namespace vitrine;
using namespace vitrine::bench;

namespace {

constexpr int kRounds = 301;
constexpr int kDetectorWidth = 128, kDetectorHeight = 96;

using Bytes = std::vector<uint8_t>;

// Nothing, and said so, when there is no such file or it may not be read.
std::optional<Bytes> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::printf("%s is left out: it is not there or may not be read\n", path.c_str());
    return std::nullopt;
  }
  return Bytes(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

// Multiplications of one run. Every layer halves what it says it halves; the mask of the landmark
// net, its last layer, works on the cells before the last halving.
double multiplications(const Bytes& bytes, NetworkKind kind, int width, int height) {
  const Result<NetworkFile> file = NetworkFile::read(bytes, kind);
  if (!file.ok()) return 0;
  double sum = 0;
  for (const NetworkLayer& layer : file.value().layers()) {
    const bool mask = kind == NetworkKind::Landmarks && &layer == &file.value().layers().back();
    if (mask) width = height = file.value().size() / 8;
    width = (width + layer.shape.stride - 1) / layer.shape.stride;
    height = (height + layer.shape.stride - 1) / layer.shape.stride;
    const double places = layer.shape.kind == LayerKind::Dense ? 1 : double(width) * height;
    sum += places * layer.shape.outputs * layer.shape.window();
  }
  return sum;
}

std::vector<float> noise(int width, int height) {
  std::vector<float> values(static_cast<size_t>(3 * width * height));
  uint32_t state = 1;
  for (float& value : values) {
    state = state * 1664525u + 1013904223u;
    value = static_cast<float>(state >> 8) / 4194304.0f - 2;
  }
  return values;
}

template <typename Network>
void measure(const std::string& what, std::string_view goal, Network& network,
             const std::vector<float>& picture, double work) {
  Series milliseconds, rate;
  for (int round = 0; round < kRounds; ++round) {
    const double start = now_seconds();
    network.run(picture);
    const double seconds = now_seconds() - start;
    milliseconds.add(seconds * 1e3);
    rate.add(work / seconds / 1e9);
  }
  print_row(what, goal, milliseconds, "ms");
  print_row("the same, multiplications and additions", "", rate, "GMAC/s");
}

void measure_landmarks(const Bytes& file, const Kernels& kernels) {
  Result<LandmarkNetwork> network = LandmarkNetwork::create(file, kernels);
  if (!network.ok()) return;
  const int size = network.value().size();
  const bool best = &kernels == &best_kernels();
  measure("landmarks, " + std::to_string(size) + " x " + std::to_string(size) + ", " + kernels.name,
          best ? "≤ 2 ms" : "", network.value(), noise(size, size),
          multiplications(file, NetworkKind::Landmarks, size, size));
}

void measure_detector(const Bytes& file, const Kernels& kernels) {
  Result<DetectorNetwork> network =
      DetectorNetwork::create(file, kDetectorWidth, kDetectorHeight, kernels);
  if (!network.ok()) return;
  measure(std::string("detector, 128 x 96, ") + kernels.name, "", network.value(),
          noise(kDetectorWidth, kDetectorHeight),
          multiplications(file, NetworkKind::Detector, kDetectorWidth, kDetectorHeight));
}

// Whether the file makes a network; says why not.
template <typename Created>
bool usable(const std::string& path, const Created& network) {
  if (!network.ok()) {
    std::printf("%s is left out: %s\n", path.c_str(), network.status().message().c_str());
  }
  return network.ok();
}

}  // namespace

int main(int count, char** arguments) {
  const std::string landmarks_path = count > 2 ? arguments[1] : "assets/models/landmarks.net";
  const std::string detector_path = count > 2 ? arguments[2] : "assets/models/detector.net";
  const std::optional<Bytes> landmarks = read_file(landmarks_path);
  const std::optional<Bytes> detector = read_file(detector_path);
  print_head("The face tracker's networks, one run, one thread");
  const bool has_landmarks =
      landmarks && usable(landmarks_path, LandmarkNetwork::create(*landmarks));
  const bool has_detector =
      detector &&
      usable(detector_path, DetectorNetwork::create(*detector, kDetectorWidth, kDetectorHeight));
  for (const Kernels* kernels : all_kernels()) {
    if (has_landmarks) measure_landmarks(*landmarks, *kernels);
    if (has_detector) measure_detector(*detector, *kernels);
  }
  return 0;
}
