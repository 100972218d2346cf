// SPDX-License-Identifier: MIT
#include "engine/gfx/particles.h"
#include "tests/gfx/gl_fixture.h"

using namespace vitrine;
using namespace vitrine::gfx;
using namespace vitrine::test;

namespace {

constexpr Color kRed{1, 0, 0, 1};

DrawingKey key(float width, std::string_view group = "") {
  return {"art/a.svg", group, width, 0, kRed};
}

void draw_all(GlFixture& f, const DrawingKey& wanted, int frames = 4) {
  for (int i = 0; i < frames; ++i) {
    f.poll();
    f.frame([&](Canvas& c) { c.draw_image(f.images().drawing(wanted), {10, 10, 80, 40}); });
  }
}

}  // namespace

TEST_CASE("a drawing is asked for once, at its size in device pixels") {
  GlFixture f({}, {100, 100}, 2);
  f.assets.files["art/a.svg"] = "20 10";
  draw_all(f, key(80));
  REQUIRE(f.vectors.asked.size() == 1);
  CHECK(f.vectors.asked[0].width == 160);
  CHECK(f.vectors.asked[0].height == 0);
  CHECK(f.assets.requested.size() == 1);
  const DrawingInfo info = f.images().info(f.images().drawing(key(80)));
  CHECK(info.ready);
  CHECK(info.view == Size{80, 40});
  CHECK(info.bounds == Rect{0, 0, 80, 40});
  CHECK(f.images().pending() == 0);
}

TEST_CASE("sizes and groups of one document share its text") {
  GlFixture f;
  f.assets.files["art/a.svg"] = "20 10";
  f.images().drawing(key(80));
  const ImageHandle half = f.images().drawing(key(80, "half"));
  f.images().drawing(key(40));
  CHECK(f.images().pending() == 3);
  f.poll();
  f.poll();
  CHECK(f.assets.requested.size() == 1);
  CHECK(f.vectors.asked.size() == 3);
  CHECK(f.images().info(half).bounds == Rect{40, 0, 40, 40});
}

TEST_CASE("a picture fills its rectangle with hard edges and its tint") {
  GlFixture f;
  f.assets.files["p.png"] = "4 4 255 255 255";
  const ImageHandle picture = f.images().picture("p.png");
  f.poll();
  f.poll();
  const Image image = f.draw([&](Canvas& c) {
    c.draw_image(picture, {10, 10, 40, 40}, {1, 0.5f, 0, 0.5f});
  });
  CHECK(std::abs(at(image, 30, 30).r - 128) <= 1);
  CHECK(std::abs(at(image, 30, 30).g - 64) <= 1);
  CHECK(at(image, 30, 30).b == 0);
  CHECK(f.images().info(picture).view == Size{4, 4});
}

TEST_CASE("a picture at its own size has exact edges") {
  GlFixture f;
  f.assets.files["p.png"] = "40 40 255 255 255";
  const ImageHandle picture = f.images().picture("p.png");
  f.poll();
  f.poll();
  const Image image = f.draw([&](Canvas& c) {
    c.draw_image(picture, {10, 10, 40, 40});
    c.draw_image_part(picture, {0.25f, 0, 0.5f, 1}, {100, 10, 20, 40});
  });
  CHECK(at(image, 9, 30).r == 0);
  CHECK(at(image, 10, 10).r == 255);
  CHECK(at(image, 49, 49).r == 255);
  CHECK(at(image, 50, 30).r == 0);
  CHECK(at(image, 99, 30).r == 0);
  CHECK(at(image, 100, 30).r == 255);
  CHECK(at(image, 119, 30).r == 255);
  CHECK(at(image, 120, 30).r == 0);
}

TEST_CASE("what cannot be had is failed and not asked for again") {
  GlFixture f;
  f.assets.files["art/a.svg"] = "bad";
  draw_all(f, key(80), 200);
  CHECK(f.images().info(f.images().drawing(key(80))).failed);
  CHECK(f.vectors.asked.size() == 1);
  const ImageHandle missing = f.images().picture("missing.png");
  f.poll();
  CHECK(f.images().info(missing).failed);
  CHECK(f.images().pending() == 0);
}

TEST_CASE("what the network could not bring is asked for again later") {
  GlFixture f;
  f.assets.offline = true;
  draw_all(f, key(80));
  CHECK(f.images().info(f.images().drawing(key(80))).failed);
  f.assets.files["art/a.svg"] = "20 10";
  f.assets.offline = false;
  draw_all(f, key(80), 140);
  CHECK(f.images().info(f.images().drawing(key(80))).ready);
  CHECK(f.assets.requested.size() == 2);
}

TEST_CASE("a new pixel ratio asks again and shows the old picture meanwhile") {
  GlFixture f;
  f.assets.files["art/a.svg"] = "20 10";
  draw_all(f, key(80));
  const ImageHandle before = f.images().drawing(key(80));
  const uint32_t before_count = f.renderer().gl_objects().textures;
  f.renderer().resize({100, 100}, 2);
  f.frame([&](Canvas& c) { c.draw_image(f.images().drawing(key(80)), {10, 10, 80, 40}); });
  CHECK(f.images().info(before).ready);
  CHECK(f.counters.vertices == 4);
  draw_all(f, key(80));
  CHECK(f.images().drawing(key(80)) == before);
  REQUIRE(f.vectors.asked.size() == 2);
  CHECK(f.vectors.asked[1].width == 160);
  CHECK(f.renderer().gl_objects().textures == before_count);
}

TEST_CASE("pictures beyond the budget push out what was not drawn lately") {
  GlFixture f({.image_budget_bytes = 2 * 102 * 102 * 4});
  const uint32_t none = f.renderer().gl_objects().textures;
  for (const char* name : {"a", "b", "c"}) f.assets.files[name] = "100 100 255 0 0";
  const auto show = [&](const char* name) {
    for (int i = 0; i < 4; ++i) {
      f.poll();
      f.frame([&](Canvas& c) { c.draw_image(f.images().picture(name), {0, 0, 50, 50}); });
    }
  };
  show("a");
  show("b");
  show("c");
  CHECK(f.counters.image_bytes <= 2 * 102 * 102 * 4);
  CHECK_FALSE(f.images().info(f.images().picture("a")).ready);
  show("a");
  CHECK(f.images().info(f.images().picture("a")).ready);
  CHECK(f.renderer().gl_objects().textures == none + 2);
}

TEST_CASE("drawings in ever new sizes push out those that nobody drew lately") {
  GlFixture f;
  f.assets.files["art/a.svg"] = "20 10";
  const uint32_t others = f.renderer().gl_objects().textures;
  uint32_t most = 0;
  for (int frame = 0; frame < 900; ++frame) {
    f.poll();
    f.frame([&](Canvas&) {
      for (int i = 0; i < 2; ++i)
        f.images().drawing(key(1 + static_cast<float>(2 * frame + i) / 64));
    });
    const GlObjectCounts now = f.renderer().gl_objects();
    CHECK(now.textures == others + now.pictures);
    most = std::max(most, now.pictures);
  }
  // Some of them are still on their way.
  CHECK(f.counters.pending_images <= 4);
  CHECK(most <= kMostPictures);
  CHECK(most + 4 >= kMostPictures);
}

TEST_CASE("a picture with no room at all waits and is counted") {
  GlFixture f({.image_budget_bytes = 1000});
  f.assets.files["a"] = "100 100 255 0 0";
  for (int i = 0; i < 4; ++i) {
    f.poll();
    f.frame([&](Canvas& c) { c.draw_image(f.images().picture("a"), {0, 0, 50, 50}); });
  }
  CHECK(f.counters.waiting_images == 1);
  CHECK(f.counters.image_bytes == 0);
  CHECK(f.images().pending() == 0);
}

TEST_CASE("an answer after the renderer is gone does no harm") {
  FakeGlyphSource glyphs;
  FakeAssets assets;
  FakeImageDecoder decoder;
  FakeVectorRasterizer vectors;
  auto renderer = Renderer::create({glyphs, assets, decoder, vectors});
  renderer->images().picture("p.png");
  renderer->images().drawing(key(80));
  renderer.reset();
  assets.poll();
  CHECK(assets.requested.size() == 2);
}

TEST_CASE("a null or stale handle draws nothing") {
  GlFixture f;
  f.frame([](Canvas& c) {
    c.draw_image({}, {0, 0, 50, 50});
    c.draw_image({77, 1}, {0, 0, 50, 50});
    c.draw_image({1, 9}, {0, 0, 50, 50});
  });
  CHECK(f.counters.vertices == 0);
}

TEST_CASE("pieces are drawn where they are, turned over to a line and tinted") {
  GlFixture f;
  f.assets.files["p.png"] = "20 20 255 255 255";
  f.images().picture("p.png");
  f.poll();
  f.poll();
  ParticleStyle style;
  style.start_color = style.end_color = {1, 0, 0, 1};
  style.fade_out = 0;
  Particles particles(style, 4, 1);
  particles.burst(1, {50, 60});
  particles.burst(1, {150, 60});
  const ParticleSprite sprite{f.images().picture("p.png"), {20, 20}};
  const Image image = f.draw([&](Canvas& c) { draw_particles(c, particles, {&sprite, 1}); });
  CHECK(at(image, 50, 60) == Pixel{255, 0, 0, 255});
  CHECK(at(image, 150, 60) == Pixel{255, 0, 0, 255});
  CHECK(at(image, 100, 60).r == 0);
  CHECK(at(image, 50, 90).r == 0);
  f.renderer().set_quality(quality_ladder().back());
  f.frame([&](Canvas& c) { draw_particles(c, particles, {&sprite, 1}); });
  CHECK(f.counters.vertices == 0);
}
