// SPDX-License-Identifier: MIT
// Finds landmarks, pose and visible skin in a square picture of one face region. It knows nothing
// of frames, faces or time: that is the tracker's.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "engine/base/status.h"
#include "engine/vision/kernels.h"

namespace vitrine {

// Owned by the network; valid until its next run or its end.
struct LandmarkOutput {
  std::span<const float> landmarks;  // x, y of each, docs/vision/landmarks.md names them: half
                                     // sides of the region from its middle, x to the right, y down
  float yaw = 0;                     // radians, signs as in docs/vision/landmarks.md
  float pitch = 0;
  float roll = 0;
  float presence = 0;                 // logit: above 0 a face is more likely than none
  std::span<const float> log_spread;  // a group of landmarks each: natural logarithm of the
                                      // expected error in half sides
  int mask_side = 0;                  // cells
  std::span<const float> mask;        // mask_side squared logits of visible skin, row by row
};

// What to add to what was found. Owned by the network; valid until its next correct() or its end.
struct FaceCorrection {
  std::span<const float> landmarks;  // x, y of each, in the unit and frame of what was given
  float yaw = 0;                     // radians
  float pitch = 0;
  float roll = 0;
};

// Move-only. Everything is allocated by create() and nothing later. One thread at a time.
class LandmarkNetwork {
 public:
  static constexpr int kLandmarks = 137;
  static constexpr int kGroups = 10;
  static constexpr int kCorrectionInputs = 2 * kLandmarks + 2 + kGroups;

  // `file`: a weights file of kind `landmarks`, docs/vision/training.md; needed during the call
  // alone. `kernels`: best_kernels() in a program, each of all_kernels() in a test.
  // Fails with data_loss for a file that is cut off or damaged, invalid_argument for one of another
  // kind, version or order, or beyond a limit; the message says what, where and what to do.
  static Result<LandmarkNetwork> create(std::span<const uint8_t> file,
                                        const Kernels& kernels = best_kernels());

  LandmarkNetwork(LandmarkNetwork&&) noexcept;
  LandmarkNetwork& operator=(LandmarkNetwork&&) noexcept;
  ~LandmarkNetwork();

  // Side of the picture in pixels: 64 or 96 for the nets trained so far.
  int size() const;

  // `rgb`: size() squared pixels, red, green, blue each, row by row, of values 0 to 1 and then
  // normalised by the picture's own mean and spread: (v - mean) / (spread + 0.05).
  // Expects: rgb.size() == size() * size() * 3. A value that is not finite makes this one output
  // worthless and no later one.
  const LandmarkOutput& run(std::span<const float> rgb);

  // By how much landmarks and pose are off, seen in all landmarks at once. `values`: x, y of each
  // landmark in half sides of the region that belongs to them, turned upright (to_region() of
  // region_of()), then run()'s yaw, pitch and log_spread, this held between -6 and 1 as
  // expected_error_of() does. Expects: values.size() == kCorrectionInputs. What it makes of values
  // that are not finite is not finite.
  const FaceCorrection& correct(std::span<const float> values);

  // Sets to zero what both left in memory; both results are zeros then.
  void forget();

 private:
  struct Parts;
  explicit LandmarkNetwork(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace vitrine
