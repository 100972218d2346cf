// SPDX-License-Identifier: MIT
// What the tracker asks of its networks. One implementation runs the networks of files, tests
// have another that says what it is told.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>

#include "engine/base/status.h"
#include "engine/vision/detector_network.h"
#include "engine/vision/landmark_network.h"
#include "engine/vision/part_network.h"

namespace vitrine {

// No call after creation allocates. One thread at a time, the tracker's.
class FaceModels {
 public:
  virtual ~FaceModels() = default;

  // Sides in pixels of the square pictures that detect() and landmarks() take, 16 to 512 each;
  // constant.
  virtual int detector_side() const = 0;
  virtual int landmark_side() const = 0;

  // `rgb`: side squared pixels, interleaved, row by row, normalised by their own mean and spread:
  // (v - mean) / (spread + 0.05) of values 0 to 1. The answer is valid until the next call of the
  // same function; its values need not be finite (the tracker then sees nobody). Its `cells` are
  // columns x rows x 4 or empty; `landmarks` 274, `log_spread` 10 long; `mask` is mask_side squared
  // with a side of at most 32, or empty.
  virtual const DetectorOutput& detect(std::span<const float> rgb) = 0;
  virtual const LandmarkOutput& landmarks(std::span<const float> rgb) = 0;

  // Side in pixels of the square pictures that part() takes, 16 to 512, constant; 0: nobody looks
  // closer at that part, and part() is not called. `rgb` as above; of a right eye, and of lips at
  // the second look, mirrored.
  virtual int part_side(FacePart part) const = 0;
  virtual const PartOutput& part(FacePart part, std::span<const float> rgb) = 0;

  // The largest of all those sides.
  int most_side() const {
    return std::max(
        {detector_side(), landmark_side(), part_side(FacePart::Lips), part_side(FacePart::Eye)});
  }

  // LandmarkNetwork::correct(). Valid until the next call; its values need not be finite (the face
  // then stays as it was found). Its `landmarks` are 274 long or empty.
  virtual const FaceCorrection& correct(std::span<const float> values) = 0;

  // Sets to zero what pictures left in memory, answers too.
  virtual void forget() = 0;
};

// Side of the detector's square pictures in a program.
constexpr int kDetectorSide = 128;

// Files of weights (docs/vision/training.md), each of its own kind.
struct FaceModelFiles {
  std::span<const uint8_t> detector, landmarks, lips, eye;
};

// The files are needed during the call alone. Fails as the networks' create() do.
Result<std::unique_ptr<FaceModels>> load_face_models(const FaceModelFiles& files,
                                                     const Kernels& kernels = best_kernels());

}  // namespace vitrine
