// SPDX-License-Identifier: MIT
// A price in its place, whatever staff publish.
#include "scenes/props/price_tag.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::scenes;

namespace {

constexpr Rect kArea{100, 0, 95, 50};
constexpr float kSize = 50, kRoom = 40;

// What is drawn of an offer, `since` seconds after it is revealed.
std::vector<test::FakeCanvas::Written> drawn(int64_t offer, float since = 10) {
  campaign::Price price;
  price.amount = 6800;
  price.offer = offer;
  price.currency = {'C', 'N', 'Y'};
  PriceTag tag;
  tag.set({"~{price} 元~", "{offer} 元", "元"}, price);
  tag.layout(kArea, kSize, kRoom);
  test::Drawing drawing;
  ui::Painter painter = drawing.painter();
  tag.draw(painter, since);
  return drawing.canvas.written;
}

float most_left(const std::vector<test::FakeCanvas::Written>& words) {
  float left = words.front().rect.x;
  for (const auto& word : words) left = std::min(left, word.rect.x);
  return left;
}

float most_right(const std::vector<test::FakeCanvas::Written>& words) {
  float right = 0;
  for (const auto& word : words) right = std::max(right, word.rect.right());
  return right;
}

}  // namespace

TEST_CASE("a short price stands in full size at the right end of its place") {
  const auto words = drawn(500);
  REQUIRE(words.size() == 3);
  CHECK(words[0].text == "5");
  CHECK(words[0].size == kSize);
  CHECK(most_right(words) == Approx(kArea.right()));
}

TEST_CASE("a long price has the room beside it, then it is smaller, and nothing lies over others") {
  for (const int64_t offer : {990, 5990, 123'450, 12'345'650}) {
    const auto words = drawn(offer);
    INFO(words[0].text);
    REQUIRE(words.size() == 3);
    CHECK(most_left(words) >= kArea.x - 0.01f);
    CHECK(most_right(words) <= kArea.right() + kRoom + 0.01f);
    CHECK(words[2].rect.right() < words[0].rect.x);  // the struck price ends before the figures
    CHECK(words[0].size < kSize);
  }
}

TEST_CASE("figures that run down to a long price keep their size and their place") {
  for (float since = 0.1f; since < PriceTag::kReveal; since += 0.05f) {
    const auto words = drawn(990, since);
    REQUIRE(!words.empty());
    CHECK(words[1].size == Approx(drawn(990)[1].size));  // the sign, which does not pop
    CHECK(most_left(words) >= kArea.x - 0.01f);
  }
}
