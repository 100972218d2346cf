// SPDX-License-Identifier: MIT
// SVG drawings to pixels: librsvg natively, the browser itself on the page, pre-drawn sheets in
// golden runs.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/base/geometry.h"
#include "engine/base/status.h"
#include "engine/platform/image_decoder.h"

namespace vitrine {

struct VectorRequest {
  std::string_view document;  // SVG text in the stated subset (docs/campaign-format.md); copied
  std::string_view group;     // id of one group, or "" for the whole drawing
  // The whole drawing's view box is drawn this many device pixels wide and high; a group's image
  // is the part of it that the group covers. Height 0: from the view box's own aspect.
  uint32_t width = 0;
  uint32_t height = 0;
  Color current_color;  // what `currentColor` in the drawing means
};

struct VectorImage {
  Image image;
  // Where the image lies in the drawing, in the user units of its view box.
  Rect bounds;
  // The drawing's view box (without one: 0, 0, width, height of the svg element).
  Rect view_box;
};

class VectorRasterizer {
 public:
  using Done = std::function<void(Result<VectorImage>)>;

  virtual ~VectorRasterizer() = default;

  // `done` runs exactly once, from poll(). Errors: InvalidArgument (not SVG, or not the subset),
  // NotFound (no such group), ResourceExhausted (over 4096 pixels a side).
  virtual void rasterize(const VectorRequest& request, Done done) = 0;

  virtual void poll() = 0;
};

}  // namespace vitrine
