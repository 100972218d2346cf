// SPDX-License-Identifier: MIT
// The networks as the tracker wants them.
#include <optional>
#include <utility>

#include "engine/vision/face_models.h"

namespace vitrine {
namespace {

class NetworkModels final : public FaceModels {
 public:
  NetworkModels(DetectorNetwork detector, LandmarkNetwork landmarks)
      : detector_(std::move(detector)), landmarks_(std::move(landmarks)) {}

  Status add(FacePart part, std::span<const uint8_t> file, const Kernels& kernels) {
    Result<PartNetwork> network = PartNetwork::create(file, part, kernels);
    if (!network.ok()) return network.status();
    parts_[static_cast<size_t>(part)] = std::move(network).value();
    return {};
  }

  int detector_side() const override { return detector_.width(); }
  int landmark_side() const override { return landmarks_.size(); }
  const DetectorOutput& detect(std::span<const float> rgb) override { return detector_.run(rgb); }
  const LandmarkOutput& landmarks(std::span<const float> rgb) override {
    return landmarks_.run(rgb);
  }
  int part_side(FacePart part) const override {
    const std::optional<PartNetwork>& network = parts_[static_cast<size_t>(part)];
    return network ? network->size() : 0;
  }
  const PartOutput& part(FacePart part, std::span<const float> rgb) override {
    return parts_[static_cast<size_t>(part)]->run(rgb);
  }
  PoseCorrection correct_pose(std::span<const float> values) override {
    return landmarks_.correct_pose(values);
  }
  void forget() override {
    detector_.forget();
    landmarks_.forget();
    for (std::optional<PartNetwork>& network : parts_) {
      if (network) network->forget();
    }
  }

 private:
  DetectorNetwork detector_;
  LandmarkNetwork landmarks_;
  std::optional<PartNetwork> parts_[2];
};

}  // namespace

Result<std::unique_ptr<FaceModels>> load_face_models(const FaceModelFiles& files,
                                                     const Kernels& kernels) {
  Result<DetectorNetwork> detector =
      DetectorNetwork::create(files.detector, kDetectorSide, kDetectorSide, kernels);
  if (!detector.ok()) return detector.status();
  Result<LandmarkNetwork> landmarks = LandmarkNetwork::create(files.landmarks, kernels);
  if (!landmarks.ok()) return landmarks.status();
  auto models =
      std::make_unique<NetworkModels>(std::move(detector).value(), std::move(landmarks).value());
  if (Status status = models->add(FacePart::Lips, files.lips, kernels); !status.ok()) return status;
  if (Status status = models->add(FacePart::Eye, files.eye, kernels); !status.ok()) return status;
  return std::unique_ptr<FaceModels>(std::move(models));
}

}  // namespace vitrine
