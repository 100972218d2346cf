// SPDX-License-Identifier: MIT
// The engine takes no memory a frame: not while attracting, not while the wall is dragged. Counted
// on the App's thread, inside frame() and handle() alone.
#include <catch2/catch.hpp>

#include "tests/app/app_fixture.h"
#include "tests/fakes/counted_allocations.h"
#include "tests/fakes/offscreen_context.h"

using namespace vitrine;
using namespace vitrine::test;
using input::PointerPhase;

namespace {

constexpr Size kSmall{135, 240};

// Drawings as the fake understands them: their size.
void give_drawings(FakeAssets& assets) {
  for (const char* path :
       {"art/emblem.svg", "art/numeral-5.svg", "art/ribbon.svg", "art/lipstick.svg",
        "art/lipstick-cap.svg", "art/hand.svg", "art/strike.svg", "art/icons.svg",
        "art/niche.svg", "art/podium.svg", "art/smear-01-cherry-night.svg", "art/smear-02-true-red.svg",
        "art/smear-03-tomato-soda.svg", "art/smear-04-cream-rose.svg",
        "art/smear-05-bare-tea.svg", "art/smear-06-peach-fizz.svg",
        "art/smear-07-berry-jelly.svg", "art/smear-08-jujube.svg"}) {
    assets.files[path] = "100 100";
  }
}

struct DrawnApp {
  AppFixture fixture;
  std::unique_ptr<OffscreenContext> context =
      OffscreenContext::create(static_cast<int>(kSmall.width), static_cast<int>(kSmall.height));

  DrawnApp() {
    give_drawings(fixture.assets);
    fixture.app->context_created();
    fixture.resize(kSmall);
    REQUIRE(fixture.show_sample());
  }
  // Frames whose allocations count; the clock's and the test's own do not.
  size_t count(int frames, Vec2* finger) {
    size_t taken = 0;
    for (int i = 0; i < frames; ++i) {
      fixture.clock.advance_ms(16);
      if (finger) finger->x += i % 40 < 20 ? -2.0f : 2.0f;
      const size_t before = allocations;
      if (finger) fixture.app->handle({1, PointerPhase::Move, *finger, 0});
      fixture.app->frame();
      taken += allocations - before;
    }
    return taken;
  }
};

}  // namespace

TEST_CASE("attract takes no memory a frame once it has played a round") {
  DrawnApp drawn;
  REQUIRE(drawn.context);
  drawn.fixture.run(2 * 20 * 5, 200);  // two whole rounds
  CHECK(drawn.count(120, nullptr) == 0);
}

TEST_CASE("dragging the wall takes no memory") {
  DrawnApp drawn;
  REQUIRE(drawn.context);
  drawn.fixture.run(3);
  drawn.fixture.tap(drawn.fixture.middle_of("start"));
  drawn.fixture.run(20, 60);
  // Everything has been in the middle once.
  for (const char* dot : {"shade-1", "shade-4", "shade-8", "shade-5", "shade-2"}) {
    drawn.fixture.tap(drawn.fixture.middle_of(dot));
    drawn.fixture.run(12, 80);
  }
  Vec2 finger{68, 100};
  drawn.fixture.send(1, PointerPhase::Down, finger);
  drawn.count(40, &finger);  // warm
  CHECK(drawn.count(80, &finger) == 0);
}

TEST_CASE("the counter sees a single taken byte") {
  const size_t before = allocations;
  std::make_unique<std::string>(100, 'x').reset();
  CHECK(allocations > before);
}
