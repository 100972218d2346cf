// SPDX-License-Identifier: MIT
// The bullet is a cylinder of radius 50 cut by a slanted plane, seen a little from above. Turned by
// a, the cut's rim is x = 50 cos f, y = -78 cos(f - a) - 14 sin f about the axis: the circle
// (cos f, sin f) stretched to the height 78 sin a + 14 and then sheared by -78 cos a / 50. So every
// view is a rounded box under one shear, the cut a circle under the same, both with true edges.
#include <cmath>

#include "scenes/props/lipstick.h"

namespace vitrine::scenes {
namespace {

using Shape = LipstickShape;

constexpr float kPi = 3.14159265f;
constexpr Color kWhite{1, 1, 1, 1};
constexpr float kDrawnAt = 40 * kPi / 180;  // the view that lipstick.svg shows
constexpr float kCut = 248;                 // where the cut meets the axis
constexpr float kRadius = 50, kSlant = 78, kFromAbove = 14;
constexpr float kColumn = 270;   // what of the bullet is drawn below the cut
constexpr float kRounding = 24;  // how far the rim is worn off
constexpr float kBevel = 4;      // between the bullet's outline and the cut
constexpr float kMouth = 607;    // below it nothing of the bullet shows
// Whoever twists the bullet out turns the case.
constexpr float kCaseTurn = 110 * kPi / 180;
constexpr int kFlutes = 28;
constexpr float kCaseRadius = 80, kCaseTop = 633, kCaseBottom = 857, kCaseFromAbove = 15;
constexpr float kEmblemMiddle = 752;
constexpr Color kGroove = Color::rgb(0x15000A, 0.34f);
constexpr Color kGrooveLight = Color::rgb(0xFFC6CF, 0.2f);

constexpr std::string_view kPlainParts[] = {"case-back", "mechanism-back", "mechanism"};
constexpr std::string_view kTurningParts[] = {"rest-shadow", "cup", "shell", "foot", "emblem"};

// Light and dusk on the bullet, from its left side to the right; they stay where they are.
struct Band {
  float from, to;  // of its width
  Color ends[3];
};
constexpr Color kDusk = Color::rgb(0x2A0010), kSheen = Color::rgb(0xFFF0EB);
constexpr Band kBands[] = {
    {0, 0.24f, {kDusk.with_alpha(0.62f), kDusk.with_alpha(0.2f), kDusk.with_alpha(0)}},
    {0.13f, 0.43f, {kSheen.with_alpha(0), kSheen.with_alpha(0.6f), kSheen.with_alpha(0)}},
    {0.5f, 0.96f, {kDusk.with_alpha(0), kDusk.with_alpha(0.36f), kDusk.with_alpha(0.24f)}},
    {0.9f, 1, {kDusk.with_alpha(0), kDusk.with_alpha(0.2f), kDusk.with_alpha(0.5f)}}};

// One drawing's groups about the lipstick's foot.
class Parts {
 public:
  Parts(ui::Painter& painter, const campaign::Product& product, float scale)
      : painter_(painter),
        plain_(product.art_path("drawing")),
        turning_(product.art_path("turning")),
        scale_(scale) {}

  float scale() const { return scale_; }
  gfx::Canvas& canvas() { return painter_.canvas; }

  void draw_plain(std::string_view group) { draw(plain_, group, Shape::kFoot); }
  // `about`: the drawing's point that lies at (0, 0).
  void draw_turning(std::string_view group, Vec2 about = Shape::kFoot) {
    draw(turning_, group, about);
  }
  bool request_all() {
    bool ready = true;
    for (const std::string_view group : kPlainParts) ready = request(plain_, group) && ready;
    for (const std::string_view group : kTurningParts) ready = request(turning_, group) && ready;
    return ready;
  }

 private:
  void draw(std::string_view path, std::string_view group, Vec2 about) {
    ui::draw_drawing(painter_, lipstick_part(path, group, scale_, kWhite), about * -scale_);
  }
  bool request(std::string_view path, std::string_view group) {
    gfx::Images& images = painter_.images;
    return images.info(images.drawing(lipstick_part(path, group, scale_, kWhite))).ready;
  }

  ui::Painter& painter_;
  std::string_view plain_, turning_;
  float scale_;
};

// The cut as it is seen after a turn.
struct Cut {
  explicit Cut(float angle)
      : shear(-kSlant / kRadius * cosine(angle)),
        height(kSlant * sine(angle) + kFromAbove),
        light((1 + cosine(angle) + sine(angle)) / 2.414f) {}

  float shear;   // of everything above the axis' middle
  float height;  // of half the disc; negative: it looks away
  float light;   // how squarely it faces the light at the upper left, about 0..1
};

// About the axis at the cut, in the drawing's units: stretched upright, then sheared.
void push_sheared(Parts& parts, const Cut& cut, float stretch, float rise) {
  const float scale = parts.scale();
  parts.canvas().push_transform(
      {scale, cut.shear * scale, 0, stretch * scale, 0, (kCut - Shape::kFoot.y - rise) * scale});
}

gfx::Paint across(const Band& band) {
  return {band.ends[0], band.ends[1], band.ends[2], 0.5f, {band.from, 0}, {band.to, 0}};
}

// The column with half a disc on top, `dome` high.
void draw_column(Parts& parts, const Cut& cut, const Color& shade, float dome) {
  const float stretch = dome / kRadius;
  const Rect column{-kRadius, -kRadius, 2 * kRadius, kRadius + kColumn / stretch};
  const gfx::CornerRadii round{kRadius, kRadius, 0, 0};
  push_sheared(parts, cut, stretch, 0);
  parts.canvas().fill_rect(column, round, gfx::Paint::solid(shade));
  for (const Band& band : kBands) parts.canvas().fill_rect(column, round, across(band));
  // The worn rim catches light.
  gfx::Paint rim =
      gfx::Paint::vertical(kSheen.with_alpha(cut.height > 0 ? 0.3f : 0.5f), kSheen.with_alpha(0));
  rim.end.y = 60 / column.height;
  parts.canvas().stroke_rect(column.outset(-1), round, 2.5f, rim);
  parts.canvas().pop_transform();
}

// Seen while it does not look away.
void draw_cut(Parts& parts, const Cut& cut, float dome) {
  if (cut.height <= 0) return;
  gfx::Canvas& canvas = parts.canvas();
  const float radius = kRadius - kBevel;
  const Rect disc{-radius, -radius, 2 * radius, 2 * radius};
  const gfx::CornerRadii round = gfx::CornerRadii::all(radius);
  const float light = 0.35f + 0.65f * clamp(cut.light, 0, 1);
  push_sheared(parts, cut, cut.height / kRadius, (dome - cut.height) * 0.5f);
  canvas.fill_rect(disc, round,
                   {kSheen.with_alpha(0.06f * light),
                    kSheen.with_alpha(0.24f * light),
                    kSheen.with_alpha(0.5f * light),
                    0.45f,
                    {0.2f, 1},
                    {0.8f, 0}});
  // A streak of light along it.
  canvas.push_transform(Transform2D::translation({-8, -9}) * Transform2D::rotation(-0.61f) *
                        Transform2D::scaling(0.9f, 0.22f));
  canvas.draw_glow({0, 0}, radius, Color{1, 1, 1, 0.8f * light});
  canvas.pop_transform();
  canvas.stroke_rect(disc, round, 2.2f,
                     {kSheen.with_alpha(0),
                      kSheen.with_alpha(0.4f),
                      kSheen.with_alpha(0.85f),
                      0.5f,
                      {0, 0.45f},
                      {1, 0.6f}});
  canvas.pop_transform();
}

void draw_bullet(Parts& parts, const LipstickPose& pose) {
  const float scale = parts.scale();
  const Cut cut(kDrawnAt + pose.turn);
  const float dome = std::sqrt(cut.height * cut.height + kRounding * kRounding);
  const float width = Shape::kView.width * scale;
  parts.canvas().push_clip({-width / 2, -Shape::kView.height * scale, width,
                            (Shape::kView.height - Shape::kFoot.y + kMouth) * scale});
  parts.canvas().push_transform(Transform2D::translation({0, pose.twist * Shape::kTravel * scale}));
  draw_column(parts, cut, pose.shade, dome);
  draw_cut(parts, cut, dome);
  parts.draw_turning("rest-shadow");
  parts.draw_turning("cup");
  parts.canvas().pop_transform();
  parts.canvas().pop_clip();
}

// Grooves that wander round the case, thinner towards its sides.
void draw_flutes(Parts& parts, float turn) {
  const float scale = parts.scale();
  for (int i = 0; i < kFlutes; ++i) {
    const float at = turn + static_cast<float>(i) * (2 * kPi / kFlutes);
    const float near = cosine(at);
    if (near < 0.1f) continue;
    const float x = kCaseRadius * sine(at);
    const float bulge = kCaseFromAbove * near - Shape::kFoot.y;
    const Vec2 top{x * scale, (kCaseTop + bulge) * scale};
    const Vec2 bottom{x * scale, (kCaseBottom + bulge) * scale};
    const Vec2 beside{2.4f * near * scale, 0};
    const float width = (0.8f + 1.6f * near) * scale;
    parts.canvas().draw_line(top, bottom, width, kGroove);
    parts.canvas().draw_line(top + beside, bottom + beside, width * 0.5f, kGrooveLight);
  }
}

void draw_emblem(Parts& parts, float turn) {
  const float near = cosine(turn);
  if (near < 0.02f) return;
  const float middle = kEmblemMiddle - Shape::kFoot.y + kCaseFromAbove * (near - 1);
  parts.canvas().push_transform(
      {near, 0, 0, 1, kCaseRadius * sine(turn) * parts.scale(), middle * parts.scale()});
  parts.draw_turning("emblem", {Shape::kFoot.x, kEmblemMiddle});
  parts.canvas().pop_transform();
}

}  // namespace

bool is_turned_lipstick_ready(ui::Painter& painter, const campaign::Product& product,
                              float drawn_height) {
  return Parts(painter, product, drawn_height / Shape::kView.height).request_all();
}

void draw_turned_lipstick(ui::Painter& painter, const campaign::Product& product,
                          const LipstickPose& pose, float drawn_height) {
  Parts parts(painter, product, drawn_height / Shape::kView.height);
  const float case_turn = pose.turn + pose.twist * kCaseTurn;
  push_lipstick(painter, pose, drawn_height);
  parts.draw_plain("case-back");
  parts.draw_plain("mechanism-back");
  draw_bullet(parts, pose);
  parts.draw_plain("mechanism");
  parts.draw_turning("shell");
  draw_flutes(parts, case_turn);
  parts.draw_turning("foot");
  draw_emblem(parts, case_turn);
  if (pose.glint > 0 && pose.glint < 1) draw_lipstick_glint(painter, parts.scale(), pose.glint);
  painter.canvas.pop_transform();
}

}  // namespace vitrine::scenes
