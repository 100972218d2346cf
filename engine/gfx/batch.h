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
  Image,
  Glyph,
  Fill,
  Stroke,
  Shadow,
  Glow,
  Arc,
  Glass,
  Mesh,
  Band,
  Reveal
};

// docs/rendering.md has the table of what each kind keeps in these fields. By corner: left top,
// right top, right bottom, left bottom.
struct Quad {
  float x[4], y[4];                  // device pixels
  float u[4], v[4];                  // texture coordinates, or pixels from the shape's centre
  float t[4];                        // place along the gradient
  float half_x, half_y;              // the shape's half size in pixels
  float p0, p1;                      // by kind
  uint16_t radii[4];                 // corners in 1/16 pixel
  uint32_t stops[3];                 // premultiplied RGBA
  uint8_t kind, unit, clip, middle;  // middle: where stops[1] stands, in 1/255
};
static_assert(sizeof(Quad) == 120);

// Device pixels, edges instead of sizes.
struct Edges {
  float left = 0, top = 0, right = 0, bottom = 0;
};
inline constexpr Edges kEverywhere{-1e5f, -1e5f, 1e5f, 1e5f};

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

  // Room for a quad with unit and clip set; the rest is what an earlier one left. `texture` may be
  // null for kinds that sample none. `clip_serial` tells clips apart: equal serials are equal
  // shapes. Valid until the next call.
  Quad* add_quad(TextureHandle texture, uint32_t clip_serial, const ClipShape& clip);

  // Hands everything to `flush`, if there is anything.
  void flush();
  // Forgets everything (the context is gone).
  void clear();

  const std::vector<Quad>& quads() const { return quads_; }
  size_t quad_count() const { return quad_count_; }
  const std::vector<DrawCommand>& commands() const { return commands_; }

 private:
  DrawCommand& begin_command();
  bool place(DrawCommand& command, TextureHandle texture, uint32_t clip_serial,
             const ClipShape& clip);
  void find_place(TextureHandle texture, uint32_t clip_serial, const ClipShape& clip);

  std::function<void(const Batch&)> flush_;
  std::vector<Quad> quads_;  // kQuadsPerBatch, never grows
  std::vector<DrawCommand> commands_;
  size_t quad_count_ = 0;

  // Of the newest quad, while there is a command: its texture and clip, and where they are in it.
  TextureHandle texture_;
  uint32_t clip_serial_ = 0;
  uint8_t unit_ = 0;
  uint8_t clip_index_ = 0;
};

// 8 bits a channel, premultiplied, red in the lowest byte.
uint32_t pack_premultiplied(const Color& color, float opacity);

}  // namespace vitrine::gfx
