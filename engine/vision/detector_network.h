// SPDX-License-Identifier: MIT
// Says for each cell of 8 x 8 pixels of a small picture whether a face's middle lies there, and how
// large its region is. Which cells become faces is the tracker's to decide.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "engine/base/status.h"
#include "engine/vision/kernels.h"

namespace vitrine {

// Owned by the network; valid until its next run or its end.
struct DetectorOutput {
  int columns = 0;
  int rows = 0;
  // Row by row, four a cell: score (logit), x and y of the region's middle from the cell's own
  // middle (in cells, x to the right, y down), natural logarithm of its side over kBaseSide.
  std::span<const float> cells;
};

// Move-only. Everything is allocated by create(); run() allocates nothing. One thread at a time.
class DetectorNetwork {
 public:
  static constexpr int kStride = 8;     // side of a cell in pixels
  static constexpr int kBaseSide = 40;  // side of a region in pixels whose logarithm is 0
  static constexpr int kMinSide = 16;   // of a picture, in pixels
  static constexpr int kMaxSide = 1024;

  // `file`: a weights file of kind `detector`, docs/vision/training.md; needed during the call
  // alone. `width`, `height`: of the pictures, kMinSide to kMaxSide; they need not be multiples of
  // kStride, the last cells are then cut. Fails as LandmarkNetwork::create does, and with
  // invalid_argument for a size out of bounds.
  static Result<DetectorNetwork> create(std::span<const uint8_t> file, int width, int height,
                                        const Kernels& kernels = best_kernels());

  DetectorNetwork(DetectorNetwork&&) noexcept;
  DetectorNetwork& operator=(DetectorNetwork&&) noexcept;
  ~DetectorNetwork();

  int width() const;
  int height() const;

  // `rgb`: width() x height() pixels, normalised as for LandmarkNetwork::run.
  // Expects: rgb.size() == width() * height() * 3. A value that is not finite makes this one output
  // worthless and no later one.
  const DetectorOutput& run(std::span<const float> rgb);

  // Sets to zero what run() left in memory; its result is zeros then.
  void forget();

 private:
  struct Parts;
  explicit DetectorNetwork(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace vitrine
