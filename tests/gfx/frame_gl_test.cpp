// SPDX-License-Identifier: MIT
// Frames over a long time: no allocation, no GL object too many, nothing lost with a context.
#include "tests/fakes/counted_allocations.h"
#include "tests/fakes/without_pixels.h"
#include "tests/gfx/gl_fixture.h"

using namespace vitrine;
using namespace vitrine::gfx;
using namespace vitrine::test;

namespace {

// Something of everything.
void draw_page(GlFixture& f, Canvas& c, float time) {
  Silk silk;
  silk.shadow = Color::rgb(0x3A0216);
  silk.base = Color::rgb(0x8E0F2F);
  silk.light = Color::rgb(0xD11F3F);
  silk.sheen = Color::rgb(0xFF8A86);
  silk.time = time;
  c.draw_silk(silk);
  c.draw_shadow({20, 20, 100, 60}, 12, {{0, 6}, 20, 0, {0, 0, 0, 0.5f}});
  c.fill_rect({20, 20, 100, 60}, CornerRadii::all(12), Paint::vertical(kWhite, {1, 0.9f, 0.8f, 1}));
  c.push_clip({20, 20, 100, 60}, 12);
  c.draw_image(f.images().drawing({"art/a.svg", "", 40, 0, {1, 0, 0, 1}}), {30, 30, 40, 20});
  c.draw_image(f.images().picture("p.png"), {80, 30, 30, 30});
  c.pop_clip();
  c.push_transform(Transform2D::rotation(0.1f));
  c.push_opacity(0.8f);
  c.draw_line({10, 120}, {150, 140}, 3, kWhite);
  c.draw_arc({100, 150}, 30, 6, 0, 0.6f, kWhite);
  c.draw_glow({50, 150}, 30, {1, 0.5f, 0, 1});
  c.pop_opacity();
  c.pop_transform();
  TextStyle style;
  style.color = kWhite;
  style.size = 18;
  c.draw_text("试色、选色 and mixed 元 words, broken", {20, 90}, 120, style);
  c.draw_text("五", {140, 90}, 0, style);
}

void fill_assets(GlFixture& f) {
  f.assets.files["art/a.svg"] = "20 10";
  f.assets.files["p.png"] = "30 30 0 128 255";
}

Image settle(GlFixture& f) {
  for (int i = 0; i < 8; ++i) {
    f.poll();
    f.frame([&](Canvas& c) { draw_page(f, c, 3); });
  }
  return f.draw([&](Canvas& c) { draw_page(f, c, 3); });
}

}  // namespace

TEST_CASE("a steady frame allocates nothing") {
  GlFixture f;
  fill_assets(f);
  settle(f);
  const size_t before = allocations;
  const WithoutPixels unseen;
  for (int i = 0; i < 300; ++i) {
    draw_page(f, f.renderer().begin_frame({0, 0, 0, 1}), static_cast<float>(i) / 60);
    f.renderer().end_frame();
  }
  CHECK(allocations == before);
}

TEST_CASE("the number of GL objects is flat over a thousand frames") {
  GlFixture f;
  fill_assets(f);
  settle(f);
  const GlObjectCounts before = f.renderer().gl_objects();
  CHECK(before.textures >= 4);
  const WithoutPixels unseen;
  for (int i = 0; i < 1000; ++i) {
    f.poll();
    f.frame([&](Canvas& c) { draw_page(f, c, static_cast<float>(i) / 60); });
    if (i % 100 == 0) f.context().swap();
  }
  CHECK(f.renderer().gl_objects() == before);
}

TEST_CASE("a page of everything takes a handful of draw calls") {
  GlFixture f;
  fill_assets(f);
  settle(f);
  CHECK(f.counters.draw_calls <= 3);
  CHECK(f.counters.pending_images == 0);
}

TEST_CASE("after a lost context the same picture comes back, pixel by pixel") {
  GlFixture f;
  fill_assets(f);
  const Image before = settle(f);
  const GlObjectCounts objects = f.renderer().gl_objects();
  f.lose_context();
  const Image after = settle(f);
  CHECK(after.pixels == before.pixels);
  CHECK(f.renderer().gl_objects() == objects);
  for (int i = 0; i < 5; ++i) f.lose_context();
  CHECK(settle(f).pixels == before.pixels);
  CHECK(f.renderer().gl_objects() == objects);
}

TEST_CASE("answers that come while the context is gone are asked for again") {
  GlFixture f;
  fill_assets(f);
  f.frame([&](Canvas& c) { draw_page(f, c, 3); });
  f.renderer().context_lost();
  f.context().replace();
  for (int i = 0; i < 3; ++i) f.poll();
  REQUIRE(f.renderer().context_created().ok());
  settle(f);
  CHECK(f.images().info(f.images().picture("p.png")).ready);
}

TEST_CASE("resizing keeps one target for the background") {
  GlFixture f;
  fill_assets(f);
  settle(f);
  const GlObjectCounts before = f.renderer().gl_objects();
  for (int i = 0; i < 20; ++i) {
    f.renderer().resize({100.0f + static_cast<float>(i), 150}, 1);
    f.frame([&](Canvas& c) { draw_page(f, c, 3); });
  }
  CHECK(f.renderer().gl_objects() == before);
}

TEST_CASE("without a context pixels are refused, not read") {
  GlFixture f;
  f.renderer().context_lost();
  CHECK(f.renderer().read_pixels().status().code() == StatusCode::Unavailable);
  CHECK_FALSE(f.renderer().has_context());
}

TEST_CASE("a lower quality leaves out what it says and nothing else") {
  GlFixture f;
  const auto page = [](Canvas& c) {
    c.fill_rect({20, 20, 60, 60}, {}, Paint::solid(kWhite));
    c.draw_shadow({100, 100, 40, 40}, 5, {{0, 0}, 20, 0, {1, 0, 0, 1}});
    c.draw_glass({50, 20, 60, 60}, 0, {10, {0, 0, 1, 0.5f}});
  };
  const Image full = f.draw(page);
  CHECK(at(full, 120, 120).r > 150);
  CHECK(at(full, 80, 50).r > 20);
  f.renderer().set_quality(quality_ladder().back());
  const Image least = f.draw(page);
  CHECK(at(least, 120, 120).r == 0);
  CHECK(at(least, 81, 50) == Pixel{0, 0, 128, 255});
  CHECK(at(least, 30, 30) == Pixel{255, 255, 255, 255});
  f.renderer().set_quality({});
  CHECK(f.draw(page).pixels == full.pixels);
}

TEST_CASE("a slow background keeps its picture for some frames, a still one until colours change") {
  GlFixture f;
  Silk silk;
  silk.base = {1, 0, 0, 1};
  silk.light = {0, 1, 0, 1};
  const auto at_time = [&](float time) {
    silk.time = time;
    return f.draw([&](Canvas& c) { c.draw_silk(silk); });
  };
  f.renderer().set_quality({.background_every = 3});
  const Image first = at_time(1);
  CHECK(at_time(3).pixels == first.pixels);
  CHECK(at_time(5).pixels == first.pixels);
  CHECK_FALSE(at_time(7).pixels == first.pixels);
  f.renderer().set_quality({.background_every = 0});
  const Image still = at_time(20);
  CHECK(at_time(40).pixels == still.pixels);
  silk.base = {0, 0, 1, 1};
  CHECK_FALSE(at_time(40).pixels == still.pixels);
  f.lose_context();
  CHECK(at_time(40).pixels != first.pixels);
}
