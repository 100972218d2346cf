// SPDX-License-Identifier: MIT
// The wiring is that of PartNet in tools/vision/train/nets.py.
#include "engine/vision/part_network.h"

#include "engine/vision/network_stages_internal.h"

namespace vitrine {

struct PartNetwork::Parts {
  explicit Parts(const Kernels& kernels) : program(kernels) {}

  NetworkProgram program;
  Plane picture;
  PartOutput output;
};

Result<PartNetwork> PartNetwork::create(std::span<const uint8_t> bytes, FacePart part,
                                        const Kernels& kernels) {
  const NetworkKind kind = part == FacePart::Lips ? NetworkKind::Lips : NetworkKind::Eye;
  const Result<NetworkFile> file = NetworkFile::read(bytes, kind);
  if (!file.ok()) return file.status();
  LayerQueue layers(file.value().layers());
  const int size = file.value().size();
  auto parts = std::make_unique<Parts>(kernels);
  NetworkProgram& program = parts->program;
  parts->picture = program.add_plane(size, size, 3, file.value().layers()[0].shape.padding);
  const Plane early = add_early(program, layers, parts->picture, 0);
  const Plane deep = program.add_convolution(layers.take(), early, Activation::Rectified, 0);
  const std::span<const float> values = add_answer(program, layers, deep);
  const size_t coordinates = 2 * static_cast<size_t>(shape_of(part).landmarks);
  parts->output = {.landmarks = values.first(coordinates),
                   .log_spread = values.subspan(coordinates)};
  return PartNetwork(std::move(parts));
}

PartNetwork::PartNetwork(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PartNetwork::PartNetwork(PartNetwork&&) noexcept = default;
PartNetwork& PartNetwork::operator=(PartNetwork&&) noexcept = default;
PartNetwork::~PartNetwork() = default;

int PartNetwork::size() const {
  return parts_->picture.columns;
}

const PartOutput& PartNetwork::run(std::span<const float> rgb) {
  fill_plane(rgb, parts_->picture);
  parts_->program.run();
  return parts_->output;
}

void PartNetwork::forget() {
  parts_->program.forget();
}

}  // namespace vitrine
