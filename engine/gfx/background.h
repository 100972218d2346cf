// SPDX-License-Identifier: MIT
// The library of moving backgrounds: fragment shaders drawn into a target of half the canvas's
// size or less, which the batch then draws enlarged. One entry so far: silk.
#pragma once

#include "engine/gfx/canvas.h"
#include "engine/gfx/gl_device.h"

namespace vitrine::gfx {

class Background {
 public:
  explicit Background(GlDevice& device) : device_(device) {}

  Status create();
  void destroy();
  void forget();

  void set_quality(const Quality& quality) { quality_ = quality; }

  // Draws `silk` for a canvas of `width` x `height` device pixels; `touch` in 0..1 of it, y down.
  // Where quality asks for it an older picture stays. Leaves the screen bound, blending and viewport changed. Null when there is no
  // room for the target.
  TextureHandle draw(const Silk& silk, Vec2 touch, uint32_t width, uint32_t height);

 private:
  bool fit_target(uint32_t width, uint32_t height);
  bool may_stay(const Silk& silk);

  GlDevice& device_;
  Quality quality_;
  Silk shown_;             // what the target holds
  bool holds_ = false;
  uint32_t frames_shown_ = 0;
  TargetHandle target_;
  uint32_t target_width_ = 0;
  uint32_t target_height_ = 0;
  uint32_t program_ = 0;
  uint32_t vertex_array_ = 0;  // empty, but WebGL 2 and GLES 3 want one bound
  int32_t size_ = -1, time_ = -1, ramp_ = -1, next_ = -1, wipe_ = -1, touch_ = -1, press_ = -1;
};

}  // namespace vitrine::gfx
