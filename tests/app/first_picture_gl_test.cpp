// SPDX-License-Identifier: MIT
// The first picture of a screen, which may rest for a while (docs/page.md), and what comes after
// it.
#include <catch2/catch.hpp>

#include "tests/app/app_fixture.h"
#include "tests/fakes/offscreen_context.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

struct Screen {
  AppFixture fixture;
  std::unique_ptr<OffscreenContext> context;

  explicit Screen(Size size, app::AppOptions options = {})
      : fixture(options),
        context(
            OffscreenContext::create(static_cast<int>(size.width), static_cast<int>(size.height))) {
    REQUIRE(context != nullptr);
    fixture.app->context_created();
    fixture.resize(size);
    REQUIRE(fixture.show_sample());
  }
};

}  // namespace

TEST_CASE("the first picture has all its letters, though they are more than a frame may draw") {
  const Size size = GENERATE(Size{1080, 1920}, Size{1920, 1080}, Size{390, 844});
  const std::string language = GENERATE("zh", "en");
  INFO(size.width << " " << language);
  app::AppOptions options;
  options.language = language;
  CHECK(Screen(size, options).fixture.app->frame().pending_glyphs == 0);
}

TEST_CASE("sounds are asked for when the first picture has its drawings") {
  Screen screen({390, 844});
  const auto& loaded = screen.fixture.audio.loaded;
  app::FrameReport report = screen.fixture.app->frame();
  REQUIRE(report.pending_images > 0);
  for (int frames = 0; report.pending_images > 0 && frames < 100; ++frames) {
    CHECK(loaded.empty());
    screen.fixture.app->poll();
    report = screen.fixture.app->frame();
  }
  REQUIRE(report.pending_images == 0);
  screen.fixture.run(1);
  CHECK(loaded.size() == audio::kSounds);
}
