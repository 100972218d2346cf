// SPDX-License-Identifier: MIT
// The engine takes no memory a frame: not while attracting, not while something is dragged, not in
// the steady part of a transition. Counted on the App's thread, inside frame() and handle() alone.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/app/app_fixture.h"
#include "tests/fakes/counted_allocations.h"
#include "tests/fakes/fake_claims.h"
#include "tests/fakes/offscreen_context.h"

using namespace vitrine;
using namespace vitrine::test;
using input::PointerPhase;

namespace {

constexpr Size kSmall{135, 240};
constexpr int kFilmFrames = 150;  // until a prize and what it says are there

// Every drawing of the campaign, as the fake understands one: its size.
void give_drawings(FakeAssets& assets) {
  for (const auto& file : std::filesystem::directory_iterator("assets/campaigns/lip-popup/art")) {
    assets.files["art/" + file.path().filename().string()] = "100 100";
  }
}

struct DrawnApp {
  AppFixture fixture;
  std::unique_ptr<OffscreenContext> context =
      OffscreenContext::create(static_cast<int>(kSmall.width), static_cast<int>(kSmall.height));

  explicit DrawnApp(app::AppOptions options = {}) : fixture(options) {
    give_drawings(fixture.assets);
    fixture.app->context_created();
    fixture.resize(kSmall);
    REQUIRE(fixture.show_sample());
  }
  // To the next scene by its button, and until everything there has come.
  void go_by(const char* button) {
    fixture.tap(fixture.middle_of(button));
    fixture.run(30, 100);
  }
  // The same frame by frame: letters that grow are drawn at sizes that long steps leave out.
  void see_all_of(const char* button) {
    fixture.tap(fixture.middle_of(button));
    fixture.run(kFilmFrames);
  }
  // Through every scene once, so that all of it has been seen, and back in attract.
  void play_once() {
    fixture.run(3);
    for (const char* button : {"start", "open", "take", "done"}) go_by(button);
    REQUIRE(fixture.shows("start"));
  }
  // Frames whose allocations count; the clock's and the test's own do not.
  size_t count(int frames, Vec2* finger) {
    size_t taken = 0;
    for (int i = 0; i < frames; ++i) {
      fixture.clock.advance_ms(16);
      if (finger) finger->x += i % 40 < 20 ? -2.0f : 2.0f;
      const size_t before = allocations;
      if (finger) fixture.app->handle({1, PointerPhase::Move, *finger, 0});
      fixture.app->poll();
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

TEST_CASE("turning and twisting the product takes no memory") {
  DrawnApp drawn;
  REQUIRE(drawn.context);
  drawn.play_once();
  drawn.go_by("start");
  drawn.go_by("open");
  Vec2 finger = drawn.fixture.middle_of("product");
  drawn.fixture.send(1, PointerPhase::Down, finger);
  drawn.count(40, &finger);  // warm
  CHECK(drawn.count(80, &finger) == 0);
}

TEST_CASE("thanks takes no memory while its confetti flies") {
  DrawnApp drawn;
  REQUIRE(drawn.context);
  drawn.fixture.run(3);
  // Seen once in this session: its end forgets the letters it saw.
  for (const char* button : {"start", "open"}) drawn.go_by(button);
  drawn.see_all_of("take");
  for (const char* button : {"again", "open"}) drawn.go_by(button);
  drawn.fixture.tap(drawn.fixture.middle_of("take"));
  drawn.fixture.run(50);  // the scene has changed, what was recorded is stored
  CHECK(drawn.count(40, nullptr) == 0);
}

TEST_CASE("a claim takes no memory while its code waits, nor while its prize bursts") {
  fakes::FakeClaims claims;
  app::AppOptions options;
  options.claims = &claims;
  DrawnApp drawn(options);
  REQUIRE(drawn.context);
  drawn.fixture.run(3);
  for (const char* button : {"start", "open", "take"}) drawn.go_by(button);
  const auto wait_for_phone = [&] {
    claims.set().link = "https://shop.example/c/lip-popup#c=7Q2K5MXN8RDT4WYB";
    claims.set().seconds_left = claims.set().seconds_whole = 180;
    claims.come_to(claim::Stage::Waiting);
    drawn.fixture.run(kFilmFrames);
  };
  wait_for_phone();
  for (const float seconds : {179.0f, 165.0f, 143.0f, 120.0f}) {  // every digit has been seen
    claims.set().seconds_left = seconds;
    drawn.fixture.run(2);
  }
  size_t taken = 0;
  for (int frame = 0; frame < 120; ++frame) {
    claims.set().seconds_left -= 0.016f;
    taken += drawn.count(1, nullptr);
  }
  CHECK(taken == 0);
  claims.come_to(claim::Stage::Issued);
  drawn.fixture.run(kFilmFrames);  // its letters have been seen
  wait_for_phone();
  claims.come_to(claim::Stage::Issued);
  drawn.fixture.run(75);  // it bursts, what the stage recorded is stored
  CHECK(drawn.count(40, nullptr) == 0);
  CHECK(drawn.fixture.stored("claim_stage_reached") == 5);
}

TEST_CASE("a transition takes no memory between its first frames and its last") {
  DrawnApp drawn;
  REQUIRE(drawn.context);
  drawn.fixture.run(3);
  // Again, frame by frame: a driver in software compiles what it sees for the first time.
  for (int round = 0; round < 3; ++round) {
    drawn.fixture.tap(drawn.fixture.middle_of("start"));
    drawn.fixture.run(8);  // what the tap recorded is stored
    const size_t taken = drawn.count(10, nullptr);
    if (round == 2) CHECK(taken == 0);
    drawn.fixture.run(60);
    drawn.fixture.tap(drawn.fixture.middle_of("back"));
    drawn.fixture.run(60);
  }
}

TEST_CASE("the counter sees a single taken byte") {
  const size_t before = allocations;
  std::make_unique<std::string>(100, 'x').reset();
  CHECK(allocations > before);
}
