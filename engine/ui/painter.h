// SPDX-License-Identifier: MIT
// What a widget is given to draw itself with, and the few shapes all widgets share.
#pragma once

#include <string_view>

#include "engine/base/geometry.h"
#include "engine/gfx/canvas.h"
#include "engine/gfx/images.h"
#include "engine/ui/metrics.h"
#include "engine/ui/theme.h"

namespace vitrine::ui {

// Lives for one frame.
struct Painter {
  gfx::Canvas& canvas;
  gfx::Images& images;
  const Theme& theme;
  const Metrics& metrics;
};

// Draws `key` with its view box's left top corner at `origin`; a group lies where it lies in the
// drawing. False while the picture is not there yet.
bool draw_drawing(Painter& painter, const gfx::DrawingKey& key, Vec2 origin,
                  const Color& tint = gfx::kUntinted);
// Draws a group alone with the middle of its picture at `center`.
bool draw_drawing_centered(Painter& painter, const gfx::DrawingKey& key, Vec2 center,
                           const Color& tint = gfx::kUntinted);

// One paragraph, its block of lines in the middle of the rectangle's height. Shrinks the size down
// to `least` of it so that the words fit the width; beyond that the line ends with an ellipsis.
void draw_label(Painter& painter, std::string_view text, const Rect& rect, gfx::TextStyle style,
                float least = 0.7f);
// The style at the size, at most its own and at least `least` of it, at which the widest line of
// `text` fits `width`.
gfx::TextStyle fitted(gfx::Canvas& canvas, std::string_view text, float width, gfx::TextStyle style,
                      float least = 0.7f);

// Lacquer: gradient, light inner edge above, dark below, coloured shadow. `pressed` 0..1.
void draw_lacquer(Painter& painter, const Rect& rect, const ButtonColors& colors, float em,
                  float pressed);
// A sheet of paper with a soft shadow.
void draw_card(Painter& painter, const Rect& rect, float radius);
// Panes of glass: what was drawn before shows through, blurred. Light ones carry ink, dark ones
// `on_dark`. Where a screen has no time for the blur the tints alone keep words readable.
void draw_light_glass(Painter& painter, const Rect& rect, float radius);
void draw_dark_glass(Painter& painter, const Rect& rect, float radius);
// Blurs and dims everything drawn so far, behind a dialog; `share` 0..1 of it, for the way there.
void draw_scene_veil(Painter& painter, float share);
// The line around a control in high contrast (Theme::outline), with corners of this radius.
void draw_outline(Painter& painter, const Rect& rect, float corner, Ground ground);
// The keyboard's mark: two lines, visible over light and dark, around something with corners of
// this radius (SemanticNode::corner).
void draw_focus_ring(Painter& painter, const Rect& rect, float corner = -1);

}  // namespace vitrine::ui
