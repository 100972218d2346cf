// SPDX-License-Identifier: MIT
// What scenes and widgets draw with: batched, anti-aliased 2D in logical points. Everything given
// between begin() and end() is drawn back to front in the order of the calls. Drawing allocates
// nothing after warm-up; a full batch is flushed, never dropped. App's thread only.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/base/geometry.h"
#include "engine/base/handle.h"
#include "engine/gfx/path.h"
#include "engine/gfx/quality.h"
#include "engine/platform/glyph_source.h"

namespace vitrine::gfx {

using ImageHandle = Handle<struct ImageTag>;

// A colour, or a linear gradient of two or three stops.
struct Paint {
  Color from;
  Color middle;
  Color to;
  float middle_at = 0.5f;  // where `middle` stands, 0..1 of the way
  Vec2 start;              // gradient line in the shape's own unit square: (0,0) left top
  Vec2 end;                // start == end: plain `from`

  static Paint solid(const Color& color) { return {color, color, color, 0.5f, {}, {}}; }
  static Paint vertical(const Color& top, const Color& bottom) {
    return {top, lerp(top, bottom, 0.5f), bottom, 0.5f, {0.5f, 0}, {0.5f, 1}};
  }
  static Paint vertical(const Color& top, const Color& middle, float middle_at,
                        const Color& bottom) {
    return {top, middle, bottom, middle_at, {0.5f, 0}, {0.5f, 1}};
  }
};

struct CornerRadii {
  float left_top = 0, right_top = 0, right_bottom = 0, left_bottom = 0;
  static CornerRadii all(float r) { return {r, r, r, r}; }
};

// A soft shadow of a rounded rectangle; `blur` is the distance over which it fades (about two
// standard deviations of a Gaussian).
struct Shadow {
  Vec2 offset;
  float blur = 0;
  float spread = 0;
  Color color;
};

// A pane that shows what was drawn before it in the frame, blurred, under a tint.
struct Glass {
  float blur = 0;  // standard deviation of the Gaussian, points, as CSS's blur() has it
  Color tint;
  Shadow shadow{{}, 0, 0, {0, 0, 0, 0}};  // falls beside the pane, is not seen through it
};

// How a path is drawn along its line.
struct Stroke {
  float width = 1;
  LineCap cap = LineCap::Round;
  LineJoin join = LineJoin::Round;
  // What is drawn of the whole length, 0..1, contour after contour: a line that is being drawn.
  float from = 0, to = 1;
  // Dashes and gaps, points, along each contour; 0: none. `dash_shift` moves them on.
  float dash = 0, gap = 0, dash_shift = 0;
};

// How much of a picture is uncovered by something that runs along a line.
struct Reveal {
  float to = 1;        // of the line's length, 0..1; 1 shows all that is near the line
  float width = 0;     // how wide the uncovered band is: as wide as the picture there
  float softness = 0;  // length over which the picture appears, points
  float lag = 0;       // how far the band's sides are behind its middle: a round end, points
};

inline constexpr Color kUntinted{1, 1, 1, 1};

// What of a picture stays as it is when it is stretched: its edges, points at the picture's own
// size.
struct Slices {
  float left = 0, top = 0, right = 0, bottom = 0;
};

enum class TextAlign : uint8_t { Start, Center, End };

struct TextStyle {
  FontFamily family = FontFamily::Text;
  FontWeight weight = FontWeight::Regular;
  float size = 16;           // em, logical points
  float line_height = 1.3f;  // of size
  TextAlign align = TextAlign::Start;
  Color color;
  uint8_t max_lines = 0;  // 0: as many as it takes; else the last ends with an ellipsis
  bool tabular = false;   // digits of equal width
};

struct TextMeasure {
  float width = 0;   // widest line
  float height = 0;  // lines x line height
  uint16_t lines = 0;
  bool cut = false;  // ended with an ellipsis
};

// The moving backgrounds there are; a campaign names them (engine/campaign/format.h).
enum class BackgroundKind : uint8_t {
  Silk,    // cloth in folds
  Plain,   // a wall in soft light
  Aurora,  // curtains of light
  Night,   // the dark, with a few small lights
};
// "silk", "plain", ...; Silk for any other word.
BackgroundKind find_background(std::string_view name);

// A background's four colours from deep shadow to sheen, and how it moves.
struct Silk {
  Color shadow, base, light, sheen;
  float time = 0;   // seconds, already scaled by the scene
  Vec2 touch;       // where a finger dents the cloth, points of the whole canvas
  float press = 0;  // how deep, 0..1
  // A fold that wipes to a second ramp: 0 shows this ramp, 1 the other.
  Color next_shadow, next_base, next_light, next_sheen;
  float wipe = 0;
  BackgroundKind kind = BackgroundKind::Silk;
};

class Canvas {
 public:
  virtual ~Canvas() = default;

  // Logical size of what is drawn on.
  virtual Size size() const = 0;
  // Device pixels a logical point.
  virtual float pixel_ratio() const = 0;

  // What is left out to keep frames in time; drawing calls follow it by themselves.
  virtual const Quality& quality() const = 0;

  // Nested; each push has its pop before end(). Expects: depth <= 32.
  virtual void push_transform(const Transform2D& transform) = 0;
  virtual void pop_transform() = 0;
  virtual void push_opacity(float opacity) = 0;  // multiplies what is drawn, not a group
  virtual void pop_opacity() = 0;
  // Clips to a rounded rectangle, anti-aliased, in the current transform (which must be free of
  // rotation); nested clips intersect as rectangles, the inner's corners are round.
  virtual void push_clip(const Rect& rect, float radius = 0) = 0;
  virtual void pop_clip() = 0;

  virtual void fill_rect(const Rect& rect, const CornerRadii& radii, const Paint& paint) = 0;
  // The line lies inside the edge.
  virtual void stroke_rect(const Rect& rect, const CornerRadii& radii, float width,
                           const Paint& paint) = 0;
  // Drawn under the rectangle, too: something not opaque on top lets it shine through.
  virtual void draw_shadow(const Rect& rect, float radius, const Shadow& shadow) = 0;
  // Costs a pass over the pane's area. Without room for it the pane is the tint alone, as it is
  // where the blur is less than half a pixel.
  virtual void draw_glass(const Rect& rect, float radius, const Glass& glass) = 0;
  // A soft round light: `color` in the middle, nothing at the radius.
  virtual void draw_glow(Vec2 center, float radius, const Color& color) = 0;
  // A line with round ends.
  virtual void draw_line(Vec2 from, Vec2 to, float width, const Color& color) = 0;
  // Part of a ring with round ends, clockwise from twelve o'clock, both angles in turns (0..1);
  // `radius` is that of the middle of the stroke.
  virtual void draw_arc(Vec2 center, float radius, float width, float from, float to,
                        const Color& color) = 0;

  // The non-zero inside of a path; the paint's unit square is the path's bounds. Meant for paths
  // that are kept: the first time and at other sizes it is cut anew.
  void fill_path(const Path& path, const Paint& paint);
  void stroke_path(const Path& path, const Stroke& stroke, const Paint& paint);

  // The image over `rect`, multiplied by `tint`. A null or not yet loaded handle draws nothing.
  virtual void draw_image(ImageHandle image, const Rect& rect, const Color& tint = kUntinted) = 0;
  // Part of the image: `part` in 0..1 of its width and height.
  virtual void draw_image_part(ImageHandle image, const Rect& part, const Rect& rect,
                               const Color& tint = kUntinted) = 0;

  // The image over `rect` with corners and edges unstretched: `natural` is its whole size in
  // points. Where `rect` is smaller than the edges they shrink.
  void draw_image_slices(ImageHandle image, Size natural, const Slices& slices, const Rect& rect,
                         const Color& tint = kUntinted);
  // The image over `rect`, uncovered along `line` (in the same coordinates). Where the band lies
  // over itself, what is not opaque is drawn twice: give crossing strokes pictures of their own.
  void draw_image_along(ImageHandle image, const Rect& rect, const Path& line, const Reveal& reveal,
                        const Color& tint = kUntinted);

  // Draws `text` from `position` (left top of the first line), broken at `max_width` (0: never).
  // Chinese breaks between any two characters except where punctuation forbids it; Latin words stay
  // whole. Align is within max_width, or about the position where max_width is 0.
  virtual TextMeasure draw_text(std::string_view text, Vec2 position, float max_width,
                                const TextStyle& style) = 0;
  virtual TextMeasure measure_text(std::string_view text, float max_width,
                                   const TextStyle& style) = 0;
  // Draws the letters of a text that is shown soon, so that the frame which shows it need not: for
  // what a screen starts with, laid out while nothing else is to do. Before the first frame any number,
  // then as many as a frame may draw.
  virtual void prepare_text(std::string_view /*text*/, const TextStyle& /*style*/) {}

  // The moving background, over the whole canvas whatever the transform, drawn at half size. Best
  // as the first thing of a frame: what is in the batch has to be drawn before it.
  virtual void draw_silk(const Silk& silk) = 0;

  // What paths are made of, for canvases; scenes have no use for it. The functions above that are
  // not virtual are written with these, so that a program that never draws a path does not carry
  // how.
  enum class PieceKind : uint8_t { Mesh, Band, Reveal };
  struct PieceInk {
    PieceKind kind;
    Rect box;  // where the paint's unit square lies, and for Reveal the picture
    Paint paint;
    ImageHandle image;     // Reveal
    float half_width = 0;  // Band, points
    bool round = false;    // Band: its ends
    float from = 0;        // Band: begin, points; Reveal: length over which the picture appears
    float to = 0;          // end, points
  };
  struct PieceCorner {
    Vec2 at;
    float across = 0;  // Band: points; Mesh: coverage
    float along = 0;   // Band, Reveal: points
  };
  using Piece = std::array<PieceCorner, 4>;
  class BandPieces;
  class RevealPieces;

  // Device pixels a point here.
  virtual float scale() const = 0;
  // False when nothing within `seen` can be seen, or the picture is not there.
  virtual bool begin_pieces(const PieceInk& ink, const Rect& seen) = 0;
  // Two triangles, (0, 1, 2) and (2, 3, 0). Expects: begin_pieces() said true.
  virtual void add_piece(const Piece& piece) = 0;
};

}  // namespace vitrine::gfx
