// SPDX-License-Identifier: MIT
#include "engine/ui/layout.h"

#include <array>

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::ui;

namespace {

constexpr Rect kArea{100, 50, 600, 200};

template <size_t N>
std::array<float, N> lengths(const std::array<FlexItem, N>& items) {
  std::array<float, N> found{};
  for (size_t i = 0; i < N; ++i) found[i] = items[i].place.width;
  return found;
}

template <size_t N>
std::array<float, N> starts(const std::array<FlexItem, N>& items) {
  std::array<float, N> found{};
  for (size_t i = 0; i < N; ++i) found[i] = items[i].place.x;
  return found;
}

}  // namespace

TEST_CASE("items stand one after the other with their gap and fill the line") {
  std::array<FlexItem, 2> items{{{.size = {100, 40}}, {.size = {200, 80}}}};
  const Size content = lay_out({.gap = 20}, kArea, items);
  CHECK(items[0].place == Rect{100, 50, 100, 200});
  CHECK(items[1].place == Rect{220, 50, 200, 200});
  CHECK(content == Size{320, 200});
}

TEST_CASE("a column is a row on its side") {
  std::array<FlexItem, 2> items{{{.size = {100, 40}}, {.size = {200, 80}, .grow = 1}}};
  lay_out({.direction = ui::Direction::Column, .align = Align::Center, .gap = 20}, kArea, items);
  CHECK(items[0].place == Rect{350, 50, 100, 40});
  CHECK(items[1].place == Rect{300, 110, 200, 140});
}

TEST_CASE("padding is kept free") {
  std::array<FlexItem, 1> items{{{.size = {10, 10}, .grow = 1}}};
  const Size content = lay_out({.padding = {1, 2, 3, 4}}, kArea, items);
  CHECK(items[0].place == Rect{104, 51, 594, 196});
  CHECK(content == Size{600, 200});
}

TEST_CASE("room that is left is shared by growth") {
  std::array<FlexItem, 3> items{
      {{.size = {100, 0}, .grow = 1}, {.size = {0, 0}, .grow = 3}, {.size = {100, 0}}}};
  lay_out({}, kArea, items);
  CHECK(lengths(items) == std::array<float, 3>{200, 300, 100});
}

TEST_CASE("shares of less than one take only their part") {
  std::array<FlexItem, 1> items{{{.size = {100, 0}, .grow = 0.5f}}};
  lay_out({}, kArea, items);
  CHECK(items[0].place.width == 350);
}

TEST_CASE("what one may not take goes to the others") {
  std::array<FlexItem, 3> items{{{.grow = 1, .most = 100}, {.grow = 1}, {.grow = 1, .least = 350}}};
  lay_out({}, kArea, items);
  CHECK(lengths(items) == std::array<float, 3>{100, 150, 350});
}

TEST_CASE("what is missing is taken by size, and never below the least") {
  std::array<FlexItem, 3> items{
      {{.size = {400, 0}}, {.size = {400, 0}, .shrink = 0}, {.size = {200, 0}, .least = 150}}};
  lay_out({}, kArea, items);
  CHECK(lengths(items) == std::array<float, 3>{50, 400, 150});
}

TEST_CASE("what cannot shrink runs over and says so") {
  std::array<FlexItem, 2> items{{{.size = {400, 0}, .shrink = 0}, {.size = {400, 0}, .shrink = 0}}};
  const Size content = lay_out({.justify = Justify::Between}, kArea, items);
  CHECK(content.width == 800);
  CHECK(starts(items) == std::array<float, 2>{100, 500});
}

TEST_CASE("the room between is spread as asked") {
  const auto at = [](Justify justify) {
    std::array<FlexItem, 3> items{{{.size = {100, 0}}, {.size = {100, 0}}, {.size = {100, 0}}}};
    lay_out({.justify = justify}, {0, 0, 600, 10}, items);
    return starts(items);
  };
  using Starts = std::array<float, 3>;
  CHECK(at(Justify::Start) == Starts{0, 100, 200});
  CHECK(at(Justify::Center) == Starts{150, 250, 350});
  CHECK(at(Justify::End) == Starts{300, 400, 500});
  CHECK(at(Justify::Between) == Starts{0, 250, 500});
  CHECK(at(Justify::Around) == Starts{50, 250, 450});
  CHECK(at(Justify::Evenly) == Starts{75, 250, 425});
}

TEST_CASE("lines wrap, each as thick as its thickest") {
  std::array<FlexItem, 4> items{
      {{.size = {250, 40}}, {.size = {250, 60}}, {.size = {300, 30}}, {.size = {900, 20}}}};
  const Size content =
      lay_out({.align = Align::End, .wrap = true, .gap = 10, .line_gap = 5}, kArea, items);
  CHECK(items[0].place == Rect{100, 70, 250, 40});
  CHECK(items[1].place == Rect{360, 50, 250, 60});
  CHECK(items[2].place == Rect{100, 115, 300, 30});
  CHECK(items[3].place == Rect{100, 150, 600, 20});  // alone in its line it may shrink
  CHECK(content.height == 60 + 5 + 30 + 5 + 20);
}

TEST_CASE("nothing in no room is survived") {
  CHECK(lay_out({.padding = {5, 5, 5, 5}}, {}, {}) == Size{10, 10});
  std::array<FlexItem, 2> items{{{.size = {100, 10}}, {.grow = 1}}};
  lay_out({.wrap = true, .gap = 50}, {0, 0, 10, 10}, items);
  CHECK(items[0].place.width == 10);
  CHECK(items[1].place.width == 10);
}
