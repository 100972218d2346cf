// SPDX-License-Identifier: MIT
// Draws what engine/ui has, with real fonts and drawings, into a PNG to look at:
//   widget_gallery PAGE OUT.png [PIXEL_RATIO]
// Without arguments it names the pages.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine/scene/high_contrast.h"
#include "tests/fakes/painted_page.h"
#include "tests/ui/widget_pages.h"

namespace vitrine {
namespace {

int draw_page(const GalleryPage& page, const char* file, float ratio) {
  const ui::Metrics metrics = ui::metrics_for(page.size, {});
  const ui::Theme theme = page.high_contrast ? scene::with_high_contrast(ui::Theme{}) : ui::Theme{};
  const Size pixels{page.size.width * ratio, page.size.height * ratio};
  return test::paint_page({pixels, metrics.size, ratio * metrics.scale,
                           [&](gfx::Canvas& canvas, gfx::Images& images) {
                             ui::Painter painter{canvas, images, theme, metrics};
                             page.draw(painter);
                           }},
                          file);
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
