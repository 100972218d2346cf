// SPDX-License-Identifier: MIT
// Every state of every scene and every overlay, in three sizes and two languages, against the
// stored pictures.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/fakes/offscreen_context.h"
#include "tests/golden/compare.h"
#include "tests/golden/golden_stage.h"
#include "tests/golden/keeping_rasterizer.h"
#include "tests/golden/picture_files.h"

using namespace vitrine;
using namespace vitrine::golden;

namespace {

const Bundle& bundle() {
  static const Bundle loaded = [] {
    std::ifstream in(std::getenv("VITRINE_GOLDEN_BUNDLE"), std::ios::binary);
    Bundle result;
    decode_bundle(std::string(std::istreambuf_iterator<char>(in), {}), result);
    return result;
  }();
  return loaded;
}

constexpr const char* kImages = "tests/golden/images";

// Rasterised for all cases: most drawings are in many of them.
Bundle& drawings() {
  static Bundle kept;
  return kept;
}

// The picture drawn now beside the stored one's difference; kept for looking at when they differ.
Difference difference(const Case& what, bool shift_one_drawing) {
  KeepingRasterizer rasterizer(drawings());
  const StageOptions options{.rasterizer = shift_one_drawing ? nullptr : &rasterizer,
                             .shift_one_drawing = shift_one_drawing};
  const auto context = test::OffscreenContext::create(what.pixel_width(), what.pixel_height());
  REQUIRE(context);
  const Result<Image> drawn = draw_case(bundle(), what, options);
  INFO(drawn.status().message());
  REQUIRE(drawn.ok());
  Image stored;
  INFO("no stored picture: ninja golden_update draws it");
  REQUIRE(read_png(kImages + ("/" + what.name()) + ".png", stored));
  const Difference result = compare(drawn.value(), stored);
  if (!cross_driver_passes(result) && !shift_one_drawing) {
    write_png(std::string(std::getenv("VITRINE_GOLDEN_BUNDLE")) + "." + what.name() + ".png",
              drawn.value());
  }
  return result;
}

}  // namespace

TEST_CASE("every state of every scene and every overlay looks as its stored picture") {
  // VITRINE_GOLDEN_EXACT=1 on the driver that drew them; elsewhere edges may differ.
  const bool exact = std::getenv("VITRINE_GOLDEN_EXACT") != nullptr;
  for (const Case& what : all_cases()) {
    const Difference d = difference(what, false);
    INFO(what.name() << ": largest " << d.largest << ", mean " << d.mean << ", share beyond 8 "
                     << d.share_over_8);
    CHECK((exact ? same_driver_passes(d) : cross_driver_passes(d)));
  }
}

TEST_CASE("every stored picture is one of a state or an overlay that there is") {
  std::set<std::string> names;
  for (const Case& what : all_cases()) CHECK(names.insert(what.name() + ".png").second);
  for (const auto& file : std::filesystem::directory_iterator(kImages)) {
    INFO(file.path().filename() << " is of nothing: remove it");
    CHECK(names.count(file.path().filename().string()) == 1);
  }
}

TEST_CASE("one drawing two pixels out of place does not pass") {
  for (const Case& what : cases_at_rest()) {
    // The only drawings of a number's page are the top bar's small signs.
    if (what.language != "zh" || what.scene == "queue") continue;
    const Difference d = difference(what, true);
    INFO(what.name());
    CHECK_FALSE(cross_driver_passes(d));
  }
}
