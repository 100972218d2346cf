// SPDX-License-Identifier: MIT
// The two networks as the tracker wants them.
#include <utility>

#include "engine/vision/face_models.h"

namespace vitrine {
namespace {

class NetworkModels final : public FaceModels {
 public:
  NetworkModels(DetectorNetwork detector, LandmarkNetwork landmarks)
      : detector_(std::move(detector)), landmarks_(std::move(landmarks)) {}

  int detector_side() const override { return detector_.width(); }
  int landmark_side() const override { return landmarks_.size(); }
  const DetectorOutput& detect(std::span<const float> rgb) override { return detector_.run(rgb); }
  const LandmarkOutput& landmarks(std::span<const float> rgb) override {
    return landmarks_.run(rgb);
  }

 private:
  DetectorNetwork detector_;
  LandmarkNetwork landmarks_;
};

}  // namespace

Result<std::unique_ptr<FaceModels>> load_face_models(std::span<const uint8_t> detector_file,
                                                     std::span<const uint8_t> landmark_file,
                                                     const Kernels& kernels) {
  Result<DetectorNetwork> detector =
      DetectorNetwork::create(detector_file, kDetectorSide, kDetectorSide, kernels);
  if (!detector.ok()) return detector.status();
  Result<LandmarkNetwork> landmarks = LandmarkNetwork::create(landmark_file, kernels);
  if (!landmarks.ok()) return landmarks.status();
  return std::unique_ptr<FaceModels>(
      std::make_unique<NetworkModels>(std::move(detector).value(), std::move(landmarks).value()));
}

}  // namespace vitrine
