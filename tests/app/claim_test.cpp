// SPDX-License-Identifier: MIT
// A claim in a whole App: what the link says reaches the stage and the recorder, what the stage
// does reaches the link, and nothing of a claim is told to anybody else.
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/app_fixture.h"
#include "tests/claim/claim_fixture.h"

using namespace vitrine;
using namespace vitrine::test;
using claim::Stage;
using protocol::ClaimState;

namespace {

app::AppOptions options_of(claim::Role role) {
  app::AppOptions options;
  options.claim_role = role;
  options.page_root = "https://edge.example/";
  return options;
}

struct ClaimingApp : AppFixture {
  explicit ClaimingApp(claim::Role role) : AppFixture(options_of(role)) {
    if (role == claim::Role::Phone) {
      identity.device_id.clear();
      identity.has_key = false;
      identity.token_text = "1.20779.lip-popup.k3J9.Zm9v";
    }
    REQUIRE(show_sample());
    run(2);
  }

  void say(ClaimState state) {
    state.time_ms = clock.wall_ms();
    std::string text;
    protocol::encode_claim_state(state, text);
    claim_transport.deliver(text);
    run(2);
  }
  void connect(const ClaimState& first = {}) {
    for (int i = 0; i < 400 && !claim_transport.connecting; ++i) run(1, 50);
    REQUIRE(claim_transport.connecting);
    claim_transport.accept();
    std::string challenge;
    protocol::encode_challenge({std::string(64, 'a'), clock.wall_ms()}, challenge);
    claim_transport.deliver(challenge);
    run(2);
    say(first);
  }
  // Of the newest act.
  void answer(ClaimState state) {
    state.answered = requests;
    say(state);
  }
  bool has_sent(std::string_view part) {
    for (const std::string& text : claim_transport.sent) {
      if (text.find(part) != std::string::npos) return true;
    }
    return false;
  }
  std::string scene() const {
    const std::string text = app->statistics_json();
    const size_t at = text.find("\"scene\":\"") + 9;
    return text.substr(at, text.find('"', at) - at);
  }
  void press(std::string_view name) {
    INFO(name);
    REQUIRE(shows(name));
    tap(middle_of(name));
    run(60);
  }
  // Neither what is recorded nor what is told of the App has any of it.
  void check_nothing_told() {
    stored("session_started");
    std::string told = app->statistics_json();
    for (const OutboxRow& row : store.disk.rows) told += row.row;
    for (const std::string& text : transport.sent) told += text;
    for (const char* secret : {claim::kTicket, claim::kHolder, claim::kCode, claim::kSecret,
                               "7MNFG-MB0V7", "V1/7MNFG"}) {
      CHECK(told.find(secret) == std::string::npos);
    }
  }

  uint32_t requests = 0;
};

TEST_CASE("whoever comes by a code is led to the claim, and back to the start when it is done") {
  ClaimingApp phone(claim::Role::Phone);
  CHECK_FALSE(phone.claim_transport.connecting);
  CHECK(phone.scene() == "attract");
  phone.app->invite(claim::kInvitation);
  phone.run(60);
  CHECK(phone.scene() == "claim");
  phone.connect();
  CHECK_FALSE(phone.has_sent("\"join\""));
  phone.press("join");
  CHECK(phone.has_sent("\"join\""));
  phone.requests = 1;
  phone.answer(claim::phone_state(Stage::Agreeing));
  phone.answer(claim::phone_state(Stage::Issued));
  phone.run(200);
  phone.check_nothing_told();
  phone.press("done");
  phone.run(60);
  CHECK(phone.scene() == "attract");
  phone.run(60);
  CHECK(phone.scene() == "attract");
}

TEST_CASE("a voucher that comes after the end was seen leads to the claim again") {
  ClaimingApp phone(claim::Role::Phone);
  phone.app->invite(claim::kInvitation);
  phone.run(60);
  phone.connect();
  phone.press("join");
  phone.requests = 1;
  ClaimState ended = claim::phone_state(Stage::Ended);
  ended.reason = protocol::ClaimEnd::HoldOver;
  phone.answer(ended);
  phone.run(60);
  phone.press("done");
  phone.run(60);
  CHECK(phone.scene() == "attract");
  phone.say(claim::phone_state(Stage::Issued));
  phone.run(60);
  CHECK(phone.scene() == "claim");
  phone.check_nothing_told();
}

TEST_CASE("a phone records under the screen's session as long as the claim goes on") {
  ClaimingApp phone(claim::Role::Phone);
  phone.keepsakes.values["claim.statistics"] = "yes";
  phone.app->invite(claim::kInvitation);
  phone.run(60);
  phone.connect();
  phone.press("join");
  const std::string own = phone.stored_row("session_started");
  phone.requests = 1;
  const ClaimState agreeing = claim::phone_state(Stage::Agreeing);
  phone.answer(agreeing);
  phone.run(30);
  const std::string borrowed = "\"session\":\"" + agreeing.session.to_hex() + "\"";
  CHECK(own.find(borrowed) == std::string::npos);
  phone.app->recorder().record(interactions::SessionExtended{});
  CHECK(phone.stored_row("session_extended").find(borrowed) != std::string::npos);
  ClaimState ended = claim::phone_state(Stage::Ended);
  ended.reason = protocol::ClaimEnd::SessionOver;
  phone.say(ended);
  phone.app->recorder().record(interactions::SessionExtended{});
  CHECK(phone.stored_row("session_extended").find(borrowed) == std::string::npos);
  phone.press("done");
  CHECK(phone.stored_row("session_ended").find(borrowed) == std::string::npos);
}

TEST_CASE("a phone that comes back with an unfinished claim is led to it at once") {
  ClaimingApp phone(claim::Role::Phone);
  phone.app->invite(claim::kInvitation);
  phone.run(30);
  phone.connect();
  phone.press("join");
  phone.requests = 1;
  phone.answer(claim::phone_state(Stage::Following));
  ClaimingApp again(claim::Role::Phone);
  CHECK(again.scene() == "attract");
  ClaimingApp back(claim::Role::Phone);
  back.keepsakes.values = phone.keepsakes.values;
  back.app.reset();
  back.claim_transport.forget_device();
  app::AppOptions options = options_of(claim::Role::Phone);
  options.whole = false;
  options.mode = "test";
  back.app = app::App::create(
      {back.clock, back.random, back.assets, back.transport, back.store, back.identity, back.glyphs,
       back.decoder, back.vectors, back.audio, back.speech, back.claim_transport, back.keepsakes,
       back.links, back.home_screen},
      options, scenes::all_kinds());
  back.resize({390, 844});
  REQUIRE(back.show_sample());
  back.run(10);
  CHECK(back.scene() == "attract");  // its scene is still on its way
  back.app->set_whole();
  back.run(10);
  CHECK(back.scene() == "claim");
}

TEST_CASE("what a shopper began at a screen ends with their session, in that very frame") {
  ClaimingApp screen(claim::Role::Screen);
  screen.connect();
  screen.press("start");
  screen.press("open");
  screen.press("take");
  CHECK(screen.scene() == "claim");
  CHECK(screen.has_sent("\"open\""));
  screen.requests = 1;
  screen.answer(claim::waiting_state());
  screen.check_nothing_told();
  CHECK_FALSE(screen.has_sent("\"close\""));
  screen.app->begin_cleaning();  // ends the session of whoever is engaged
  screen.clock.advance_ms(16);
  screen.app->frame();
  CHECK(screen.has_sent("\"close\""));
}

TEST_CASE("an App without a part in claims connects nowhere for one") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.app->invite(claim::kInvitation);
  fixture.run(100);
  CHECK_FALSE(fixture.claim_transport.connecting);
}

}  // namespace

namespace {

constexpr char kLine[] = "9b2c7d1e4f6a8b0c1d2e3f4a5b6c7d8e";

ClaimState line_state(claim::QueueStage stage) {
  ClaimState state;
  state.queue.code = *Id128::from_hex(kLine);
  state.queue.stage = stage;
  state.queue.number = stage == claim::QueueStage::None ? 0 : 12;
  if (stage == claim::QueueStage::Called) state.queue.left_ms = state.queue.whole_ms = 30'000;
  return state;
}

}  // namespace

TEST_CASE(
    "who waits for a screen may look around, and is brought back when their number is called") {
  ClaimingApp phone(claim::Role::Phone);
  phone.app->invite("queue=" + std::string(kLine));
  phone.run(60);
  CHECK(phone.scene() == "queue");
  phone.connect();
  CHECK_FALSE(phone.has_sent("take_number"));
  phone.press("take-number");
  CHECK(phone.has_sent(R"("take_number","request":1,"queue":")" + std::string(kLine)));
  phone.requests = 1;
  ClaimState waiting = line_state(claim::QueueStage::Waiting);
  waiting.holder = claim::kHolder;
  phone.answer(waiting);
  phone.run(60);
  REQUIRE(phone.shows("queue-number"));
  phone.press("look");
  CHECK(phone.scene() == "wall");
  phone.say(line_state(claim::QueueStage::Called));
  phone.run(60);
  CHECK(phone.scene() == "queue");
  phone.press("number-here");
  CHECK(phone.has_sent(R"("here","request":2,"number":12)"));
  phone.requests = 2;
  phone.answer(line_state(claim::QueueStage::Served));
  phone.run(60);
  phone.press("look");
  CHECK(phone.scene() == "wall");
  CHECK(phone.has_sent("leave_number"));
  phone.check_nothing_told();
}

TEST_CASE("who wants no number and who gives theirs up are recorded as two different buttons") {
  ClaimingApp phone(claim::Role::Phone);
  phone.keepsakes.values["claim.statistics"] = "yes";
  phone.app->invite("queue=" + std::string(kLine));
  phone.run(60);
  phone.connect();
  CHECK_FALSE(phone.shows("give-up"));
  SECTION("who wants none") {
    phone.press("not-now");
    CHECK(phone.scene() == "wall");
    CHECK(phone.stored_row("button_activated").find(R"("button":"not-now")") != std::string::npos);
    CHECK(phone.stored("queue_left") == 0);
  }
  SECTION("who has one") {
    phone.press("take-number");
    phone.requests = 1;
    ClaimState waiting = line_state(claim::QueueStage::Waiting);
    waiting.holder = claim::kHolder;
    phone.answer(waiting);
    phone.run(60);
    CHECK_FALSE(phone.shows("not-now"));
    phone.press("give-up");
    CHECK(phone.stored_row("button_activated").find(R"("button":"give-up")") != std::string::npos);
    CHECK(phone.stored("queue_left") == 1);
  }
}

TEST_CASE("who looks around is told that their number is no more") {
  ClaimingApp phone(claim::Role::Phone);
  phone.app->invite("queue=" + std::string(kLine));
  phone.run(60);
  phone.connect();
  phone.press("take-number");
  phone.requests = 1;
  ClaimState waiting = line_state(claim::QueueStage::Waiting);
  waiting.holder = claim::kHolder;
  phone.answer(waiting);
  phone.run(60);
  phone.press("look");
  REQUIRE(phone.scene() == "wall");
  phone.say(line_state(claim::QueueStage::Closed));
  phone.run(60);
  CHECK(phone.scene() == "queue");
}

TEST_CASE("a screen says that it is free and engaged as its sessions come and go") {
  ClaimingApp screen(claim::Role::Screen);
  ClaimState none = line_state(claim::QueueStage::None);
  none.page = claim::kPage;
  screen.connect(none);
  screen.run(5);
  CHECK(screen.has_sent(R"("kind":"free")"));
  CHECK_FALSE(screen.has_sent(R"("kind":"engaged")"));
  screen.tap({540, 960});
  screen.run(5);
  CHECK(screen.has_sent(R"("kind":"engaged")"));
}
