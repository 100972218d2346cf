// SPDX-License-Identifier: MIT
// Shows an upright picture on a window that lies otherwise: turned in quarters and moved by whole
// pixels. The Renderer draws into the framebuffer that this owns (Renderer::set_screen); present()
// brings it to the window, pixel for pixel. For kiosks; the page does not carry it. The thread
// whose context is current.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/base/status.h"

namespace vitrine::gfx {

class PanelOutput {
 public:
  // Expects: a current GLES 3 context, which outlives this. Unavailable with the driver's words.
  static Result<std::unique_ptr<PanelOutput>> create();
  virtual ~PanelOutput() = default;

  // The framebuffer to draw a picture of this size into, device pixels; a new one when the size
  // changed. 0, the window's own, when the driver has no such.
  virtual uint32_t framebuffer(uint32_t width, uint32_t height) = 0;

  // Draws the picture into the window: turned clockwise by `quarter_turns`, then moved right and
  // down by (x, y). What it leaves uncovered is black.
  virtual void present(uint8_t quarter_turns, int x, int y) = 0;
};

}  // namespace vitrine::gfx
