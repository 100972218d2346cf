// SPDX-License-Identifier: MIT
// The library of moving backgrounds: fragment shaders drawn into a target of half the canvas's
// size or less, which the batch then draws enlarged.
#pragma once

#include <array>

#include "engine/gfx/canvas.h"
#include "engine/gfx/gl_device.h"

namespace vitrine::gfx {

class Background {
 public:
  explicit Background(GlDevice& device) : device_(device) {}

  // As BatchRenderer's. Compiles silk; the others when they are first drawn.
  void start();
  Status create();
  void destroy();
  void forget();

  void set_quality(const Quality& quality) { quality_ = quality; }

  // Draws `silk` for a canvas of `width` x `height` device pixels; `touch` in 0..1 of it, y down.
  // Where quality asks for it an older picture stays. Leaves the screen bound, blending and
  // viewport changed. Null when there is no room for the target.
  TextureHandle draw(const Silk& silk, Vec2 touch, uint32_t width, uint32_t height);

 private:
  // What is the same at every moment: four colours of three channels each, twice, and the wipe.
  struct Look {
    std::array<float, 12> ramp{}, next{};
    float wipe = 0;
    BackgroundKind kind = BackgroundKind::Silk;

    friend bool operator==(const Look&, const Look&) = default;
  };
  struct Program {
    uint32_t name = 0;
    int32_t size = -1, time = -1, ramp = -1, next = -1, wipe = -1, touch = -1, press = -1;
  };

  void start(BackgroundKind kind);
  Status finish(BackgroundKind kind);
  const Program& program_for(BackgroundKind kind);
  bool fit_target(uint32_t width, uint32_t height);
  bool may_stay(const Look& look);

  GlDevice& device_;
  Quality quality_;
  Look shown_;  // what the target holds
  bool holds_ = false;
  uint32_t frames_shown_ = 0;
  TargetHandle target_;
  uint32_t target_width_ = 0;
  uint32_t target_height_ = 0;
  std::array<Program, 4> programs_;
  uint32_t vertex_array_ = 0;  // empty, but WebGL 2 and GLES 3 want one bound
};

}  // namespace vitrine::gfx
