// SPDX-License-Identifier: MIT
// Time of one run of each of the face tracker's networks, by each set of kernels that this
// processor has. Prints, never judges.
//   vision_bench [FOLDER of weights]      default: assets/models
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
#include "engine/vision/part_network.h"
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

// Multiplications of one run (and of the correction, which is nothing beside it). Every layer
// halves what it says it halves; the mask of the landmark net, the convolution after its dense
// layers, works on the cells before the last halving.
double multiplications(const Bytes& bytes, NetworkKind kind, int width, int height) {
  const Result<NetworkFile> file = NetworkFile::read(bytes, kind);
  if (!file.ok()) return 0;
  double sum = 0;
  bool after_dense = false;
  for (const NetworkLayer& layer : file.value().layers()) {
    const bool is_dense = layer.shape.kind == LayerKind::Dense;
    if (after_dense && !is_dense) width = height = file.value().size() / 8;
    width = (width + layer.shape.stride - 1) / layer.shape.stride;
    height = (height + layer.shape.stride - 1) / layer.shape.stride;
    const double places = is_dense ? 1 : double(width) * height;
    sum += places * layer.shape.outputs * layer.shape.window();
    after_dense = is_dense;
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

std::string square(const char* name, int size, const Kernels& kernels) {
  const std::string side = std::to_string(size);
  return std::string(name) + ", " + side + " x " + side + ", " + kernels.name;
}

// Whether the file makes a network; says why not.
template <typename Created>
bool usable(const char* name, const Created& network) {
  if (!network.ok()) std::printf("%s is left out: %s\n", name, network.status().message().c_str());
  return network.ok();
}

void measure_landmarks(const Bytes& file, const Kernels& kernels) {
  auto network = LandmarkNetwork::create(file, kernels);
  if (!usable("landmarks.net", network)) return;
  const int size = network.value().size();
  const bool best = &kernels == &best_kernels();
  measure(square("landmarks", size, kernels), best ? "≤ 2 ms with closer looks" : "",
          network.value(), noise(size, size),
          multiplications(file, NetworkKind::Landmarks, size, size));
}

void measure_correction(const Bytes& file, const Kernels& kernels) {
  auto network = LandmarkNetwork::create(file, kernels);
  if (!network.ok()) return;  // measure_landmarks() has said why
  const std::vector<float> face(LandmarkNetwork::kCorrectionInputs, 0.1f);
  Series microseconds;
  for (int round = 0; round < kRounds; ++round) {
    const double start = now_seconds();
    network.value().correct(face);
    microseconds.add((now_seconds() - start) * 1e6);
  }
  print_row(std::string("correction of landmarks and pose, ") + kernels.name, "", microseconds,
            "µs");
}

void measure_part(const Bytes& file, FacePart part, const Kernels& kernels) {
  const bool lips = part == FacePart::Lips;
  auto network = PartNetwork::create(file, part, kernels);
  if (!usable(lips ? "lips.net" : "eye.net", network)) return;
  const int size = network.value().size();
  measure(square(lips ? "lips, of two looks" : "an eye, of two looks", size, kernels), "",
          network.value(), noise(size, size),
          multiplications(file, lips ? NetworkKind::Lips : NetworkKind::Eye, size, size));
}

void measure_detector(const Bytes& file, const Kernels& kernels) {
  auto network = DetectorNetwork::create(file, kDetectorWidth, kDetectorHeight, kernels);
  if (!usable("detector.net", network)) return;
  measure(std::string("detector, 128 x 96, ") + kernels.name, "", network.value(),
          noise(kDetectorWidth, kDetectorHeight),
          multiplications(file, NetworkKind::Detector, kDetectorWidth, kDetectorHeight));
}

}  // namespace

int main(int count, char** arguments) {
  const std::string folder = count > 1 ? arguments[1] : "assets/models";
  const std::optional<Bytes> landmarks = read_file(folder + "/landmarks.net");
  const std::optional<Bytes> lips = read_file(folder + "/lips.net");
  const std::optional<Bytes> eye = read_file(folder + "/eye.net");
  const std::optional<Bytes> detector = read_file(folder + "/detector.net");
  print_head("The face tracker's networks, one run, one thread");
  for (const Kernels* kernels : all_kernels()) {
    if (landmarks) measure_landmarks(*landmarks, *kernels);
    if (landmarks) measure_correction(*landmarks, *kernels);
    if (lips) measure_part(*lips, FacePart::Lips, *kernels);
    if (eye) measure_part(*eye, FacePart::Eye, *kernels);
    if (detector) measure_detector(*detector, *kernels);
  }
  return 0;
}
