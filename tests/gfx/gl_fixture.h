// SPDX-License-Identifier: MIT
// A Renderer over an offscreen context and fake seams, and the pixels it drew.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <memory>

#include "engine/gfx/renderer.h"
#include "tests/fakes/gfx_seams.h"
#include "tests/fakes/offscreen_context.h"

namespace vitrine::test {

struct Pixel {
  int r = 0, g = 0, b = 0, a = 0;
  friend bool operator==(const Pixel&, const Pixel&) = default;
};

inline Pixel at(const Image& image, uint32_t x, uint32_t y) {
  const uint8_t* p = &image.pixels[(size_t{y} * image.width + x) * 4];
  return {p[0], p[1], p[2], p[3]};
}

class GlFixture {
 public:
  static constexpr int kWindow = 256;

  explicit GlFixture(gfx::RendererOptions options = {}, Size points = {200, 200}, float ratio = 1)
      : context_(OffscreenContext::create(kWindow, kWindow)) {
    REQUIRE(context_ != nullptr);
    renderer_ = gfx::Renderer::create({glyphs, assets, decoder, vectors}, options);
    REQUIRE(renderer_->context_created().ok());
    renderer_->resize(points, ratio);
  }

  using Drawing = std::function<void(gfx::Canvas&)>;

  // One frame over black; the counters are in `counters`.
  Image draw(const Drawing& drawing) {
    frame(drawing);
    auto pixels = renderer_->read_pixels();
    REQUIRE(pixels.ok());
    return std::move(pixels).value();
  }
  void frame(const Drawing& drawing) {
    drawing(renderer_->begin_frame({0, 0, 0, 1}));
    counters = renderer_->end_frame();
  }
  void poll() {
    assets.poll();
    decoder.poll();
    vectors.poll();
  }
  // The context dies with all its objects, and another one comes.
  void lose_context() {
    renderer_->context_lost();
    context_->replace();
    REQUIRE(renderer_->context_created().ok());
  }

  gfx::Renderer& renderer() { return *renderer_; }
  gfx::Images& images() { return renderer_->images(); }
  OffscreenContext& context() { return *context_; }

  FakeGlyphSource glyphs;
  FakeAssets assets;
  FakeImageDecoder decoder;
  FakeVectorRasterizer vectors;
  gfx::FrameCounters counters;

 private:
  std::unique_ptr<OffscreenContext> context_;
  std::unique_ptr<gfx::Renderer> renderer_;
};

inline constexpr Color kWhite{1, 1, 1, 1};

}  // namespace vitrine::test
