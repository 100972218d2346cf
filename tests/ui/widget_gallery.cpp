// SPDX-License-Identifier: MIT
// Draws what engine/ui has, with real fonts and drawings, into a PNG to look at:
//   widget_gallery PAGE OUT.png [PIXEL_RATIO]
// Without arguments it names the pages.
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/gfx/renderer.h"
#include "engine/ui/bottom_sheet.h"
#include "engine/ui/button.h"
#include "engine/ui/dialog.h"
#include "native/file_assets.h"
#include "native/font_files.h"
#include "native/image_files.h"
#include "native/rsvg_rasterizer.h"
#include "tests/fakes/offscreen_context.h"

namespace vitrine {
namespace {

using ui::ButtonKind;
using ui::Painter;

constexpr Size kPortrait{1080, 1920};
constexpr Size kLandscape{1920, 1080};
constexpr Size kPhone{390, 844};

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

void draw_silk(Painter& painter, const ui::SilkRamp& ramp) {
  gfx::Silk silk;
  silk.shadow = ramp[0], silk.base = ramp[1], silk.light = ramp[2], silk.sheen = ramp[3];
  silk.next_shadow = ramp[0], silk.next_base = ramp[1];
  silk.next_light = ramp[2], silk.next_sheen = ramp[3];
  silk.time = 12;
  painter.canvas.draw_silk(silk);
}

// Something to see behind a dialog.
void draw_scene(Painter& painter) {
  draw_silk(painter, painter.theme.silk_calm);
  const Size size = painter.metrics.size;
  const float u = painter.metrics.phone() ? 0.4f : 1;
  gfx::TextStyle title;
  title.family = FontFamily::Display;
  title.weight = FontWeight::Bold;
  title.size = 84 * u;
  title.align = gfx::TextAlign::Center;
  title.color = painter.theme.ink;
  ui::draw_label(painter, "选一支你的红", {0, 180 * u, size.width, 110 * u}, title);
  const gfx::DrawingKey niche{"art/niche.svg", "", 520 * u, 0, painter.theme.brand};
  ui::draw_drawing_centered(painter, niche, {size.width / 2, 760 * u});
  ui::draw_lacquer(painter, {160 * u, size.height - 300 * u, size.width - 320 * u, 136 * u},
                   painter.theme.primary, 56 * u, 0);
}

void draw_still_there(Painter& painter) {
  ui::Dialog dialog("still-there", "stay", "finish");
  dialog.set_words(
      {"还在挑吗？", "没人点的话，这里会清空，留给下一位", "我还在，接着看", "结束", {}, "秒"});
  dialog.set_countdown(15);
  dialog.set_seconds_left(10.8f);
  dialog.layout(painter.canvas, painter.metrics);
  dialog.show_open();
  draw_scene(painter);
  dialog.draw(painter);
}

void draw_offline(Painter& painter) {
  ui::Dialog dialog("offline", "go-on", "staff");
  dialog.set_words({"The network takes a rest",
                    "Colours and mirror still work. As soon as it is back you can claim.",
                    "Go on choosing",
                    "Call staff",
                    "N-02 · 16:42 · connecting",
                    {}});
  dialog.set_icon("art/icons.svg", "icon-offline");
  dialog.layout(painter.canvas, painter.metrics);
  dialog.show_open();
  draw_scene(painter);
  dialog.draw(painter);
}

struct Page {
  std::string_view name;
  Size size;
  void (*draw)(Painter& painter);
};

constexpr Page kPages[] = {
    {"still-there", kPortrait, draw_still_there},
    {"still-there-landscape", kLandscape, draw_still_there},
    {"still-there-phone", kPhone, draw_still_there},
    {"offline", kPortrait, draw_offline},
    {"offline-phone", kPhone, draw_offline},
};

int draw_page(const Page& page, const char* file, float ratio) {
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
  const ui::Theme theme;
  renderer->resize(metrics.size, ratio * metrics.scale);
  for (uint32_t pending = 1, frame = 0; frame < 3 || pending > 0; ++frame) {
    assets.poll();
    vectors.drain();
    vectors.poll();
    Painter painter{renderer->begin_frame(Color::rgb(0xFFFFFF)), renderer->images(), theme,
                    metrics};
    page.draw(painter);
    pending = renderer->end_frame().pending_images;
  }
  const auto pixels = renderer->read_pixels();
  return pixels.ok() && write_png(pixels.value(), file).ok() ? 0 : 1;
}

int run(std::string_view name, const char* file, float ratio) {
  for (const Page& page : kPages) {
    if (page.name == name) return draw_page(page, file, ratio);
  }
  for (const Page& page : kPages) std::printf("%s\n", std::string(page.name).c_str());
  return 2;
}

}  // namespace
}  // namespace vitrine

int main(int argc, char** argv) {
  const float ratio = argc > 3 ? static_cast<float>(std::atof(argv[3])) : 1.0f;
  return vitrine::run(argc > 2 ? argv[1] : "", argc > 2 ? argv[2] : "", ratio);
}
