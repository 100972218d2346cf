// SPDX-License-Identifier: MIT
// A canvas that draws nothing and remembers what it was asked for, on screen and in order. Letters
// are half an em wide for one-byte characters, a whole em otherwise, spaces at a line's end
// nothing, and lines break at the width.
#pragma once

#include <string>
#include <vector>

#include "engine/base/utf8.h"
#include "engine/gfx/canvas.h"
#include "engine/gfx/images.h"
#include "engine/ui/painter.h"

namespace vitrine::test {

class FakeCanvas final : public gfx::Canvas {
 public:
  struct Filled {
    Rect rect;
    Color color;
    float opacity = 1;
  };
  struct Written {
    std::string text;
    Rect rect;
    float size = 0;
    Color color;
  };

  struct Line {
    Vec2 from, to;  // in the transform it was drawn in
    float width = 0;
    Color color;
  };

  std::vector<Filled> filled;
  std::vector<Written> written;
  std::vector<Line> lines;
  size_t depth = 0;  // pushes without their pop

  void forget() {
    filled.clear();
    written.clear();
    lines.clear();
  }
  bool says(std::string_view text) const {
    for (const Written& words : written) {
      if (words.text == text) return true;
    }
    return false;
  }

  Size size() const override { return {1080, 1920}; }
  float pixel_ratio() const override { return 1; }
  const gfx::Quality& quality() const override { return quality_; }

  void push_transform(const Transform2D& transform) override {
    transforms_.push_back(transforms_.back() * transform);
    ++depth;
  }
  void pop_transform() override { transforms_.pop_back(), --depth; }
  void push_opacity(float opacity) override {
    opacities_.push_back(opacities_.back() * opacity);
    ++depth;
  }
  void pop_opacity() override { opacities_.pop_back(), --depth; }
  void push_clip(const Rect& /*rect*/, float /*radius*/) override { ++depth; }
  void pop_clip() override { --depth; }

  void fill_rect(const Rect& rect, const gfx::CornerRadii& /*radii*/,
                 const gfx::Paint& paint) override {
    filled.push_back({on_screen(rect), paint.from, opacities_.back()});
  }
  void stroke_rect(const Rect& /*rect*/, const gfx::CornerRadii& /*radii*/, float /*width*/,
                   const gfx::Paint& /*paint*/) override {}
  void draw_shadow(const Rect& /*rect*/, float /*radius*/, const gfx::Shadow& /*shadow*/) override {
  }
  void draw_glass(const Rect& rect, float /*radius*/, const gfx::Glass& glass) override {
    filled.push_back({on_screen(rect), glass.tint, opacities_.back()});
  }
  void draw_glow(Vec2 /*center*/, float /*radius*/, const Color& /*color*/) override {}
  void draw_line(Vec2 from, Vec2 to, float width, const Color& color) override {
    lines.push_back({from, to, width, color});
  }
  void draw_arc(Vec2 /*center*/, float /*radius*/, float /*width*/, float /*from*/, float /*to*/,
                const Color& /*color*/) override {}
  void draw_image(gfx::ImageHandle /*image*/, const Rect& /*rect*/,
                  const Color& /*tint*/) override {}
  void draw_image_part(gfx::ImageHandle /*image*/, const Rect& /*part*/, const Rect& /*rect*/,
                       const Color& /*tint*/) override {}
  gfx::TextMeasure draw_text(std::string_view text, Vec2 position, float max_width,
                             const gfx::TextStyle& style) override {
    const gfx::TextMeasure measure = measure_text(text, max_width, style);
    written.push_back({std::string(text),
                       on_screen({position.x, position.y, measure.width, measure.height}),
                       style.size, style.color});
    return measure;
  }
  gfx::TextMeasure measure_text(std::string_view text, float max_width,
                                const gfx::TextStyle& style) override {
    while (text.ends_with(' ')) text.remove_suffix(1);
    float natural = 0;
    for (size_t at = 0; at < text.size();) {
      natural += style.size * (next_code_point(text, at) < 128 ? 0.5f : 1.0f);
    }
    gfx::TextMeasure measure;
    uint16_t taken = 1;
    if (max_width > 0) {
      while (natural > max_width * static_cast<float>(taken)) ++taken;
    }
    if (style.max_lines > 0 && taken > style.max_lines) {
      taken = style.max_lines;
      measure.cut = true;
    }
    measure.lines = taken;
    measure.width = taken > 1 ? max_width : natural;
    measure.height = static_cast<float>(taken) * style.size * style.line_height;
    return measure;
  }
  void draw_silk(const gfx::Silk& /*silk*/) override {}
  float scale() const override { return 1; }
  bool begin_pieces(const PieceInk& /*ink*/, const Rect& /*seen*/) override { return false; }
  void add_piece(const Piece& /*piece*/) override {}

 private:
  Rect on_screen(const Rect& rect) const {
    const Vec2 from = transforms_.back().apply({rect.x, rect.y});
    const Vec2 to = transforms_.back().apply({rect.right(), rect.bottom()});
    return {from.x, from.y, to.x - from.x, to.y - from.y};
  }

  gfx::Quality quality_;
  std::vector<Transform2D> transforms_{Transform2D{}};
  std::vector<float> opacities_{1};
};

// No picture is ever there.
class FakeImages final : public gfx::Images {
 public:
  std::vector<std::string> asked;  // groups, in drawing order

  gfx::ImageHandle drawing(const gfx::DrawingKey& key) override {
    asked.emplace_back(key.group);
    return {};
  }
  gfx::ImageHandle picture(std::string_view /*path*/) override { return {}; }
  gfx::DrawingInfo info(gfx::ImageHandle /*image*/) const override { return {}; }
  uint32_t pending() const override { return 0; }
};

// Everything a widget is drawn with.
struct Drawing {
  FakeCanvas canvas;
  FakeImages images;
  ui::Theme theme;
  ui::Metrics metrics = ui::metrics_for({1080, 1920}, {});

  ui::Painter painter() { return {canvas, images, theme, metrics}; }
};

}  // namespace vitrine::test
