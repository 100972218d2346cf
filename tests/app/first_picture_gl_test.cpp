// SPDX-License-Identifier: MIT
// The first picture of a screen, which may rest for a while (docs/page.md).
#include <catch2/catch.hpp>

#include "tests/app/app_fixture.h"
#include "tests/fakes/offscreen_context.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("the first picture has all its letters, though they are more than a frame may draw") {
  const Size size = GENERATE(Size{1080, 1920}, Size{1920, 1080}, Size{390, 844});
  const std::string language = GENERATE("zh", "en");
  INFO(size.width << " " << language);
  app::AppOptions options;
  options.language = language;
  AppFixture fixture(options);
  const auto context =
      OffscreenContext::create(static_cast<int>(size.width), static_cast<int>(size.height));
  REQUIRE(context != nullptr);
  fixture.app->context_created();
  fixture.resize(size);
  REQUIRE(fixture.show_sample());
  CHECK(fixture.app->frame().pending_glyphs == 0);
}
