// SPDX-License-Identifier: MIT
// A blurred picture of what the frame shows so far, for panes of glass. Halved by box filters until
// a small kernel is enough, then two passes of a Gaussian; only the area asked for is worked on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/gfx/batch.h"
#include "engine/gfx/gl_device.h"

namespace vitrine::gfx {

inline constexpr size_t kBlurLevels = 4;  // 1/2 to 1/16 of the canvas
inline constexpr size_t kBlurTaps = 6;    // the middle and five pairs of texels on each side

// The widest blur, device pixels of standard deviation; more is drawn as this.
inline constexpr float kWidestBlur = 48;

// How a blur is made: at 1/2^level of the size, by linear samples at `offset` texels on both sides.
struct BlurPlan {
  uint32_t level = 1;
  std::array<float, kBlurTaps> offset{};
  std::array<float, kBlurTaps> weight{};  // all of both sides together are 1
};

// `deviation`: of the Gaussian wanted, device pixels. What halving and enlarging blur already is
// taken off, so that the whole has this deviation.
BlurPlan plan_blur(float deviation);

// Where device pixel (x, y), y up, lies in `texture`: at (x, y) times `scale`.
struct BlurredBackdrop {
  TextureHandle texture;
  Vec2 scale;
};

class BackdropBlur {
 public:
  explicit BackdropBlur(GlDevice& device) : device_(device) {}

  // As BatchRenderer's.
  void start();
  Status create();
  void destroy();
  void forget();
  // What was blurred is in no target any more. Leaves the screen bound.
  void clear();

  // Blurs what the default framebuffer of `width` x `height` pixels shows within `area` (y down,
  // inside it). Valid until the next call. A null texture when there is no room for the targets.
  // Leaves the default framebuffer bound, blending and viewport changed.
  BlurredBackdrop draw(const Edges& area, float deviation, uint32_t width, uint32_t height);

 private:
  struct Level {
    TargetHandle picture, half_blurred;
  };

  bool fit_targets(uint32_t level, uint32_t width, uint32_t height);
  void destroy_targets();
  void halve(uint32_t level, const TextureRegion& region);
  void blur_along(TargetHandle from, TargetHandle to, bool down, const TextureRegion& region);

  GlDevice& device_;
  std::array<Level, kBlurLevels> levels_;
  uint32_t width_ = 0;
  uint32_t height_ = 0;
  uint32_t program_ = 0;
  uint32_t vertex_array_ = 0;
  int32_t texel_ = -1, step_ = -1, bounds_ = -1, offset_ = -1, weight_ = -1;
};

}  // namespace vitrine::gfx
