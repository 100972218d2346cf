// SPDX-License-Identifier: MIT
// Quads gathered in drawing order, cut into draw commands only where textures or clips run out.
// Pure: it knows no GL, so tests look at what would be drawn.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/base/geometry.h"
#include "engine/gfx/gl_device.h"

namespace vitrine::gfx {

// What the fragment shader does with a quad; the numbers are the shader's.
enum class ShapeKind : uint8_t {
  Image, Glyph, Fill, Stroke, Shadow, Glow, Arc, Glass, Mesh, Band, Reveal
};

// docs/rendering.md has the table of what each kind keeps in these fields.
struct Vertex {
  float x, y;            // device pixels
  float u, v;            // texture coordinates, or pixels from the shape's centre
  float half_x, half_y;  // the shape's half size in pixels
  float p0, p1;          // by kind
  uint16_t radii[4];     // corners in 1/16 pixel: left top, right top, right bottom, left bottom
  uint32_t stops[3];     // premultiplied RGBA
  float t;               // place along the gradient
  uint8_t kind, unit, clip, middle;  // middle: where stops[1] stands, in 1/255
};
static_assert(sizeof(Vertex) == 60);

// Device pixels, edges instead of sizes.
struct Edges {
  float left = -1e5f, top = -1e5f, right = 1e5f, bottom = 1e5f;
};

// Drawn is what lies in the rounded shape and in the bounds that enclosing clips leave.
struct ClipShape {
  Edges shape;
  float radius = 0;
  Edges bounds;
};

inline constexpr size_t kTextureUnits = 8;
inline constexpr size_t kClipsPerCommand = 16;
inline constexpr size_t kQuadsPerBatch = 4096;

struct DrawCommand {
  uint32_t first_quad = 0;
  uint32_t quad_count = 0;
  uint8_t texture_count = 0;
  uint8_t clip_count = 0;
  std::array<TextureHandle, kTextureUnits> textures;
  std::array<ClipShape, kClipsPerCommand> clips;
  std::array<uint32_t, kClipsPerCommand> clip_serials;
};

class Batch {
 public:
  // `flush` draws everything gathered; the batch is empty after it.
  explicit Batch(std::function<void(const Batch&)> flush);

  // Room for four corners (left top, right top, right bottom, left bottom) with unit and clip set.
  // `texture` may be null for kinds that sample none. `clip_serial` tells clips apart: equal
  // serials are equal shapes. Valid until the next call.
  Vertex* add_quad(TextureHandle texture, uint32_t clip_serial, const ClipShape& clip);

  // Hands everything to `flush`, if there is anything.
  void flush();
  // Forgets everything (the context is gone).
  void clear();

  const std::vector<Vertex>& vertices() const { return vertices_; }
  size_t quad_count() const { return quads_; }
  const std::vector<DrawCommand>& commands() const { return commands_; }

 private:
  DrawCommand& begin_command();
  bool place(DrawCommand& command, TextureHandle texture, uint32_t clip_serial,
             const ClipShape& clip, uint8_t& unit, uint8_t& clip_index);

  std::function<void(const Batch&)> flush_;
  std::vector<Vertex> vertices_;  // kQuadsPerBatch * 4, never grows
  std::vector<DrawCommand> commands_;
  size_t quads_ = 0;
};

// 8 bits a channel, premultiplied, red in the lowest byte.
uint32_t pack_premultiplied(const Color& color, float opacity);

}  // namespace vitrine::gfx
