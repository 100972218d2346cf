// SPDX-License-Identifier: MIT
#include "scenes/props/shade_grid.h"

#include <catch2/catch.hpp>

#include "tests/fakes/fake_canvas.h"

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

constexpr float kChipHeight = 118;

gfx::TextStyle fitted(std::initializer_list<std::string_view> names, float width) {
  test::FakeCanvas canvas;
  std::vector<ShadeChip> chips(names.size());
  size_t i = 0;
  for (const std::string_view name : names) chips[i++].set_words(name);
  return fit_names(canvas, chips, {width, kChipHeight}, 28);
}

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

TEST_CASE("names too long for a line of readable size stand in two, all in one size") {
  const gfx::TextStyle wide = fitted({"Cherry Night", "Tomato Soda", "Jujube"}, 220);
  CHECK(wide.max_lines == 1);
  CHECK(wide.size == 28);
  const gfx::TextStyle narrow = fitted({"Cherry Night", "Tomato Soda", "Jujube"}, 94);
  CHECK(narrow.max_lines == 2);
  CHECK(narrow.size > 24);
  CHECK(2 * narrow.size * narrow.line_height < kChipHeight / 2);
  CHECK(test::FakeCanvas().measure_text("Cherry", 0, narrow).width <= 94);
}

TEST_CASE("a name that has not two words, or too many, keeps all in one line") {
  CHECK(fitted({"Granatapfelrot", "True Red"}, 94).max_lines == 1);
  CHECK(fitted({"a long name of words", "True Red"}, 94).max_lines == 1);
  CHECK(fitted({}, 94).size == 28);
}
