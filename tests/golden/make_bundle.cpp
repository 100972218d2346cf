// SPDX-License-Identifier: MIT
// golden_bundle OUT CAMPAIGN-DIR FONT-DIR GOLDEN-DIR [--update]: draws every case at rest once with
// librsvg, keeping each drawing, and packs them with campaign, fonts and stored goldens: what a
// page needs. With --update every picture in GOLDEN-DIR is drawn anew first.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fakes/offscreen_context.h"
#include "tests/golden/golden_stage.h"
#include "tests/golden/keeping_rasterizer.h"
#include "tests/golden/picture_files.h"

namespace vitrine::golden {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void add_folder(Bundle& bundle, const fs::path& folder, const std::string& prefix) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    bundle[prefix + fs::relative(entry.path(), folder).generic_string()] = read_file(entry.path());
  }
}

bool draw_all(Bundle& bundle, const fs::path& goldens, bool update) {
  Bundle drawings;
  for (const Case& what : update ? all_cases() : cases_at_rest()) {
    const auto context = test::OffscreenContext::create(what.pixel_width(), what.pixel_height());
    if (!context) return false;
    KeepingRasterizer rasterizer(drawings);
    const Result<Image> image = draw_case(bundle, what, {.rasterizer = &rasterizer});
    if (!image.ok()) {
      std::fprintf(stderr, "%s: %s\n", what.name().c_str(), image.status().message().c_str());
      return false;
    }
    const std::string file = (goldens / (what.name() + ".png")).string();
    if (update && !write_png(file, image.value())) {
      std::fprintf(stderr, "%s: cannot be written\n", file.c_str());
      return false;
    }
    VectorImage stored;
    if (read_png(file, stored.image)) bundle["golden/" + what.name()] = encode_image(stored);
  }
  bundle.merge(drawings);
  return true;
}

int run(int count, char** values) {
  if (count < 5) {
    std::fprintf(stderr, "usage: golden_bundle OUT CAMPAIGN-DIR FONT-DIR GOLDEN-DIR [--update]\n");
    return 2;
  }
  Bundle bundle;
  add_folder(bundle, values[2], "");
  add_folder(bundle, values[3], "font/");
  const bool update = count > 5 && std::string_view(values[5]) == "--update";
  if (!draw_all(bundle, values[4], update)) return 1;
  std::ofstream out(values[1], std::ios::binary);
  const std::string bytes = encode_bundle(bundle);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return out.good() ? 0 : 1;
}

}  // namespace
}  // namespace vitrine::golden

int main(int count, char** values) {
  return vitrine::golden::run(count, values);
}
