// SPDX-License-Identifier: MIT
// Looks closer at one part of a face: at the lips, or at an eye and its brow. The landmark network
// sees a whole face in some 96 pixels, so that a lip's edge is a third of one there; this one sees
// the part in the picture's own pixels. It knows nothing of frames, faces or time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "engine/base/status.h"
#include "engine/vision/kernels.h"

namespace vitrine {

enum class FacePart : uint8_t { Lips, Eye };

struct PartShape {
  int landmarks = 0;
  int groups = 0;  // of landmarks, each with an expected error of its own

  friend bool operator==(const PartShape&, const PartShape&) = default;
};
// Outer contour, inner contour.
constexpr PartShape kLipsShape = {.landmarks = 40, .groups = 2};
// Lid, brow, iris, each in the order of the left one; a right eye is looked at mirrored.
constexpr PartShape kEyeShape = {.landmarks = 31, .groups = 3};
constexpr const PartShape& shape_of(FacePart part) {
  return part == FacePart::Lips ? kLipsShape : kEyeShape;
}

// Owned by the network; valid until its next run or its end.
struct PartOutput {
  std::span<const float> landmarks;   // x, y of each: half sides of the square from its middle
  std::span<const float> log_spread;  // a group each: natural logarithm of the expected error in
                                      // half sides of the face region
};

// Move-only. Everything is allocated by create(); run() allocates nothing. One thread at a time.
class PartNetwork {
 public:
  // As LandmarkNetwork::create, of a weights file of kind `lips` or `eye`.
  static Result<PartNetwork> create(std::span<const uint8_t> file, FacePart part,
                                    const Kernels& kernels = best_kernels());

  PartNetwork(PartNetwork&&) noexcept;
  PartNetwork& operator=(PartNetwork&&) noexcept;
  ~PartNetwork();

  // Side of the picture in pixels.
  int size() const;

  // `rgb`: as LandmarkNetwork::run wants it.
  const PartOutput& run(std::span<const float> rgb);

  // Sets to zero what run() left in memory; its result is zeros then.
  void forget();

 private:
  struct Parts;
  explicit PartNetwork(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace vitrine
