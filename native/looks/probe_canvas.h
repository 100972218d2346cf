// SPDX-License-Identifier: MIT
// A canvas between a scene and the real one that notes every text drawn, and can leave the texts
// out or paint them all alike, so that what lies under them can be looked at. Only checks draw
// through it; programs in service never do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/gfx/canvas.h"

namespace vitrine::looks {

// A text as it was drawn. Places are in the canvas's own units, after every transform.
struct DrawnText {
  std::string words;
  gfx::TextStyle style;  // as the scene gave it
  float size = 0;        // em as it appears, transforms included
  float opacity = 1;     // its colour's own and every push_opacity around it, multiplied
  Rect bounds;           // around its lines, upright also when it is turned
  Rect clip;             // what the clips around it leave
  float max_width = 0;   // 0: it was never to be broken
  gfx::TextMeasure measure;
};

// Around the letters themselves, without the air that a line has above and below.
Rect letters(const DrawnText& text);

class ProbeCanvas final : public gfx::Canvas {
 public:
  enum class Ink : uint8_t {
    AsDrawn,
    None,   // texts are noted and not painted
    White,  // every text in this colour, its opacity kept
    Black,
  };

  // Outlives this.
  explicit ProbeCanvas(gfx::Canvas& canvas) : canvas_(canvas) {}

  // Forgets the texts. What follows is painted with `ink`, and the silk as it is at `silk_time`
  // seconds or not at all; with `paints` false nothing reaches the real canvas but questions for
  // measures.
  void begin(Ink ink, std::optional<float> silk_time, bool paints);
  const std::vector<DrawnText>& texts() const { return texts_; }
  // How many of them were drawn before something opaque was filled from that corner on, as wide: a
  // sheet, which lies over them. 0 where nothing was.
  size_t texts_under(const Rect& cover) const;

  Size size() const override { return canvas_.size(); }
  float pixel_ratio() const override { return canvas_.pixel_ratio(); }
  const gfx::Quality& quality() const override { return canvas_.quality(); }
  void push_transform(const Transform2D& transform) override;
  void pop_transform() override;
  void push_opacity(float opacity) override;
  void pop_opacity() override;
  void push_clip(const Rect& rect, float radius) override;
  void pop_clip() override;
  void fill_rect(const Rect& rect, const gfx::CornerRadii& radii, const gfx::Paint& paint) override;
  void stroke_rect(const Rect& rect, const gfx::CornerRadii& radii, float width,
                   const gfx::Paint& paint) override;
  void draw_shadow(const Rect& rect, float radius, const gfx::Shadow& shadow) override;
  void draw_glass(const Rect& rect, float radius, const gfx::Glass& glass) override;
  void draw_glow(Vec2 center, float radius, const Color& color) override;
  void draw_line(Vec2 from, Vec2 to, float width, const Color& color) override;
  void draw_arc(Vec2 center, float radius, float width, float from, float to,
                const Color& color) override;
  void draw_image(gfx::ImageHandle image, const Rect& rect, const Color& tint) override;
  void draw_image_part(gfx::ImageHandle image, const Rect& part, const Rect& rect,
                       const Color& tint) override;
  gfx::TextMeasure draw_text(std::string_view text, Vec2 position, float max_width,
                             const gfx::TextStyle& style) override;
  gfx::TextMeasure measure_text(std::string_view text, float max_width,
                                const gfx::TextStyle& style) override {
    return canvas_.measure_text(text, max_width, style);
  }
  void draw_silk(const gfx::Silk& silk) override;
  float scale() const override { return canvas_.scale(); }
  bool begin_pieces(const PieceInk& ink, const Rect& seen) override;
  void add_piece(const Piece& piece) override { canvas_.add_piece(piece); }

 private:
  Rect upright(const Rect& rect) const;
  void note(std::string_view text, Vec2 position, float max_width, const gfx::TextStyle& style,
            const gfx::TextMeasure& measure);

  gfx::Canvas& canvas_;
  Ink ink_ = Ink::AsDrawn;
  std::optional<float> silk_time_;
  bool paints_ = true;
  std::vector<Transform2D> transforms_{{}};
  std::vector<float> opacities_{1};
  std::vector<Rect> clips_;
  struct Filled {
    Rect rect;
    size_t texts;  // before it
  };
  std::vector<DrawnText> texts_;
  std::vector<Filled> filled_;
};

}  // namespace vitrine::looks
