// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "engine/campaign/format.h"
#include "engine/gfx/canvas.h"

using namespace vitrine;

TEST_CASE("the backgrounds a campaign may name are those that gfx draws, in its order") {
  size_t index = 0;
  for (const std::string_view name : campaign::kBackgrounds) {
    CHECK(gfx::find_background(name) == static_cast<gfx::BackgroundKind>(index++));
  }
  CHECK(index == static_cast<size_t>(gfx::BackgroundKind::Night) + 1);
  CHECK(gfx::find_background("velvet") == gfx::BackgroundKind::Silk);
}
