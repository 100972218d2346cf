// SPDX-License-Identifier: MIT
#include "scenes/props/shade_grid.h"

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::scenes;

namespace {

struct Shades {
  std::vector<campaign::Product> products;
  std::vector<const campaign::Product*> all;

  explicit Shades(std::initializer_list<uint32_t> colors) {
    for (const uint32_t color : colors) products.emplace_back().shade = Color::rgb(color);
    for (const campaign::Product& product : products) all.push_back(&product);
  }
};

}  // namespace

TEST_CASE("as many shades as there is room for are all shown, in their own order") {
  const Shades shades({0xFF0000, 0x00FF00, 0x0000FF});
  CHECK(similar_shades(shades.all, shades.products[2], 8) == shades.all);
}

TEST_CASE("of more shades those most like the chosen one are shown, in their own order") {
  const Shades shades({0x0000FF, 0xD0142F, 0x00FF00, 0xC65A68, 0xE8472C, 0x111111});
  const auto shown = similar_shades(shades.all, shades.products[1], 3);
  REQUIRE(shown.size() == 3);
  CHECK(shown[0] == shades.all[1]);
  CHECK(shown[1] == shades.all[3]);
  CHECK(shown[2] == shades.all[4]);
}

TEST_CASE("the chosen one is shown even among many of the very same shade") {
  const Shades shades({0xD0142F, 0xD0142F, 0xD0142F, 0xD0142F});
  const auto shown = similar_shades(shades.all, shades.products[3], 2);
  REQUIRE(shown.size() == 2);
  CHECK(shown[1] == shades.all[3]);
}
