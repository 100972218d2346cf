// SPDX-License-Identifier: MIT
// Pictures that scenes draw, loaded by name. Asks Assets, ImageDecoder and VectorRasterizer, keeps
// one texture a (name, group, size, colour), asks again after the GL context was lost.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/geometry.h"
#include "engine/gfx/canvas.h"

namespace vitrine::gfx {

struct DrawingKey {
  std::string_view path;   // "art/lipstick.svg", relative to the campaign
  std::string_view group;  // "" for all
  float width = 0;         // logical points that the whole drawing's view box is drawn at
  float height = 0;        // 0: from the drawing's own aspect
  Color current_color;     // what currentColor means
};

struct DrawingInfo {
  bool ready = false;
  bool failed = false;
  // Where the picture lies when the view box is drawn at (0,0) with the asked size, in points.
  Rect bounds;
  Size view;  // the whole drawing's size in points, once known
};

class Images {
 public:
  virtual ~Images() = default;

  // The handle for a drawing; the first call requests it, later calls with the same key are a
  // look-up without allocation. Drawn as nothing until it is ready.
  virtual ImageHandle drawing(const DrawingKey& key) = 0;
  virtual ImageHandle picture(std::string_view path) = 0;  // PNG or JPEG
  virtual DrawingInfo info(ImageHandle image) const = 0;

  // How many requested pictures are neither ready nor failed.
  virtual uint32_t pending() const = 0;
};

}  // namespace vitrine::gfx
