// SPDX-License-Identifier: MIT
// Draws one page of everything that gfx can draw, with real fonts and drawings, into a PNG to look
// at: gfx_picture OUT.png [PIXEL_RATIO [BACKGROUND]]; the third draws a background alone.
#include <cstdlib>
#include <string_view>

#include "tests/fakes/painted_page.h"

namespace vitrine {
namespace {

using gfx::CornerRadii;
using gfx::Paint;
using gfx::TextAlign;
using gfx::TextStyle;

constexpr Size kPage{1080, 1720};
constexpr Color kInk = Color::rgb(0x241014);

TextStyle style(float size, Color color, FontFamily family = FontFamily::Text,
                FontWeight weight = FontWeight::Regular) {
  TextStyle s;
  s.family = family;
  s.weight = weight;
  s.size = size;
  s.color = color;
  return s;
}

void draw_silk(gfx::Canvas& canvas, float wipe) {
  gfx::Silk silk;
  silk.shadow = Color::rgb(0xE6CDBF);
  silk.base = Color::rgb(0xF7E9DF);
  silk.light = Color::rgb(0xFFF8F2);
  silk.sheen = Color::rgb(0xFFFFFF);
  silk.next_shadow = Color::rgb(0x3A0216);
  silk.next_base = Color::rgb(0x8E0F2F);
  silk.next_light = Color::rgb(0xD11F3F);
  silk.next_sheen = Color::rgb(0xFF8A86);
  silk.time = 12;
  silk.wipe = wipe;
  silk.touch = {300, 1150};
  silk.press = 1;
  canvas.draw_silk(silk);
}

void draw_button(gfx::Canvas& canvas, const Rect& r) {
  canvas.draw_shadow(r, r.height / 2, {{0, 28}, 60, -14, Color::rgb(0x7A0C2E, 0.55f)});
  canvas.fill_rect(
      r, CornerRadii::all(r.height / 2),
      Paint::vertical(Color::rgb(0xD81F3E), Color::rgb(0xC4122F), 0.46f, Color::rgb(0x8E0C2C)));
  canvas.stroke_rect(r.outset(-2), CornerRadii::all(r.height / 2 - 2), 3,
                     Paint::vertical(Color::rgb(0xFFFFFF, 0.5f), Color::rgb(0xFFFFFF, 0)));
  TextStyle s = style(56, Color::rgb(0xFFF6F0), FontFamily::Display, FontWeight::Bold);
  s.align = TextAlign::Center;
  s.line_height = 1;
  canvas.draw_text("马上去选 168 元", {r.x, r.center().y - 28}, r.width, s);
}

void draw_shapes(gfx::Canvas& canvas) {
  const Color gold = Color::rgb(0xA8692F);
  canvas.draw_shadow({60, 60, 300, 200}, 48, {{0, 12}, 40, 0, Color::rgb(0x28020E, 0.5f)});
  canvas.fill_rect({60, 60, 300, 200}, CornerRadii::all(48), Paint::solid(Color::rgb(0xFFFAF6)));
  canvas.stroke_rect({60, 60, 300, 200}, CornerRadii::all(48), 4, Paint::solid(gold));
  canvas.fill_rect(
      {400, 60, 200, 200}, {0, 40, 100, 8},
      {Color::rgb(0xF3D2A2), Color::rgb(0xA9703C), Color::rgb(0x5A3218), 0.4f, {0, 0}, {1, 1}});
  canvas.draw_arc({740, 160}, 80, 16, 0, 0.7f, Color::rgb(0xC4122F));
  canvas.draw_arc({740, 160}, 50, 4, 0, 1, gold);
  canvas.draw_glow({940, 160}, 120, Color::rgb(0xFF8A20, 0.9f));
  canvas.draw_line({870, 60}, {1020, 260}, 6, kInk);
  canvas.draw_line({870, 260}, {1020, 64}, 1, kInk);
  canvas.push_transform(Transform2D::translation({500, 380}) * Transform2D::rotation(0.4f));
  canvas.fill_rect({-90, -50, 180, 100}, CornerRadii::all(20), Paint::solid(kInk));
  canvas.draw_text("旋转 Turned", {-80, -20}, 0, style(28, Color::rgb(0xFFFFFF)));
  canvas.pop_transform();
  canvas.push_clip({640, 300, 200, 160}, 40);
  canvas.fill_rect({600, 250, 300, 130}, {}, Paint::solid(Color::rgb(0xE0223C)));
  canvas.fill_rect({600, 380, 300, 130}, {}, Paint::solid(Color::rgb(0xF6C9C4)));
  canvas.pop_clip();
  canvas.push_transform(Transform2D::translation({960, 380}) * Transform2D::scaling(0.5f, 1));
  canvas.stroke_rect({-150, -70, 300, 140}, CornerRadii::all(70), 10, Paint::solid(gold));
  canvas.pop_transform();
}

void draw_texts(gfx::Canvas& canvas) {
  canvas.draw_text("指尖一抹，把价格写成 5 元", {60, 470}, 0,
                   style(84, kInk, FontFamily::Display, FontWeight::Bold));
  canvas.draw_text(
      "试色、选色、到柜台领取。中英文 mixed scripts 混排时，标点“不会”落在行首；长单词 "
      "international 保持完整，3.5 g 与 168 元也不拆开。",
      {60, 600}, 460, style(34, kInk));
  TextStyle cut = style(28, kInk);
  cut.max_lines = 2;
  canvas.draw_text("The quick brown fox jumps over the lazy dog, then rests beside the river.",
                   {560, 600}, 440, cut);
  TextStyle digits = style(44, Color::rgb(0xA30D2E), FontFamily::Text, FontWeight::Bold);
  digits.tabular = true;
  canvas.draw_text("11:11", {560, 700}, 0, digits);
  canvas.draw_text("20:58", {560, 752}, 0, digits);
  canvas.draw_text("12 点小字 small print 0123", {560, 830}, 0, style(12, kInk));
  canvas.draw_text("14 点小字 small print 0123", {560, 850}, 0, style(14, kInk));
  canvas.draw_text("18 点小字 small print 0123", {560, 872}, 0, style(18, kInk));
  canvas.draw_text("五", {800, 680}, 0,
                   style(200, Color::rgb(0xC4122F), FontFamily::Display, FontWeight::Bold));
}

void draw_glass(gfx::Canvas& canvas) {
  const Color light = Color::rgb(0xFFFAF6, 0.78f);
  canvas.draw_glass({60, 1060, 460, 130}, 48,
                    {14, light, {{0, 12}, 40, 0, Color::rgb(0x28020E, 0.22f)}});
  canvas.draw_text("玻璃 Glass 78 %", {100, 1095}, 0, style(44, kInk));
  canvas.draw_glass({60, 1210, 460, 130}, 48, {14, Color::rgb(0x280410, 0.62f)});
  canvas.draw_text("深色 Dark 62 %", {100, 1245}, 0, style(44, Color::rgb(0xFFF1E6)));
  canvas.draw_glass({620, 1100, 100, 240}, 24, {7, Color::rgb(0xFFFFFF, 0)});
}

gfx::Path heart(Vec2 at, float size) {
  const auto p = [&](float x, float y) { return at + Vec2{x, y} * size; };
  gfx::Path path;
  path.move_to(p(0, 0.7f))
      .cubic_to(p(-0.8f, 0.1f), p(-0.8f, -0.6f), p(-0.4f, -0.6f))
      .cubic_to(p(-0.15f, -0.6f), p(-0.02f, -0.4f), p(0, -0.25f))
      .cubic_to(p(0.02f, -0.4f), p(0.15f, -0.6f), p(0.4f, -0.6f))
      .cubic_to(p(0.8f, -0.6f), p(0.8f, 0.1f), p(0, 0.7f))
      .close();
  return path;
}

gfx::Path wave(Vec2 at, float width) {
  gfx::Path path;
  path.move_to(at);
  for (int i = 0; i < 3; ++i) {
    const float x = at.x + width * static_cast<float>(i) / 3, w = width / 3;
    path.cubic_to({x + w * 0.4f, at.y - 90}, {x + w * 0.6f, at.y + 90}, {x + w, at.y});
  }
  return path;
}

void draw_paths(gfx::Canvas& canvas, gfx::Images& images) {
  const Color red = Color::rgb(0xE0223C), gold = Color::rgb(0xA8692F);
  canvas.fill_path(heart({150, 1540}, 120),
                   Paint::vertical(Color::rgb(0xFF8A86), red, 0.5f, Color::rgb(0x7A0C2E)));
  canvas.stroke_path(heart({150, 1540}, 132), {.width = 3}, Paint::solid(gold));
  canvas.stroke_path(heart({380, 1540}, 100), {.width = 8, .dash = 18, .gap = 16},
                     Paint::solid(kInk));
  gfx::Path zigzag;
  zigzag.move_to({500, 1620}).line_to({540, 1460}).line_to({580, 1620}).line_to({650, 1500});
  canvas.stroke_path(zigzag, {.width = 22}, Paint::vertical(red, Color::rgb(0x3A0216)));
  gfx::Path sharp;
  sharp.move_to({520, 1680}).line_to({560, 1640}).line_to({600, 1690}).line_to({660, 1640});
  canvas.stroke_path(sharp, {.width = 12, .cap = gfx::LineCap::Butt, .join = gfx::LineJoin::Miter},
                     Paint::solid(Color::rgb(0x241014, 0.5f)));
  canvas.stroke_path(wave({700, 1480}, 340), {.width = 14, .to = 0.8f}, Paint::solid(red));
  canvas.stroke_path(wave({700, 1500}, 340), {.width = 0.7f}, Paint::solid(kInk));
  for (int i = 1; i <= 3; ++i) {
    const float x = 700 + 120 * static_cast<float>(i - 1);
    gfx::Path line;
    line.move_to({x, 1640}).cubic_to({x + 40, 1600}, {x + 70, 1670}, {x + 110, 1620});
    const gfx::ImageHandle smear =
        images.drawing({"art/smear-02-true-red.svg", "", 110, 40, Color::rgb(0xD0142F)});
    canvas.draw_image_along(
        smear, images.info(smear).bounds.moved({x, 1610}), line,
        {.to = static_cast<float>(i) / 3, .width = 70, .softness = 3, .lag = 20});
  }
}

void draw_page(gfx::Canvas& canvas, gfx::Images& images) {
  draw_silk(canvas, 0.35f);
  draw_shapes(canvas);
  draw_texts(canvas);
  draw_button(canvas, {140, 950, 800, 144});
  const gfx::ImageHandle lipstick =
      images.drawing({"art/lipstick.svg", "", 0 + 140.0f, 0, Color::rgb(0xD0142F)});
  const gfx::DrawingInfo info = images.info(lipstick);
  const Rect at = info.bounds.moved({760, 1100});
  canvas.draw_image(lipstick, at);
  canvas.push_transform(Transform2D::translation({640, 1180}) * Transform2D::rotation(0.5f));
  canvas.draw_image(lipstick, {0, 0, at.width * 0.6f, at.height * 0.6f});
  canvas.pop_transform();
  draw_glass(canvas);
  draw_paths(canvas, images);
}

// A background alone, in colours that suit it.
void draw_background(gfx::Canvas& canvas, std::string_view name) {
  const bool dark = name == "aurora" || name == "night";
  gfx::Silk silk;
  silk.shadow = Color::rgb(dark ? 0x12040A : 0xD98F8E);
  silk.base = Color::rgb(dark ? 0x3A0D2A : 0xF3BDB7);
  silk.light = Color::rgb(dark ? 0x8E2A5A : 0xFCDDD6);
  silk.sheen = Color::rgb(dark ? 0xF6A8B8 : 0xFFF6F0);
  silk.time = 12;
  silk.kind = gfx::find_background(name);
  canvas.draw_silk(silk);
}

int run(const char* file, float ratio, std::string_view background) {
  const Size pixels{kPage.width * ratio, kPage.height * ratio};
  return test::paint_page({pixels, kPage, ratio,
                           [&](gfx::Canvas& canvas, gfx::Images& images) {
                             background.empty() ? draw_page(canvas, images)
                                                : draw_background(canvas, background);
                           }},
                          file);
}

}  // namespace
}  // namespace vitrine

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  return vitrine::run(argv[1], argc > 2 ? static_cast<float>(std::atof(argv[2])) : 1.0f,
                      argc > 3 ? argv[3] : "");
}
