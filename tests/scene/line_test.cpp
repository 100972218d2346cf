// SPDX-License-Identifier: MIT
// Who waits for the screen, as the stage shows it: the sign while somebody is engaged, the call
// when nobody is.
#include <catch2/catch.hpp>

#include "tests/fakes/fake_claims.h"
#include "tests/scene/stage_fixture.h"

using namespace vitrine;
using namespace vitrine::test;
using claim::QueueStage;
using claim::QueueView;

namespace {

constexpr Vec2 kBeside{900, 900};

QueueView line(QueueStage stage = QueueStage::None, uint32_t number = 0) {
  QueueView view;
  view.link = "https://vitrine.example/c/lip-popup/#queue=9b2c7d1e4f6a8b0c1d2e3f4a5b6c7d8e";
  view.stage = stage;
  view.number = number;
  view.waiting = 2;
  view.seconds_left = view.seconds_whole = 30;
  return view;
}

struct Waited : Played {
  fakes::FakeClaims claims;

  Waited() {
    stage.set_claims(&claims);
    claims.queue(line());
  }
  void call(uint32_t number) {
    claims.queue(line(QueueStage::Called, number));
    pass(16);
  }
  bool shows(std::string_view name) { return stage.describe().find(name) != nullptr; }
};

}  // namespace

TEST_CASE("the sign is there while somebody is engaged, and no finger reaches through it") {
  Waited waited;
  waited.pass(1000);
  CHECK_FALSE(waited.shows("line-code"));
  waited.tap(kBeside);
  waited.pass(1000);
  waited.pass(1000);
  REQUIRE(waited.shows("line-code"));
  const Vec2 middle = waited.middle_of("line-code");
  CHECK(waited.stage.handle({1, PointerPhase::Down, middle, 0}, 0) == Handled::Yes);
  waited.stage.handle({1, PointerPhase::Up, middle, 0}, 0);
  SECTION("it goes away while a dialog is open") {
    g_scene->open_accessibility();
    waited.pass(16);
    waited.pass(1000);
    CHECK_FALSE(waited.shows("line-code"));
  }
  SECTION("and with the line") {
    waited.claims.queue({});
    waited.pass(16);
    CHECK_FALSE(waited.shows("line-code"));
  }
  SECTION("and with the session") {
    g_scene->end_session();
    waited.pass(16);
    waited.pass(1000);
    CHECK_FALSE(waited.shows("line-code"));
  }
}

TEST_CASE("a number is called when nobody is engaged, and who says so has the screen at once") {
  Waited waited;
  waited.tap(kBeside);
  waited.call(12);
  CHECK_FALSE(waited.shows("number-call"));  // somebody is engaged
  g_scene->end_session();
  waited.pass(16);
  waited.pass(16);
  REQUIRE(waited.shows("number-call"));
  CHECK(waited.stage.describe().find("number-call")->label.find("12") != std::string::npos);
  waited.taken();
  waited.pass(500);
  waited.tap(waited.middle_of("number-here"));
  waited.pass(16);
  CHECK(waited.claims.count("here") == 1);
  CHECK(waited.stage.session().engaged());
  waited.pass(16);
  CHECK_FALSE(waited.shows("number-call"));
  CHECK(waited.taken() == Types{"screen_touched", "screen_touched", "button_activated",
                                "queue_answered", "session_started"});
}

TEST_CASE("who touches the screen while a number is called is asked, and takes nothing from them") {
  Waited waited;
  waited.call(12);
  waited.pass(500);
  waited.tap(kBeside);
  waited.pass(16);
  CHECK_FALSE(waited.stage.session().engaged());
  CHECK(waited.stage.describe().find("number-call")->label.find("12 号吗") != std::string::npos);
  SECTION("who has none waits, and has the screen once nobody has come") {
    waited.tap(waited.middle_of("number-none"));
    waited.pass(16);
    CHECK_FALSE(waited.stage.session().engaged());
    waited.claims.queue(line());
    waited.pass(16);
    CHECK(waited.stage.session().engaged());
    CHECK_FALSE(waited.shows("number-call"));
    waited.call(13);
    CHECK_FALSE(waited.shows("number-call"));
  }
  SECTION("but not when who was called says by their phone that they come") {
    waited.tap(waited.middle_of("number-none"));
    waited.pass(16);
    waited.claims.queue(line(QueueStage::Arrived, 12));
    waited.pass(16);
    CHECK_FALSE(waited.stage.session().engaged());
    CHECK_FALSE(waited.shows("number-call"));
  }
  SECTION("who says nothing and goes has not changed anything") {
    waited.call(13);
    CHECK(waited.stage.describe().find("number-call")->label.find("13") != std::string::npos);
    waited.claims.queue(line());
    waited.pass(16);
    CHECK_FALSE(waited.stage.session().engaged());
  }
}

TEST_CASE("a line that is lost with the network, or a glass that is wiped, calls nobody") {
  Waited waited;
  waited.call(12);
  REQUIRE(waited.shows("number-call"));
  SECTION("lost") {
    waited.claims.queue({});
    waited.pass(16);
    CHECK_FALSE(waited.shows("number-call"));
  }
  SECTION("wiped") {
    waited.stage.begin_cleaning();
    waited.pass(16);
    CHECK_FALSE(waited.shows("number-call"));
    CHECK(waited.shows("cleaning"));
    waited.stage.end_cleaning();
    waited.pass(16);
    CHECK(waited.shows("number-call"));
  }
}

TEST_CASE("a phone that is called shows no screen's call") {
  Waited waited;
  waited.claims.set().role = claim::Role::Phone;
  waited.call(12);
  CHECK_FALSE(waited.shows("number-call"));
}

TEST_CASE("keys and screen readers answer a call, and begin no session beside it") {
  Waited waited;
  waited.call(12);
  waited.stage.move_focus(+1);
  waited.pass(16);
  CHECK_FALSE(waited.stage.session().engaged());
  CHECK(waited.stage.activate(ui::widget_id("number-here"), Entry::Semantic));
  waited.pass(16);
  CHECK(waited.claims.count("here") == 1);
  CHECK(waited.stage.session().engaged());
}
