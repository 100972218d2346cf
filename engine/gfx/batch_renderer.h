// SPDX-License-Identifier: MIT
// Draws a Batch: one program, one streaming buffer of quads, one draw call a command:
// a quad is an instance.
#pragma once

#include "engine/gfx/batch.h"
#include "engine/gfx/gl_device.h"

namespace vitrine::gfx {

class BatchRenderer {
 public:
  explicit BatchRenderer(GlDevice& device) : device_(device) {}

  // Begins to compile.
  void start();
  // Expects: start() was called.
  Status create();
  void destroy();
  // The context is gone with everything in it.
  void forget();

  // Sets the state that drawing needs. `width`, `height`: of the bound target, pixels.
  void begin(uint32_t width, uint32_t height);
  // Returns the number of draw calls.
  uint32_t draw(const Batch& batch);

 private:
  void bind_textures(const DrawCommand& command);
  void set_clips(const DrawCommand& command);
  void upload(const Batch& batch, const DrawCommand& command);

  GlDevice& device_;
  TextureHandle blank_;  // 1 x 1, for units that nothing is bound to
  // What the units after the first have; others bind to the first.
  std::array<TextureHandle, kTextureUnits> bound_;
  uint32_t program_ = 0;
  uint32_t vertex_array_ = 0;
  uint32_t quad_buffer_ = 0;
  int32_t size_location_ = -1;
  int32_t clip_shape_location_ = -1;
  int32_t clip_bounds_location_ = -1;
  int32_t clip_radius_location_ = -1;
  uint32_t width_ = 1;
  uint32_t height_ = 1;
};

}  // namespace vitrine::gfx
