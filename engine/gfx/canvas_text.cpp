// SPDX-License-Identifier: MIT
// The text half of CanvasImpl. Where nothing is turned or stretched, every letter lies exactly on
// device pixels: the line's pen is rounded once, then each letter relative to it, so that moving
// text never wobbles within itself.
#include <cmath>

#include "engine/gfx/canvas_impl.h"

namespace vitrine::gfx {
namespace {

constexpr float kTexel = 1.0f / static_cast<float>(kGlyphPageSize);
constexpr float kBorder = 0.5f;  // texels drawn about a letter that is turned or stretched

TextMeasure measure_of(const ShapedText& text, const TextStyle& style) {
  const auto lines = static_cast<uint16_t>(text.layout.lines.size());
  return {text.layout.width * text.unit, static_cast<float>(lines) * style.line_height * style.size,
          lines, text.layout.cut};
}

float aligned(TextAlign align, float room) {
  switch (align) {
    case TextAlign::Start:
      return 0;
    case TextAlign::Center:
      return room * 0.5f;
    case TextAlign::End:
      return room;
  }
  return 0;
}

bool is_upright(const Transform2D& m) {
  return std::abs(m.b) + std::abs(m.c) < 1e-5f && m.a > 0 && std::abs(m.a - m.d) < 1e-4f * m.a;
}

bool has_picture(const PlacedCluster& placed, const TextLayout& layout) {
  return placed.kind != BreakClass::Space && !is_invisible(layout.cluster_text(placed));
}

}  // namespace

TextMeasure CanvasImpl::measure_text(std::string_view text, float max_width,
                                     const TextStyle& style) {
  return measure_of(parts_.texts.shape(text, max_width, style), style);
}

void CanvasImpl::prepare_text(std::string_view text, const TextStyle& style) {
  const ShapedText& shaped = parts_.texts.shape(text, 0, style);
  for (const PlacedCluster& placed : shaped.layout.clusters) {
    if (has_picture(placed, shaped.layout)) {
      parts_.atlas.drawable(shaped.font, shaped.layout.cluster_text(placed));
    }
  }
}

CanvasImpl::Run CanvasImpl::run_for(ShapedText& text, const TextStyle& style) {
  const float scale = scale_of(transform()) / ratio_;
  Run run;
  run.text = &text;
  run.font = text.font;
  run.font.pixel_size = parts_.texts.raster_size(text, scale);
  const float wanted = style.size * ratio_ * scale;
  run.snapped = is_upright(transform()) && std::abs(wanted - run.font.pixel_size) <= 0.5f;
  run.color = pack_premultiplied(style.color, opacity());
  return run;
}

TextMeasure CanvasImpl::draw_text(std::string_view text, Vec2 position, float max_width,
                                  const TextStyle& style) {
  ShapedText& shaped = parts_.texts.shape(text, max_width, style);
  Run run = run_for(shaped, style);
  if (run.color == 0) return measure_of(shaped, style);
  const float line_height = style.line_height * style.size;
  const float ascent = shaped.metrics.ascent * shaped.unit;
  const float descent = shaped.metrics.descent * shaped.unit;
  float baseline = position.y + (line_height - ascent - descent) * 0.5f + ascent;
  for (const LayoutLine& line : shaped.layout.lines) {
    const float x = position.x + aligned(style.align, max_width - line.width * shaped.unit);
    run.to_pixels = transform() * Transform2D::translation({x, baseline}) *
                    Transform2D::scaling(shaped.unit, shaped.unit);
    if (run.snapped) {
      run.to_pixels.tx = rounded(run.to_pixels.tx);
      run.to_pixels.ty = rounded(run.to_pixels.ty);
    }
    draw_line_of(run, line);
    baseline += line_height;
  }
  return measure_of(shaped, style);
}

void CanvasImpl::draw_line_of(const Run& run, const LayoutLine& line) {
  const TextLayout& layout = run.text->layout;
  for (uint32_t i = line.first; i < line.first + line.count; ++i) {
    const PlacedCluster& placed = layout.clusters[i];
    if (!has_picture(placed, layout)) continue;
    const std::string_view cluster = layout.cluster_text(placed);
    const Glyph* glyph = parts_.atlas.drawable(run.font, cluster);
    if (glyph == nullptr) glyph = parts_.atlas.stand_in(run.font, cluster);
    if (glyph != nullptr && glyph->state == Glyph::State::Drawn) draw_glyph(run, *glyph, placed.x);
  }
}

void CanvasImpl::draw_glyph(const Run& run, const Glyph& glyph, float x) {
  const float w = glyph.width;
  const float h = glyph.height;
  Quad* quad = nullptr;
  if (run.snapped && glyph.font == run.font) {
    const Transform2D& m = run.to_pixels;
    const float left = m.tx + rounded(m.a * x) + static_cast<float>(glyph.left);
    const float top = m.ty - static_cast<float>(glyph.top);
    quad = add_quad({}, {left, top, w, h}, parts_.pages[glyph.page]);
  } else {
    const float k =
        static_cast<float>(run.text->font.pixel_size) / static_cast<float>(glyph.font.pixel_size);
    // As far as the middle of its empty border: the edges fade out, and no filter reaches what lies
    // beyond, which an older letter or nobody has written.
    const float b = kBorder * k;
    const Rect box{x + static_cast<float>(glyph.left) * k - b,
                   -static_cast<float>(glyph.top) * k - b, w * k + 2 * b, h * k + 2 * b};
    quad = add_quad(run.to_pixels, box, parts_.pages[glyph.page]);
  }
  if (quad == nullptr) return;
  const float border = run.snapped && glyph.font == run.font ? 0 : kBorder;
  const float u = static_cast<float>(glyph.x);
  const float v = static_cast<float>(glyph.y);
  set_texture_part(*quad, {(u - border) * kTexel, (v - border) * kTexel, (u + w + border) * kTexel,
                           (v + h + border) * kTexel});
  quad->stops[0] = run.color;
  quad->kind = static_cast<uint8_t>(ShapeKind::Glyph);
}

}  // namespace vitrine::gfx
