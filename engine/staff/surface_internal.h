// SPDX-License-Identifier: MIT
// Dear ImGui on our seams: one finger in, triangles out. Everything in device pixels of the
// picture, so that letters lie on pixels.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <deque>
#include <vector>

#include "engine/gfx/triangle_renderer.h"
#include "engine/input/pointer_event.h"
#include "engine/platform/glyph_source.h"
#include "engine/staff/font_atlas_internal.h"

namespace vitrine::staff {

class Surface {
 public:
  explicit Surface(GlyphSource& glyphs);
  ~Surface();
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  // `pixels_a_unit`: how large the layout is drawn. Fonts are made anew when it changes.
  void resize(Size pixels, float pixels_a_unit);
  // Of the finger that is ImGui's mouse; positions in device pixels. What comes in one frame is
  // played one step a frame, so that the quickest tap is one.
  void touch(input::PointerPhase phase, Vec2 position);
  // Forgets the finger: what it pressed is not activated.
  void cancel();

  // Makes it the current context and begins a frame; `dt` in seconds, above 0.
  void begin_frame(float dt);
  void end_frame();
  // What the last frame made.
  void draw(gfx::TriangleRenderer& renderer, uint32_t framebuffer);

  ImFont* font(Type type) { return fonts_.font(type); }
  Size size() const { return size_; }
  // Units to device pixels.
  float px(float units) const { return units * unit_; }

 private:
  struct Step {
    Vec2 position;
    bool down;
  };

  FontAtlas fonts_;
  ImGuiContext* context_;
  std::deque<Step> steps_;
  std::vector<gfx::TriangleCommand> commands_;  // kept for its memory
  Size size_;
  float unit_ = 0;
  bool is_texture_new_ = false;
  bool is_down_ = false;
  bool was_released_ = false;
};

}  // namespace vitrine::staff
