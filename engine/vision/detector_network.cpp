// SPDX-License-Identifier: MIT
// The wiring is that of Detector in tools/vision/train/nets.py.
#include "engine/vision/detector_network.h"

#include <string>

#include "engine/vision/network_program_internal.h"

namespace vitrine {

struct DetectorNetwork::Parts {
  explicit Parts(const Kernels& kernels) : program(kernels) {}

  NetworkProgram program;
  Plane picture;
  DetectorOutput output;
};

namespace {

Status check_side(const char* name, int side) {
  if (side >= DetectorNetwork::kMinSide && side <= DetectorNetwork::kMaxSide) return {};
  return {StatusCode::InvalidArgument, std::string("detector network: a picture's ") + name +
                                           " of " + std::to_string(side) + " pixels; make it " +
                                           std::to_string(DetectorNetwork::kMinSide) + " to " +
                                           std::to_string(DetectorNetwork::kMaxSide)};
}

// As the next layer needs it.
int padding_after(std::span<const NetworkLayer> layers, size_t layer) {
  return layer + 1 < layers.size() ? layers[layer + 1].shape.padding : 0;
}

}  // namespace

Result<DetectorNetwork> DetectorNetwork::create(std::span<const uint8_t> bytes, int width,
                                                int height, const Kernels& kernels) {
  if (Status status = check_side("width", width); !status.ok()) return status;
  if (Status status = check_side("height", height); !status.ok()) return status;
  const Result<NetworkFile> file = NetworkFile::read(bytes, NetworkKind::Detector);
  if (!file.ok()) return file.status();
  const std::span<const NetworkLayer> layers = file.value().layers();
  auto parts = std::make_unique<Parts>(kernels);
  parts->picture = parts->program.add_plane(width, height, 3, layers[0].shape.padding);
  Plane plane = parts->picture;
  for (size_t i = 0; i < layers.size(); ++i) {
    const bool last = i + 1 == layers.size();
    plane = parts->program.add_convolution(layers[i], plane,
                                           last ? Activation::None : Activation::Rectified,
                                           padding_after(layers, i));
  }
  parts->output.columns = plane.columns;
  parts->output.rows = plane.rows;
  parts->output.cells = {plane.first, static_cast<size_t>(plane.values())};
  return DetectorNetwork(std::move(parts));
}

DetectorNetwork::DetectorNetwork(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
DetectorNetwork::DetectorNetwork(DetectorNetwork&&) noexcept = default;
DetectorNetwork& DetectorNetwork::operator=(DetectorNetwork&&) noexcept = default;
DetectorNetwork::~DetectorNetwork() = default;

int DetectorNetwork::width() const {
  return parts_->picture.columns;
}
int DetectorNetwork::height() const {
  return parts_->picture.rows;
}

const DetectorOutput& DetectorNetwork::run(std::span<const float> rgb) {
  fill_plane(rgb, parts_->picture);
  parts_->program.run();
  return parts_->output;
}

void DetectorNetwork::forget() {
  parts_->program.forget();
}

}  // namespace vitrine
