// SPDX-License-Identifier: MIT
// The networks as the tracker wants them.
#include <array>
#include <utility>

#include "engine/vision/face_models.h"

namespace vitrine {
namespace {

class NetworkModels final : public FaceModels {
 public:
  NetworkModels(DetectorNetwork detector, LandmarkNetwork landmarks, PartNetwork lips,
                PartNetwork eye)
      : detector_(std::move(detector)),
        landmarks_(std::move(landmarks)),
        parts_{std::move(lips), std::move(eye)} {}

  int detector_side() const override { return detector_.width(); }
  int landmark_side() const override { return landmarks_.size(); }
  const DetectorOutput& detect(std::span<const float> rgb) override { return detector_.run(rgb); }
  const LandmarkOutput& landmarks(std::span<const float> rgb) override {
    return landmarks_.run(rgb);
  }
  int part_side(FacePart part) const override { return parts_[static_cast<size_t>(part)].size(); }
  const PartOutput& part(FacePart part, std::span<const float> rgb) override {
    return parts_[static_cast<size_t>(part)].run(rgb);
  }
  const FaceCorrection& correct(std::span<const float> values) override {
    return landmarks_.correct(values);
  }
  void forget() override {
    detector_.forget();
    landmarks_.forget();
    for (PartNetwork& network : parts_) network.forget();
  }

 private:
  DetectorNetwork detector_;
  LandmarkNetwork landmarks_;
  std::array<PartNetwork, 2> parts_;  // by FacePart
};

}  // namespace

Result<std::unique_ptr<FaceModels>> load_face_models(const FaceModelFiles& files,
                                                     const Kernels& kernels) {
  Result<DetectorNetwork> detector =
      DetectorNetwork::create(files.detector, kDetectorSide, kDetectorSide, kernels);
  if (!detector.ok()) return detector.status();
  Result<LandmarkNetwork> landmarks = LandmarkNetwork::create(files.landmarks, kernels);
  if (!landmarks.ok()) return landmarks.status();
  Result<PartNetwork> lips = PartNetwork::create(files.lips, FacePart::Lips, kernels);
  if (!lips.ok()) return lips.status();
  Result<PartNetwork> eye = PartNetwork::create(files.eye, FacePart::Eye, kernels);
  if (!eye.ok()) return eye.status();
  return std::unique_ptr<FaceModels>(
      std::make_unique<NetworkModels>(std::move(detector).value(), std::move(landmarks).value(),
                                      std::move(lips).value(), std::move(eye).value()));
}

}  // namespace vitrine
