// SPDX-License-Identifier: MIT
// The price painted in pigment: the specks that fly off it, and its flight to the price row.
#include <catch2/catch.hpp>
#include <cmath>

#include "scenes/props/flying_figure.h"
#include "scenes/props/pigment_specks.h"
#include "scenes/props/price_hero.h"
#include "scenes/props/shade_details.h"
#include "scenes/props/words.h"
#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::scenes;

namespace {

constexpr PigmentSpecks::Stroke kStroke{{100, 200}, {500, 150}, 0.2f, 1};

std::vector<test::FakeCanvas::Line> specks_at(float since) {
  test::Drawing drawing;
  ui::Painter painter = drawing.painter();
  PigmentSpecks().draw(painter, kStroke, since);
  return drawing.canvas.lines;
}

float middle_height(const std::vector<test::FakeCanvas::Line>& specks) {
  float sum = 0;
  for (const auto& speck : specks) sum += speck.to.y;
  return sum / static_cast<float>(specks.size());
}

// How it stands after `seconds`, in frames of `dt`.
float landed_after(float seconds, float dt) {
  FlyingFigure figure;
  figure.start({10, 450, 705, 1010}, "art/numeral-5.svg");
  figure.set_place({500, 1500, 60, 86});
  for (float at = 0; at + dt / 2 < seconds; at += dt) figure.update(dt);
  return figure.landed();
}

}  // namespace

TEST_CASE("specks leave the stroke while it is painted, fall, and are gone a second later") {
  CHECK(specks_at(-0.1f).empty());
  CHECK(specks_at(0).empty());
  const auto early = specks_at(0.1f), whole = specks_at(0.2f);
  CHECK(early.size() > 5);
  CHECK(whole.size() > early.size());
  for (const auto& speck : early) {
    CHECK(speck.to.x > kStroke.from.x - 60);
    CHECK(speck.color.a > 0.5f);
  }
  CHECK(middle_height(specks_at(0.7f)) > middle_height(whole) + 100);
  CHECK(specks_at(1.3f).empty());
}

TEST_CASE("a price that stands written has no specks") {
  const PriceHero::Moment rest;
  CHECK(rest.written() == 1);
  CHECK(specks_at(rest.writing).empty());
  CHECK(PriceHero::entrance(0).written() == 0);
  CHECK(PriceHero::entrance(5).written() == 1);
}

TEST_CASE("a product that writes passes beside the controls, leaning as far as that allows") {
  constexpr Vec2 kControls{1666, 54};
  constexpr float kReach = 134;
  for (const Vec2 tip : {Vec2{1096, 540}, Vec2{1290, 245}, Vec2{1409, 662}, Vec2{1500, 180}}) {
    const float lean = PriceHero::pen_lean(tip, kControls, kReach);
    const Vec2 across{std::cos(lean), std::sin(lean)}, to = kControls - tip;
    CHECK(lean > 0);
    CHECK(to.x * across.x + to.y * across.y >= Approx(kReach).margin(0.1));
  }
  // On its way nothing stands: as designed. No way is left: upright, over nothing else.
  const float free = PriceHero::pen_lean({400, 600}, {1e6f, 0}, kReach);
  CHECK(free == Approx(56 * 3.14159265f / 180));
  CHECK(PriceHero::pen_lean({1600, 600}, kControls, kReach) == 0);
  CHECK(PriceHero::pen_lean({1700, 20}, kControls, kReach) == 0);
}

TEST_CASE("a price that nobody painted stands there in figures, clear of the product beside it") {
  for (const int64_t offer : {450, 12'345'600, 0}) {
    campaign::Product product;
    product.price = {20'000'000, offer, {'C', 'N', 'Y'}};
    product.art = {{"figure_500", "art/numeral-5.svg"}};
    for (const std::string_view currency : {"元", "¥"}) {
      test::Drawing drawing;
      ui::Painter painter = drawing.painter();
      PriceHero hero;
      hero.layout(drawing.canvas, drawing.theme, drawing.metrics, {0, 500, 1080, 900}, &product,
                  currency);
      CHECK(hero.painting().empty());
      hero.draw(painter, {});
      const std::string figures(campaign::AmountText(offer, "CNY").view());
      REQUIRE(drawing.canvas.says(figures));
      const float stand = hero.stand().x - 0.14f * hero.lipstick_height();
      for (const auto& words : drawing.canvas.written) {
        CHECK(words.rect.x >= 0);
        // The sign is told by its middle.
        CHECK((words.text == figures ? words.rect.right() : words.rect.x) < stand);
      }
      CHECK(drawing.canvas.depth == 0);
    }
  }
}

TEST_CASE("figures are uncovered by the pen, and not before it begins") {
  campaign::Product product;
  product.price = {6800, 450, {'C', 'N', 'Y'}};
  test::Drawing drawing;
  ui::Painter painter = drawing.painter();
  PriceHero hero;
  hero.layout(drawing.canvas, drawing.theme, drawing.metrics, {0, 500, 1080, 900}, &product, "¥");
  hero.draw(painter, PriceHero::entrance(0.5f));
  CHECK_FALSE(drawing.canvas.says("4.50"));
  hero.draw(painter, PriceHero::entrance(1.5f));
  CHECK(drawing.canvas.says("4.50"));
  CHECK(drawing.canvas.depth == 0);
  CHECK(hero.pen_tip(1).x > hero.pen_tip(0).x + 100);
}

TEST_CASE("the painted price is that of what is to be paid") {
  campaign::Product product;
  product.art = {{"figure_500", "five"}, {"figure_6800", "whole"}};
  product.price = {6800, 500, {'C', 'N', 'Y'}};
  CHECK(painted_price(product, product.price.to_pay()) == "five");
  product.price.offer = -1;
  CHECK(painted_price(product, product.price.to_pay()) == "whole");
  CHECK(painted_price(product, 50).empty());
}

TEST_CASE("the painted price lands within a second, the same at any frame rate") {
  CHECK(landed_after(0.5f, 0.01f) == 0);
  CHECK(landed_after(0.65f, 0.05f) == Approx(landed_after(0.65f, 0.01f)).margin(0.01));
  CHECK(landed_after(1, 0.25f) == 1);
  FlyingFigure nothing;
  CHECK_FALSE(nothing.flies());
  CHECK(nothing.landed() == 1);  // the figures of the row stand there
}

TEST_CASE("a strike covers its figures alone, whatever words stand before them") {
  test::FakeCanvas canvas;
  const gfx::TextStyle style = display_style(100, {});
  StruckLine line;
  line.set("for ~¥68~?");
  const Rect struck = line.struck_bounds(canvas, {54, 200}, style);
  CHECK(struck.width == Approx(canvas.measure_text("¥68", 0, style).width));
  CHECK(struck.right() == Approx(54 + canvas.measure_text("for ¥68", 0, style).width));
}

TEST_CASE("it lands on the digits, before or behind the currency") {
  test::FakeCanvas canvas;
  ShadeDetails details;
  details.price = {54, 1500, 972, 104};
  ShadeWords chinese{"", "", "68 元", "关注后", "5 元"}, english{"", "", "¥68", "", "¥5"};
  const Rect first = details.digits(canvas, chinese), second = details.digits(canvas, english);
  CHECK(first.width == Approx(second.width));
  CHECK(first.height > 0);
  // Behind the sign.
  details.align = gfx::TextAlign::Start;
  english.was = english.after = "";
  CHECK(details.digits(canvas, english).x > details.price.x + 40);
  const Rect over = figure_over(first);
  CHECK(over.contains(first.center()));
  CHECK(over.height > first.height);
  CHECK(details.digits(canvas, {"", "", "", "", "free"}).width == 0);
}
