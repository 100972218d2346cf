// SPDX-License-Identifier: MIT
// 500 Chinese characters never shown before, at once on a moving screen: how long frames take until
// the last of them is there. With the real fonts, drawing into an offscreen context; each frame is
// waited for. Other characters in every round.
//   glyph_bench [ROUNDS]
// With GALLIUM_NOOP=1 Mesa draws nothing: what the characters cost us, whatever draws them.
#include <GLES3/gl3.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/gfx/renderer.h"
#include "native/font_files.h"
#include "tests/bench/figures.h"
#include "tests/fakes/gfx_seams.h"
#include "tests/fakes/offscreen_context.h"

namespace vitrine {
namespace {

constexpr int kCharacters = 500;
constexpr int kQuietFrames = 30;
constexpr Size kScreen{1080, 1920};
constexpr char32_t kFirst = 0x4E00;  // of the common ideographs, in their order

std::string characters(int round) {
  std::string text;
  for (int i = 0; i < kCharacters; ++i) {
    const char32_t c = kFirst + static_cast<char32_t>(round * kCharacters + i);
    text += static_cast<char>(0xE0 | c >> 12);
    text += static_cast<char>(0x80 | (c >> 6 & 63));
    text += static_cast<char>(0x80 | (c & 63));
  }
  return text;
}

class Screen {
 public:
  bool open(GlyphSource& fonts, uint32_t glyphs_per_frame) {
    context_ = test::OffscreenContext::create(static_cast<int>(kScreen.width),
                                              static_cast<int>(kScreen.height));
    if (context_ == nullptr) return false;
    renderer_ = gfx::Renderer::create({fonts, assets_, decoder_, vectors_},
                                      {.glyphs_per_frame = glyphs_per_frame});
    if (!renderer_->context_created().ok()) return false;
    renderer_->resize(kScreen, 1);
    return true;
  }

  // Milliseconds until everything is drawn.
  double frame(const std::string& text) {
    const double start = bench::now_seconds();
    gfx::Canvas& canvas = renderer_->begin_frame({1, 1, 1, 1});
    canvas.fill_rect({100, 100, 880, 1720}, gfx::CornerRadii::all(48),
                     gfx::Paint::vertical({1, 1, 1, 1}, {0.9f, 0.8f, 0.8f, 1}));
    gfx::TextStyle style;
    style.size = 34;
    style.color = {0, 0, 0, 1};
    canvas.draw_text(text, {140, 140}, 800, style);
    waiting = renderer_->end_frame().glyphs_waiting;
    glFinish();
    return 1000 * (bench::now_seconds() - start);
  }

  uint32_t waiting = 0;

 private:
  test::FakeAssets assets_;
  test::FakeImageDecoder decoder_;
  test::FakeVectorRasterizer vectors_;
  std::unique_ptr<test::OffscreenContext> context_;
  std::unique_ptr<gfx::Renderer> renderer_;
};

struct Figures {
  bench::Series quiet, mean, p99, worst, frames, settled;
};

bool measure(GlyphSource& fonts, uint32_t glyphs_per_frame, int round, Figures& out) {
  Screen screen;
  if (!screen.open(fonts, glyphs_per_frame)) return false;
  double quiet = 0;
  for (int i = 0; i < kQuietFrames; ++i) quiet = screen.frame("");
  out.quiet.add(quiet);
  const std::string text = characters(round);
  std::vector<double> times;
  do {
    times.push_back(screen.frame(text));
  } while (screen.waiting > 0);
  const double frames = static_cast<double>(times.size());
  double sum = 0;
  for (const double ms : times) sum += ms;
  std::sort(times.begin(), times.end());
  out.mean.add(sum / frames);
  out.p99.add(times[static_cast<size_t>(0.99 * (frames - 1))]);
  out.worst.add(times.back());
  out.frames.add(frames);
  double settled = 0;
  for (int i = 0; i < kQuietFrames; ++i) settled = screen.frame(text);
  out.settled.add(settled);
  return true;
}

int run(int rounds) {
  auto fonts = load_fonts(default_font_folder());
  if (!fonts.ok()) return 1;
  Figures limited, all;
  for (int round = 0; round < rounds; ++round) {
    if (!measure(*fonts.value(), 32, 2 * round, limited)) return 1;
    if (!measure(*fonts.value(), 0, 2 * round + 1, all)) return 1;
  }
  bench::print_head("500 new Chinese characters");
  bench::print_row("a frame without them", "", limited.quiet, "ms");
  bench::print_row("a frame with all of them there", "", limited.settled, "ms");
  bench::print_row("frames until all are there", "", limited.frames, "");
  bench::print_row("mean frame meanwhile", "", limited.mean, "ms");
  bench::print_row("p99 frame meanwhile", "", limited.p99, "ms");
  bench::print_row("worst frame", "≤ 33 ms", limited.worst, "ms");
  bench::print_row("the one frame without a limit a frame", "", all.worst, "ms");
  return 0;
}

}  // namespace
}  // namespace vitrine

int main(int argc, char** argv) {
  return vitrine::run(std::max(argc > 1 ? std::atoi(argv[1]) : 5, 1));
}
