// SPDX-License-Identifier: MIT
#include "tests/fakes/painted_page.h"

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "native/file_assets.h"
#include "native/font_files.h"
#include "native/image_files.h"
#include "native/rsvg_rasterizer.h"
#include "tests/fakes/offscreen_context.h"

namespace vitrine::test {
namespace {

constexpr uint32_t kLeastFrames = 6, kMostFrames = 100;

// The sample campaign's files, read when polled.
class CampaignFiles final : public Assets {
 public:
  void request(std::string_view path, Done done) override {
    waiting_.emplace_back(std::string(path), std::move(done));
  }
  void poll() override {
    auto now = std::exchange(waiting_, {});
    for (auto& [path, done] : now) done(read_asset("assets/campaigns/lip-popup", path));
  }

 private:
  std::vector<std::pair<std::string, Done>> waiting_;
};

int fail(const Status& status) {
  std::fprintf(stderr, "%s\n", status.to_string().c_str());
  return 1;
}

}  // namespace

int paint_page(const PaintedPage& page, const char* file) {
  const auto context = OffscreenContext::create(static_cast<int>(page.pixels.width),
                                                static_cast<int>(page.pixels.height));
  auto fonts = load_fonts(default_font_folder());
  if (context == nullptr) return fail({StatusCode::Unavailable, "no GLES 3 here"});
  if (!fonts.ok()) return fail(fonts.status());
  CampaignFiles assets;
  StbImageDecoder decoder;
  RsvgRasterizer vectors;
  const auto renderer =
      gfx::Renderer::create({*fonts.value(), assets, decoder, vectors}, {.glyphs_per_frame = 0});
  const Status ready = renderer->context_created();
  if (!ready.ok()) return fail(ready);
  renderer->resize(page.units, page.unit_ratio);
  gfx::FrameCounters frame;
  for (uint32_t i = 0; i < kLeastFrames || (frame.pending_images > 0 && i < kMostFrames); ++i) {
    assets.poll();
    vectors.drain();
    vectors.poll();
    page.draw(renderer->begin_frame(Color::rgb(0xFFFFFF)), renderer->images());
    frame = renderer->end_frame();
  }
  std::printf("%u draw calls, %u vertices, %u pictures missing\n", frame.draw_calls, frame.vertices,
              frame.pending_images);
  const auto pixels = renderer->read_pixels();
  const Status written = pixels.ok() ? write_png(pixels.value(), file) : pixels.status();
  return written.ok() ? 0 : fail(written);
}

}  // namespace vitrine::test
