// SPDX-License-Identifier: MIT
// CPU time to submit N moving pictures: our Canvas against SDL_Renderer, interleaved in one run on
// one machine, so that only their ratio means anything. One pixel a picture: fill plays no part.
//   sprite_bench [N] [ROUNDS]
#include <GLES3/gl3.h>
#include <SDL.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "engine/gfx/renderer.h"
#include "tests/fakes/gfx_seams.h"
#include "tests/fakes/offscreen_context.h"

namespace vitrine {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kSize = 512;
constexpr int kFrames = 20;

struct Sprite {
  float x, y, dx, dy;
};

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void move(std::vector<Sprite>& sprites) {
  for (Sprite& s : sprites) {
    s.x += s.dx;
    s.y += s.dy;
    if (s.x < 0 || s.x > kSize) s.dx = -s.dx;
    if (s.y < 0 || s.y > kSize) s.dy = -s.dy;
  }
}

std::vector<Sprite> make_sprites(int count) {
  std::vector<Sprite> sprites;
  uint32_t seed = 1;
  const auto next = [&seed] {
    seed = seed * 1664525u + 1013904223u;
    return static_cast<float>(seed >> 8) / static_cast<float>(1 << 24);
  };
  for (int i = 0; i < count; ++i) {
    sprites.push_back({next() * kSize, next() * kSize, next() - 0.5f, next() - 0.5f});
  }
  return sprites;
}

// Ours, until everything is handed to GL; waiting for the GPU is not counted for either.
class Ours {
 public:
  bool open() {
    context_ = test::OffscreenContext::create(kSize, kSize);
    if (context_ == nullptr) return false;
    assets_.files["p"] = "1 1 255 255 255";
    renderer_ = gfx::Renderer::create({glyphs_, assets_, decoder_, vectors_});
    if (!renderer_->context_created().ok()) return false;
    renderer_->resize({kSize, kSize}, 1);
    picture_ = renderer_->images().picture("p");
    assets_.poll();
    decoder_.poll();
    return true;
  }
  double frame(const std::vector<Sprite>& sprites) {
    const auto start = Clock::now();
    gfx::Canvas& canvas = renderer_->begin_frame({0, 0, 0, 1});
    for (const Sprite& s : sprites) canvas.draw_image(picture_, {s.x, s.y, 1, 1});
    calls = renderer_->end_frame().draw_calls;
    const double ms = ms_since(start);
    glFinish();
    return ms;
  }
  uint32_t calls = 0;

 private:
  test::FakeGlyphSource glyphs_;
  test::FakeAssets assets_;
  test::FakeImageDecoder decoder_;
  test::FakeVectorRasterizer vectors_;
  std::unique_ptr<test::OffscreenContext> context_;
  std::unique_ptr<gfx::Renderer> renderer_;
  gfx::ImageHandle picture_;
};

class Sdl {
 public:
  bool open() {
    SDL_SetHint(SDL_HINT_VIDEODRIVER, "offscreen");
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengles2");
    SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return false;
    window_ = SDL_CreateWindow("sdl", 0, 0, kSize, kSize, SDL_WINDOW_OPENGL);
    renderer_ = SDL_CreateRenderer(window_, -1, SDL_RENDERER_ACCELERATED);
    if (renderer_ == nullptr) return false;
    texture_ = SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_RGBA32, SDL_TEXTUREACCESS_STATIC, 1, 1);
    const uint32_t white = 0xFFFFFFFF;
    SDL_UpdateTexture(texture_, nullptr, &white, 4);
    SDL_SetTextureBlendMode(texture_, SDL_BLENDMODE_BLEND);
    return true;
  }
  double frame(const std::vector<Sprite>& sprites) {
    const auto start = Clock::now();
    SDL_SetRenderDrawColor(renderer_, 0, 0, 0, 255);
    SDL_RenderClear(renderer_);
    for (const Sprite& s : sprites) {
      const SDL_FRect to{s.x, s.y, 1, 1};
      SDL_RenderCopyF(renderer_, texture_, nullptr, &to);
    }
    SDL_RenderFlush(renderer_);
    const double ms = ms_since(start);
    glFinish();
    return ms;
  }
  void close() {
    SDL_DestroyTexture(texture_);
    SDL_DestroyRenderer(renderer_);
    SDL_DestroyWindow(window_);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
  }

 private:
  SDL_Window* window_ = nullptr;
  SDL_Renderer* renderer_ = nullptr;
  SDL_Texture* texture_ = nullptr;
};

// The best of a few frames: the machine is shared.
template <typename Side>
double best(Side& side, std::vector<Sprite>& sprites) {
  double least = 1e9;
  for (int i = 0; i < kFrames; ++i) {
    move(sprites);
    least = std::min(least, side.frame(sprites));
  }
  return least;
}

int run(int count, int rounds) {
  std::vector<Sprite> sprites = make_sprites(count);
  std::vector<double> ratios;
  for (int round = 0; round < rounds; ++round) {
    double ours_ms = 0;
    uint32_t calls = 0;
    {
      Ours ours;
      if (!ours.open()) return 1;
      ours_ms = best(ours, sprites);
      calls = ours.calls;
    }
    Sdl sdl;
    if (!sdl.open()) return 1;
    const double sdl_ms = best(sdl, sprites);
    sdl.close();
    ratios.push_back(sdl_ms / ours_ms);
    std::printf(
        "round %d: %d pictures, ours %.3f ms (%u draw calls), SDL_Renderer %.3f ms, %.2fx\n",
        round + 1, count, ours_ms, calls, sdl_ms, ratios.back());
  }
  std::sort(ratios.begin(), ratios.end());
  std::printf("sprite_submission_ratio %.2f (median; above 1: ours is faster)\n",
              ratios[ratios.size() / 2]);
  return 0;
}

}  // namespace
}  // namespace vitrine

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 4000;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  return vitrine::run(std::max(count, 1), std::max(rounds, 1));
}
