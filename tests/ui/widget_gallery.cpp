// SPDX-License-Identifier: MIT
// Draws what engine/ui has, with real fonts and drawings, into a PNG to look at:
//   widget_gallery PAGE OUT.png [PIXEL_RATIO]
// Without arguments it names the pages.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "engine/gfx/renderer.h"
#include "engine/scene/high_contrast.h"
#include "native/file_assets.h"
#include "native/font_files.h"
#include "native/image_files.h"
#include "native/rsvg_rasterizer.h"
#include "tests/fakes/offscreen_context.h"
#include "tests/ui/widget_pages.h"

namespace vitrine {
namespace {

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

int draw_page(const GalleryPage& page, const char* file, float ratio) {
  auto context = test::OffscreenContext::create(static_cast<int>(page.size.width * ratio),
                                                static_cast<int>(page.size.height * ratio));
  auto fonts = load_fonts(default_font_folder());
  if (context == nullptr || !fonts.ok()) {
    std::fprintf(stderr, "no GLES 3, or no fonts: %s\n", fonts.status().to_string().c_str());
    return 1;
  }
  CampaignFiles assets;
  StbImageDecoder decoder;
  RsvgRasterizer vectors;
  auto renderer =
      gfx::Renderer::create({*fonts.value(), assets, decoder, vectors}, {.glyphs_per_frame = 0});
  const Status status = renderer->context_created();
  if (!status.ok()) {
    std::fprintf(stderr, "%s\n", status.to_string().c_str());
    return 1;
  }
  const ui::Metrics metrics = ui::metrics_for(page.size, {});
  const ui::Theme theme = page.high_contrast ? scene::with_high_contrast(ui::Theme{}) : ui::Theme{};
  renderer->resize(metrics.size, ratio * metrics.scale);
  for (uint32_t pending = 1, frame = 0; frame < 3 || pending > 0; ++frame) {
    assets.poll();
    vectors.drain();
    vectors.poll();
    ui::Painter painter{renderer->begin_frame(Color::rgb(0xFFFFFF)), renderer->images(), theme,
                        metrics};
    page.draw(painter);
    pending = renderer->end_frame().pending_images;
  }
  const auto pixels = renderer->read_pixels();
  return pixels.ok() && write_png(pixels.value(), file).ok() ? 0 : 1;
}

int run(std::string_view name, const char* file, float ratio) {
  for (const GalleryPage& page : gallery_pages()) {
    if (page.name == name) return draw_page(page, file, ratio);
  }
  for (const GalleryPage& page : gallery_pages())
    std::printf("%s\n", std::string(page.name).c_str());
  return 2;
}

}  // namespace
}  // namespace vitrine

int main(int argc, char** argv) {
  const float ratio = argc > 3 ? static_cast<float>(std::atof(argv[3])) : 1.0f;
  return vitrine::run(argc > 2 ? argv[1] : "", argc > 2 ? argv[2] : "", ratio);
}
