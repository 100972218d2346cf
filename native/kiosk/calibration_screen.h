// SPDX-License-Identifier: MIT
// Targets to be tapped, over the whole panel, in both languages: for --calibrate and the service
// panel. Draws with a Renderer of its own, so that it needs no campaign. App's thread.
#pragma once

#include <memory>

#include "engine/app/app.h"
#include "engine/gfx/renderer.h"
#include "native/kiosk/calibration_flow.h"
#include "native/kiosk/panel_mapping.h"

namespace vitrine {

class CalibrationScreen {
 public:
  // Expects: a current context. `seams` outlive this; whoever owns them polls them.
  CalibrationScreen(const gfx::RendererSeams& seams, int64_t now_us);

  // `picture`: the App's viewport; `mapping` says how it lies on the window.
  void resize(const app::Viewport& picture, const PanelMapping& mapping);
  // In logical points of the window, without any calibration.
  void handle(const input::PointerEvent& event);
  // Draws into `framebuffer`.
  void frame(uint32_t framebuffer, int64_t now_us);

  const CalibrationFlow& flow() const { return flow_; }

 private:
  void draw(gfx::Canvas& canvas) const;
  void draw_target(gfx::Canvas& canvas, Vec2 at, bool is_next) const;
  void draw_words(gfx::Canvas& canvas) const;

  std::unique_ptr<gfx::Renderer> renderer_;
  CalibrationFlow flow_;
  PanelMapping mapping_;
  Size size_;        // of the picture, units
  float scale_ = 1;  // logical points a unit
};

}  // namespace vitrine
