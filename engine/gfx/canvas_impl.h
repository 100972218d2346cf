// SPDX-License-Identifier: MIT
// Canvas over a Batch: turns shapes, pictures and texts into quads. Makes no GL call itself.
#pragma once

#include <array>

#include "engine/gfx/backdrop_blur.h"
#include "engine/gfx/batch.h"
#include "engine/gfx/canvas.h"
#include "engine/gfx/glyph_atlas.h"
#include "engine/gfx/image_store.h"
#include "engine/gfx/text_engine.h"

namespace vitrine::gfx {

// What is more than quads; everything in the batch is on the screen before. Null textures where
// there is no room.
class OwnPasses {
 public:
  virtual ~OwnPasses() = default;
  // A silk background for the whole canvas, rows from the bottom. `touch` in 0..1 of the canvas.
  virtual TextureHandle draw_silk(const Silk& silk, Vec2 touch) = 0;
  // Blurs what is on the screen within `area`; `deviation` in device pixels.
  virtual BlurredBackdrop blur_backdrop(const Edges& area, float deviation) = 0;
};

// 0..1 as 0..255.
uint8_t to_byte(float share);
Edges intersect(const Edges& a, const Edges& b);
// Device pixels a point, of both axes' mean.
float scale_of(const Transform2D& to_pixels);
Edges bounds_of(const Transform2D& to_pixels, const Rect& rect);
// Where `part` of a picture (0..1 of it) lies in its texture, which has a border.
Rect texture_part(const ImagePixels& pixels, const Rect& part);
// The edges of what the quad shows, in texture coordinates.
void set_texture_part(Quad& quad, const Edges& part);

class CanvasImpl final : public Canvas {
 public:
  struct Parts {
    Batch& batch;
    TextEngine& texts;
    GlyphAtlas& atlas;
    ImageStore& images;
    const std::array<TextureHandle, kMaxGlyphPages>& pages;
    OwnPasses& passes;
  };

  explicit CanvasImpl(const Parts& parts);

  void resize(Size points, float pixel_ratio);
  void set_quality(const Quality& quality) { quality_ = quality; }
  void begin();
  // Expects: every push had its pop.
  void end();

  Size size() const override { return size_; }
  float pixel_ratio() const override { return ratio_; }
  const Quality& quality() const override { return quality_; }
  void push_transform(const Transform2D& transform) override;
  void pop_transform() override;
  void push_opacity(float opacity) override;
  void pop_opacity() override;
  void push_clip(const Rect& rect, float radius) override;
  void pop_clip() override;
  void fill_rect(const Rect& rect, const CornerRadii& radii, const Paint& paint) override;
  void stroke_rect(const Rect& rect, const CornerRadii& radii, float width,
                   const Paint& paint) override;
  void draw_shadow(const Rect& rect, float radius, const Shadow& shadow) override;
  void draw_glass(const Rect& rect, float radius, const Glass& glass) override;
  void draw_glow(Vec2 center, float radius, const Color& color) override;
  void draw_line(Vec2 from, Vec2 to, float width, const Color& color) override;
  void draw_arc(Vec2 center, float radius, float width, float from, float to,
                const Color& color) override;
  void draw_image(ImageHandle image, const Rect& rect, const Color& tint) override;
  void draw_image_part(ImageHandle image, const Rect& part, const Rect& rect,
                       const Color& tint) override;
  TextMeasure draw_text(std::string_view text, Vec2 position, float max_width,
                        const TextStyle& style) override;
  TextMeasure measure_text(std::string_view text, float max_width, const TextStyle& style) override;
  void prepare_text(std::string_view text, const TextStyle& style) override;
  void draw_silk(const Silk& silk) override;

 private:
  static constexpr size_t kDepth = 33;  // 32 pushes over the base

  struct Clip {
    ClipShape shape;
    Edges visible;  // of both, with nothing outside the target; what lies beyond is not drawn
    uint32_t serial = 0;
  };
  // A shape about to be drawn: its quad covers `rect` and `grow` around it, in points.
  struct Shape {
    ShapeKind kind;
    Rect rect;
    float grow = 0;
    CornerRadii radii;
    float p0 = 0, p1 = 0;
    TextureHandle texture{};
  };
  // What the pieces of one path have in common.
  struct Ink {
    Quad common{};
    TextureHandle texture;
    PieceKind kind = PieceKind::Mesh;
    float scale = 1;
    // A gradient's place by point (x of the first, y of the second); a picture's texture
    // coordinates.
    Vec2 step;
    Vec2 start;
  };
  // Where the letters of one line go.
  struct Run {
    const ShapedText* text;
    FontKey font;           // the letters are drawn at this size
    Transform2D to_pixels;  // from layout units about the line's pen to device pixels
    float stretch = 1;      // layout units a pixel of `font`
    bool snapped = false;   // letters lie exactly on pixels
    uint32_t color = 0;
  };

  const Transform2D& transform() const { return transforms_[transform_depth_]; }
  float opacity() const { return opacities_[opacity_depth_]; }
  const Clip& clip() const { return clips_[clip_depth_]; }
  bool is_seen(float left, float top, float right, float bottom) const;
  Quad* add_quad(const Transform2D& to_pixels, const Rect& rect, TextureHandle texture);
  Quad* add_turned_quad(const Transform2D& to_pixels, const Rect& rect, TextureHandle texture);
  void fill_common(Quad& quad, float scale, const Shape& shape, const Paint& paint) const;
  // Null when nothing of it can be seen.
  Quad* draw_shape(const Transform2D& to_pixels, const Shape& shape, const Paint& paint);
  void draw_textured(TextureHandle texture, const Rect& rect, const Rect& uv, const Color& tint);
  float scale() const override;
  bool begin_pieces(const PieceInk& ink, const Rect& seen) override;
  void add_piece(const Piece& piece) override;
  void draw_line_of(const Run& run, const LayoutLine& line);
  void draw_glyph(const Run& run, const Glyph& glyph, float x);
  Run run_for(ShapedText& text, const TextStyle& style);

  Parts parts_;
  Size size_;
  float ratio_ = 1;
  Quality quality_;
  Ink ink_;
  std::array<Transform2D, kDepth> transforms_;
  std::array<float, kDepth> opacities_;
  std::array<Clip, kDepth> clips_;
  size_t transform_depth_ = 0;
  size_t opacity_depth_ = 0;
  size_t clip_depth_ = 0;
  uint32_t clip_serials_ = 0;
};

}  // namespace vitrine::gfx
