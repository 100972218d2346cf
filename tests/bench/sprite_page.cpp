// SPDX-License-Identifier: MIT
// 4,000 moving, turning pictures through our Canvas, each with a transform of its own as a node of
// a scene graph has one; sprite_page_bench.mjs times the frames beside PixiJS.
#include <emscripten.h>
#include <emscripten/html5.h>

#include <memory>
#include <vector>

#include "engine/base/geometry.h"
#include "engine/gfx/renderer.h"
#include "tests/fakes/gfx_seams.h"

using namespace vitrine;

namespace {

constexpr float kWidth = 26;
constexpr float kHeight = 37;

struct Sprite {
  float x, y, dx, dy, turn;
};

struct Bench {
  test::FakeGlyphSource glyphs;
  test::FakeAssets assets;
  test::FakeImageDecoder decoder;
  test::FakeVectorRasterizer vectors;
  std::unique_ptr<gfx::Renderer> renderer;
  gfx::ImageHandle picture;
  std::vector<Sprite> sprites;
  Size size;
};

Bench bench;

bool open_context(int width, int height) {
  EmscriptenWebGLContextAttributes attributes;
  emscripten_webgl_init_context_attributes(&attributes);
  attributes.majorVersion = 2;
  attributes.antialias = EM_FALSE;
  attributes.alpha = EM_FALSE;
  emscripten_set_canvas_element_size("#canvas", width, height);
  const auto context = emscripten_webgl_create_context("#canvas", &attributes);
  return context > 0 && emscripten_webgl_make_context_current(context) == EMSCRIPTEN_RESULT_SUCCESS;
}

// As peer/sprites.mjs does.
void scatter(int count) {
  uint32_t seed = 1;
  const auto next = [&seed] {
    seed = seed * 1664525u + 1013904223u;
    return static_cast<float>(seed) / 4294967296.0f;
  };
  for (int i = 0; i < count; ++i) {
    bench.sprites.push_back(
        {next() * bench.size.width, next() * bench.size.height, next() - 0.5f, next() - 0.5f, 0});
  }
}

void move(Sprite& sprite) {
  sprite.x += sprite.dx;
  sprite.y += sprite.dy;
  if (sprite.x < 0 || sprite.x > bench.size.width) sprite.dx = -sprite.dx;
  if (sprite.y < 0 || sprite.y > bench.size.height) sprite.dy = -sprite.dy;
  sprite.turn += 0.01f;
}

Transform2D place(const Sprite& sprite) {
  return Transform2D::translation({sprite.x, sprite.y}) * Transform2D::rotation(sprite.turn);
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE int sprites_open(int count, int width, int height) {
  if (!open_context(width, height)) return 0;
  bench.size = {static_cast<float>(width), static_cast<float>(height)};
  bench.assets.files["p"] = "26 37 208 20 47";
  bench.renderer =
      gfx::Renderer::create({bench.glyphs, bench.assets, bench.decoder, bench.vectors});
  if (!bench.renderer->context_created().ok()) return 0;
  bench.renderer->resize(bench.size, 1);
  bench.picture = bench.renderer->images().picture("p");
  bench.assets.poll();
  bench.decoder.poll();
  scatter(count);
  return 1;
}

EMSCRIPTEN_KEEPALIVE void sprites_frame() {
  gfx::Canvas& canvas = bench.renderer->begin_frame({1, 1, 1, 1});
  for (Sprite& sprite : bench.sprites) {
    move(sprite);
    canvas.push_transform(place(sprite));
    canvas.draw_image(bench.picture, {-kWidth / 2, -kHeight / 2, kWidth, kHeight});
    canvas.pop_transform();
  }
  bench.renderer->end_frame();
}

}  // extern "C"
