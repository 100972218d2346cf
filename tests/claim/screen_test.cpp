// SPDX-License-Identifier: MIT
// A screen's end of a claim, against docs/claim-protocol.md.
#include <catch2/catch.hpp>

#include "tests/claim/claim_fixture.h"

namespace vitrine::claim {
namespace {

Id128 session_of(uint8_t byte) {
  Id128 id;
  id.bytes.fill(byte);
  return id;
}

// Somebody is engaged, and a code is shown to them.
struct Screen : ClaimFixture {
  Screen() : ClaimFixture(Role::Screen) { link->set_session(session_of(1)); }
  void show_code() {
    connect();
    link->begin("true-red");
    tick();
    take(ClaimKind::Open);
    answer(waiting_state());
  }
  ClaimState joined(Stage stage = Stage::Agreeing) {
    ClaimState state = waiting_state();
    state.stage = stage;
    state.ticket = {};
    state.page = {};
    state.screen_mark = "47";
    state.phone_mark = "12";
    state.answered = newest;
    return state;
  }
};

TEST_CASE("a screen of a campaign that hands out is connected before anybody asks for a code") {
  Screen screen;
  screen.connect();
  CHECK(screen.hello.find(R"("device":"kiosk-1")") != std::string::npos);
  CHECK(screen.hello.find("signature") != std::string::npos);
  CHECK(screen.hello.find("token") == std::string::npos);
  CHECK(screen.identity.signed_text ==
        "vitrine.claim.1 hello " + std::string(64, 'a') + " kiosk-1");
  CHECK(screen.view().connected);
  CHECK(screen.view().stage == Stage::None);
}

TEST_CASE("a screen whose campaign hands nothing out, or that nobody enrolled, says nothing") {
  Screen screen;
  screen.link->set_campaign({"other", false, "1"});
  for (int i = 0; i < 100; ++i) screen.tick(100);
  CHECK_FALSE(screen.transport.connecting);
  screen.identity.device_id.clear();
  screen.link->set_campaign({"third", true, "1", "https://edge.example/c/third/"});
  for (int i = 0; i < 100; ++i) screen.tick(100);
  CHECK_FALSE(screen.transport.connecting);
  screen.link->begin("true-red");
  screen.tick(3000);
  CHECK(screen.view().stage == Stage::Waiting);
  CHECK(screen.view().link == "https://edge.example/c/third/");
  CHECK(screen.view().notice == Notice::NotConnected);
}

TEST_CASE("a code is asked for whoever is engaged and says page, ticket and product") {
  Screen screen;
  screen.connect();
  screen.link->begin("true-red");
  CHECK(screen.view().stage == Stage::Asking);
  screen.tick();
  const auto open = screen.take(ClaimKind::Open);
  CHECK(open.session == session_of(1).to_hex());
  CHECK(open.product == "true-red");
  const uint32_t version = screen.view().version;
  screen.answer(waiting_state());
  CHECK(screen.view().stage == Stage::Waiting);
  CHECK(screen.view().link == std::string(kPage) + "#claim=" + kInvitation);
  CHECK(screen.view().seconds_whole == Approx(90));
  CHECK(screen.view().seconds_left == 90);
  CHECK(screen.view().price == 500);
  CHECK(screen.view().version > version);
  const uint32_t shown = screen.view().version;
  screen.tick(30'000);
  CHECK(screen.view().seconds_left == Approx(60));
  CHECK(screen.view().version == shown);
}

TEST_CASE("without a network a screen shows the plain address and opens by itself later") {
  Screen screen;
  screen.link->begin("true-red");
  CHECK(screen.view().stage == Stage::Waiting);
  CHECK(screen.view().link == "https://edge.example/c/lip-popup/");
  CHECK_FALSE(screen.view().connected);
  screen.connect();
  screen.tick();
  screen.take(ClaimKind::Open);
  CHECK(screen.view().link == "https://edge.example/c/lip-popup/");
  screen.answer(waiting_state());
  CHECK(screen.view().link == std::string(kPage) + "#claim=" + kInvitation);
}

TEST_CASE("a screen shows both marks, each its own way round, and every step of the phone") {
  Screen screen;
  screen.show_code();
  screen.say(screen.joined());
  CHECK(screen.view().stage == Stage::Agreeing);
  CHECK(screen.view().own_mark == "47");
  CHECK(screen.view().other_mark == "12");
  CHECK(screen.view().link.empty());
  for (const Stage stage : {Stage::Following, Stage::Paying}) {
    screen.say(screen.joined(stage));
    CHECK(screen.view().stage == stage);
  }
  ClaimState issued = screen.joined(Stage::Issued);
  issued.code = "\xE2\x80\xA2\xE2\x80\xA2-8H1A";
  screen.say(issued);
  CHECK(screen.view().code == issued.code);
  CHECK(screen.view().voucher_qr.empty());
  screen.say(screen.joined(Stage::Redeemed));
  CHECK(screen.view().stage == Stage::Redeemed);
}

TEST_CASE("not me at the screen brings a new code") {
  Screen screen;
  screen.show_code();
  screen.say(screen.joined());
  screen.link->not_me();
  CHECK(screen.view().busy);
  screen.take(ClaimKind::NotMe);
  screen.answer(waiting_state());
  CHECK(screen.view().stage == Stage::Waiting);
  CHECK_FALSE(screen.view().busy);
  CHECK(screen.view().own_mark.empty());
}

TEST_CASE("when the session ends the claim ends at once, in every stage") {
  for (int stage = 0; stage < 5; ++stage) {
    Screen screen;
    screen.connect();
    screen.link->begin("true-red");
    screen.tick();
    screen.take(ClaimKind::Open);
    const Stage stages[] = {Stage::Asking, Stage::Waiting, Stage::Agreeing, Stage::Paying,
                            Stage::Issued};
    if (stage == 1) screen.answer(waiting_state());
    if (stage > 1) screen.answer(screen.joined(stages[stage]));
    REQUIRE(screen.view().stage == stages[stage]);
    screen.link->set_session({});
    CHECK(screen.view().stage == Stage::None);
    CHECK(screen.view().link.empty());
    CHECK(screen.view().code.empty());
    CHECK(screen.view().own_mark.empty());
    screen.take(ClaimKind::Close);
    // What is still on its way is nobody's.
    screen.say(screen.joined());
    CHECK(screen.view().stage == Stage::None);
  }
}

TEST_CASE("what a screen hears of the shopper before never reaches the next one") {
  Screen screen;
  screen.show_code();
  screen.say(screen.joined());
  screen.link->end();
  screen.take(ClaimKind::Close);
  screen.link->set_session(session_of(2));
  screen.link->begin("rose");
  screen.tick();
  CHECK(screen.take(ClaimKind::Open).session == session_of(2).to_hex());
  ClaimState late = screen.joined(Stage::Issued);
  late.answered = screen.newest - 1;
  screen.say(late);
  CHECK(screen.view().stage == Stage::Asking);
  screen.answer(waiting_state());
  CHECK(screen.view().stage == Stage::Waiting);
}

TEST_CASE("a screen that was left without a network closes when it is back") {
  Screen screen;
  screen.show_code();
  screen.say(screen.joined());
  screen.cut();
  screen.link->end();
  screen.connect(screen.joined(Stage::Following));
  screen.take(ClaimKind::Close);
  CHECK(screen.view().stage == Stage::None);
  screen.cut();
  screen.connect();
  CHECK_FALSE(screen.has_sent());
}

TEST_CASE("a second beginning makes the first one void") {
  Screen screen;
  screen.show_code();
  screen.link->begin("rose");
  screen.tick();
  CHECK(screen.take(ClaimKind::Open).product == "rose");
  ClaimState old = screen.joined();
  old.answered = screen.newest - 1;
  screen.say(old);
  CHECK(screen.view().stage == Stage::Asking);
  CHECK(screen.view().product == "rose");
}

TEST_CASE("a claim goes on over a lost connection, and a server that forgot it is asked anew") {
  Screen screen;
  screen.show_code();
  screen.cut();
  CHECK(screen.view().link == kPage);
  CHECK(screen.view().stage == Stage::Waiting);
  ClaimState still = waiting_state();
  still.left_ms = 40'000;
  screen.connect(still);
  CHECK(screen.view().link == std::string(kPage) + "#claim=" + kInvitation);
  CHECK(screen.view().seconds_left == 40);
  CHECK_FALSE(screen.has_sent());
  screen.say(screen.joined());
  screen.cut();
  CHECK(screen.view().stage == Stage::Agreeing);
  screen.connect();
  screen.tick();
  screen.take(ClaimKind::Open);
  screen.answer(waiting_state());
  CHECK(screen.view().stage == Stage::Waiting);
}

TEST_CASE("a voucher that was reached stays on screen when the server forgot it") {
  Screen screen;
  screen.show_code();
  screen.say(screen.joined(Stage::Issued));
  screen.cut();
  screen.connect();
  screen.tick();
  CHECK(screen.view().stage == Stage::Issued);
  CHECK_FALSE(screen.has_sent());
}

TEST_CASE("a busy server is asked again, and so is one that gives a code nobody can open") {
  Screen screen;
  screen.connect();
  screen.link->begin("true-red");
  screen.tick();
  screen.take(ClaimKind::Open);
  ClaimState busy;
  busy.notice = Notice::Busy;
  screen.answer(busy);
  CHECK(screen.view().stage == Stage::Waiting);
  CHECK(screen.view().notice == Notice::Busy);
  CHECK(screen.view().link == "https://edge.example/c/lip-popup/");
  screen.tick(6000);
  screen.tick();
  screen.take(ClaimKind::Open);
  ClaimState hostile = waiting_state();
  hostile.page = "javascript:alert(1)";
  screen.answer(hostile);
  CHECK(screen.view().link == "https://edge.example/c/lip-popup/");
  screen.tick(6000);
  screen.tick();
  screen.take(ClaimKind::Open);
}

TEST_CASE("a code that is over and of which nobody hears is replaced") {
  Screen screen;
  screen.show_code();
  screen.tick(91'000);
  CHECK(screen.view().seconds_left == 0);
  screen.tick(5000);
  screen.tick();
  screen.take(ClaimKind::Open);
  ClaimState over = screen.joined(Stage::Ended);
  over.reason = EndReason::CodeOver;
  screen.answer(over);
  CHECK(screen.view().stage == Stage::Ended);
  CHECK(screen.view().reason == EndReason::CodeOver);
}

TEST_CASE("a screen waits with the rest after a close, as long as the code of it says") {
  Screen screen;
  screen.connect();
  screen.cut(4410);
  for (int i = 0; i < 300; ++i) screen.tick(1000);
  CHECK_FALSE(screen.transport.connecting);  // revoked: never
  Screen other;
  other.connect();
  other.cut(4409);
  for (int i = 0; i < 59; ++i) other.tick(1000);
  CHECK_FALSE(other.transport.connecting);  // replaced: slowly
  for (int i = 0; i < 62; ++i) other.tick(1000);
  CHECK(other.transport.connecting);
  Screen third;
  third.connect();
  third.cut(1001);
  for (int i = 0; i < 11; ++i) third.tick(100);
  CHECK(third.transport.connecting);  // going away: soon
}

}  // namespace
}  // namespace vitrine::claim
