// SPDX-License-Identifier: MIT
// Coloured triangles with one coverage texture, cut to rectangles: what the service panel is drawn
// with. Beside the batch, which knows shapes and not triangles; the page does not carry it. The
// thread whose context is current.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "engine/base/geometry.h"
#include "engine/base/status.h"

namespace vitrine::gfx {

struct TriangleVertex {
  float x, y;      // logical points
  float u, v;      // of the texture, 0..1
  uint32_t color;  // not premultiplied, red in the lowest byte
};
static_assert(sizeof(TriangleVertex) == 20);

// Indices one behind the other, three a triangle, cut to `clip` (logical points).
struct TriangleCommand {
  Rect clip;
  uint32_t first_index = 0;
  uint32_t index_count = 0;
};

class TriangleRenderer {
 public:
  // Expects: a current GLES 3 context, which outlives this. Unavailable with the driver's words.
  static Result<std::unique_ptr<TriangleRenderer>> create();
  virtual ~TriangleRenderer() = default;

  // What vertices take their coverage from, one byte a pixel; a new one replaces the old. False
  // when it is larger than the driver's limit.
  virtual bool set_texture(uint32_t width, uint32_t height, const uint8_t* coverage) = 0;

  // Draws over what is in `framebuffer`, whose size is `points` times `pixel_ratio`.
  virtual void begin(uint32_t framebuffer, Size points, float pixel_ratio) = 0;
  // Expects: begin() was called, indices are within `vertices`.
  virtual void draw(std::span<const TriangleVertex> vertices, std::span<const uint16_t> indices,
                    std::span<const TriangleCommand> commands) = 0;
  virtual void end() = 0;
};

}  // namespace vitrine::gfx
