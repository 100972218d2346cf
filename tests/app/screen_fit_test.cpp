// SPDX-License-Identifier: MIT
#include "engine/app/screen_fit.h"

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::app;
using ui::Preference;

namespace {

const ui::Panel k55Upright{1210, 680, 700, 90};

Viewport portrait() {
  Viewport viewport;
  viewport.size = {1080, 1920};
  return viewport;
}

}  // namespace

TEST_CASE("scenes have the whole screen until somebody asks for reach") {
  const ScreenFit fit = ScreenFit::of(portrait(), k55Upright, {});
  CHECK(fit.area == Rect{0, 0, 1080, 1920});
  CHECK(fit.reach_differs);
  CHECK(fit.to_scene({300, 400}) == Vec2{300, 400});
  CHECK(fit.origin() == Vec2{0, 0});
}

TEST_CASE("within reach a finger and what it touches are the same place") {
  const auto reach = ui::Preferences().with(Preference::Reach, true);
  const ScreenFit fit = ScreenFit::of(portrait(), k55Upright, reach);
  CHECK(fit.metrics.landscape());
  CHECK(fit.to_scene({fit.area.x, fit.area.y}) == Vec2{0, 0});
  const Rect button{100, 200, 300, 120};
  const Rect on_screen = fit.to_points(button);
  CHECK(on_screen.y > fit.area.y);
  const Vec2 back = fit.to_scene(on_screen.center());
  CHECK(back.x == Approx(button.center().x));
  CHECK(back.y == Approx(button.center().y));
  CHECK(fit.origin().y == Approx(fit.area.y / fit.metrics.scale));
  // What is touched above lies above the scene.
  CHECK(fit.to_scene({540, 100}).y < 0);
}

TEST_CASE("reach and large text go together") {
  const auto both =
      ui::Preferences().with(Preference::Reach, true).with(Preference::LargeText, true);
  // 43 inches at 400 mm: what is within reach still stands upright.
  const ScreenFit fit = ScreenFit::of(portrait(), {941, 529, 400, 90}, both);
  CHECK(fit.metrics.size.width == Approx(1080 / 1.3f));
  CHECK(fit.metrics.size.height * fit.metrics.scale == Approx(fit.area.height));
}

TEST_CASE("large text is offered where it makes anything larger") {
  const auto differs = [](Size size) {
    Viewport viewport;
    viewport.size = size;
    return ScreenFit::of(viewport, {}, {}).large_differs;
  };
  CHECK(differs({1080, 1920}));
  CHECK(differs({390, 844}));
  CHECK(differs({1920, 1080}));
  CHECK(differs({844, 390}));
  CHECK_FALSE(differs({1024, 768}));
}

TEST_CASE("a panel nobody measured offers no reach mode") {
  CHECK_FALSE(ScreenFit::of(portrait(), {}, {}).reach_differs);
}
