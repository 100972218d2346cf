// SPDX-License-Identifier: MIT
// The wiring is that of LandmarkNet in tools/vision/train/nets.py.
#include "engine/vision/landmark_network.h"

#include <algorithm>

#include "engine/base/assert.h"
#include "engine/vision/network_stages_internal.h"

namespace vitrine {

struct LandmarkNetwork::Parts {
  explicit Parts(const Kernels& kernels) : program(kernels), correction_program(kernels) {}

  NetworkProgram program, correction_program;
  Plane picture;
  Plane correction_inputs;
  std::span<const float> values;             // landmarks, pose, presence, spread
  std::span<const float> correction_values;  // landmarks, pose
  LandmarkOutput output;
  FaceCorrection correction;

  // The numbers of both that are not spans.
  void take_answer() {
    const float* after = values.data() + 2 * kLandmarks;
    output.yaw = after[0];
    output.pitch = after[1];
    output.roll = after[2];
    output.presence = after[3];
  }
  void take_correction() {
    const float* after = correction_values.data() + 2 * kLandmarks;
    correction.yaw = after[0];
    correction.pitch = after[1];
    correction.roll = after[2];
  }
};

namespace {

// 1 x 1 to `narrow` channels, without a border: the dense layers read it whole.
Plane add_late(NetworkProgram& program, LayerQueue& layers, const Plane& early) {
  const Plane coarse = program.add_convolution(layers.take(), early, Activation::Rectified, 0);
  const Plane late = add_residuals(program, layers, coarse, 0);
  return program.add_convolution(layers.take(), late, Activation::Rectified, 0);
}

}  // namespace

Result<LandmarkNetwork> LandmarkNetwork::create(std::span<const uint8_t> bytes,
                                                const Kernels& kernels) {
  const Result<NetworkFile> file = NetworkFile::read(bytes, NetworkKind::Landmarks);
  if (!file.ok()) return file.status();
  LayerQueue layers(file.value().layers());
  const int size = file.value().size();
  auto parts = std::make_unique<Parts>(kernels);
  NetworkProgram& program = parts->program;
  parts->picture = program.add_plane(size, size, 3, file.value().layers()[0].shape.padding);
  const Plane early = add_early(program, layers, parts->picture, 1);
  const Plane deep = add_late(program, layers, early);
  parts->values = add_answer(program, layers, deep);
  const Plane joined = program.add_join(early, deep, 1);
  const Plane cells = program.add_convolution(layers.take(), joined, Activation::None, 0);
  const Plane mask = program.add_shuffle(cells);
  parts->output.landmarks = parts->values.first(2 * kLandmarks);
  parts->output.log_spread = parts->values.last(kGroups);
  parts->output.mask_side = mask.columns;
  parts->output.mask = {mask.first, static_cast<size_t>(mask.values())};
  parts->correction_inputs = parts->correction_program.add_plane(kCorrectionInputs, 1, 1, 0);
  parts->correction_values =
      add_answer(parts->correction_program, layers, parts->correction_inputs);
  parts->correction.landmarks = parts->correction_values.first(2 * kLandmarks);
  return LandmarkNetwork(std::move(parts));
}

LandmarkNetwork::LandmarkNetwork(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
LandmarkNetwork::LandmarkNetwork(LandmarkNetwork&&) noexcept = default;
LandmarkNetwork& LandmarkNetwork::operator=(LandmarkNetwork&&) noexcept = default;
LandmarkNetwork::~LandmarkNetwork() = default;

int LandmarkNetwork::size() const {
  return parts_->picture.columns;
}

const LandmarkOutput& LandmarkNetwork::run(std::span<const float> rgb) {
  fill_plane(rgb, parts_->picture);
  parts_->program.run();
  parts_->take_answer();
  return parts_->output;
}

const FaceCorrection& LandmarkNetwork::correct(std::span<const float> values) {
  VITRINE_ASSERT(values.size() == kCorrectionInputs);
  std::copy(values.begin(), values.end(), parts_->correction_inputs.first);
  parts_->correction_program.run();
  parts_->take_correction();
  return parts_->correction;
}

void LandmarkNetwork::forget() {
  parts_->program.forget();
  parts_->correction_program.forget();
  parts_->take_answer();
  parts_->take_correction();
}

}  // namespace vitrine
