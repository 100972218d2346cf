// SPDX-License-Identifier: MIT
// What a phone records in a whole App: everything, or only what its claim needs.
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/app_fixture.h"
#include "tests/claim/claim_fixture.h"

using namespace vitrine;
using namespace vitrine::test;
using claim::Stage;
using protocol::ClaimState;

namespace {

app::AppOptions options_of(claim::Role role, bool refuses) {
  app::AppOptions options;
  options.claim_role = role;
  options.statistics_refused = refuses;
  return options;
}

struct Visit : AppFixture {
  explicit Visit(claim::Role role, bool refuses = false) : AppFixture(options_of(role, refuses)) {
    identity.device_id.clear();
    identity.has_key = false;
    identity.token_text = "1.20779.lip-popup.k3J9.Zm9v";
    resize({390, 844});
  }
  void say(ClaimState state) {
    state.answered = ++acts;
    tell(state);
  }
  void tell(ClaimState state) {
    state.time_ms = clock.wall_ms();
    std::string text;
    protocol::encode_claim_state(state, text);
    claim_transport.deliver(text);
    run(30);
  }
  void press(std::string_view name) {
    INFO(name);
    REQUIRE(shows(name));
    tap(middle_of(name));
    run(60);
  }
  void come_by_code() {
    app->invite(claim::kInvitation);
    run(60);
    for (int i = 0; i < 400 && !claim_transport.connecting; ++i) run(1, 50);
    claim_transport.accept();
    std::string challenge;
    protocol::encode_challenge({std::string(64, 'a'), clock.wall_ms()}, challenge);
    claim_transport.deliver(challenge);
    run(30);
    tell({});  // what answers the hello
  }
  // With what is ticked there already.
  void agree() {
    press("terms");
    if (shows("guardian")) press("guardian");
    press("agree");
  }
  int stored_beside_claims() {
    stored("");
    int count = 0;
    for (const OutboxRow& row : store.disk.rows) {
      if (row.row.find("\"claim_stage_reached\"") == std::string::npos) ++count;
    }
    return count;
  }

  uint32_t acts = 0;
};

TEST_CASE("whoever came by a code is recorded in the claim alone, until they agree to more") {
  for (const bool agrees : {true, false}) {
    INFO(agrees);
    Visit phone(claim::Role::Phone);
    // As the page does it: the code is there before anything that was recorded is taken.
    phone.app->invite(claim::kInvitation);
    REQUIRE(phone.show_sample());
    phone.come_by_code();
    phone.press("join");
    phone.say(claim::phone_state(Stage::Agreeing));
    CHECK(phone.stored("claim_stage_reached") > 0);
    CHECK(phone.stored_beside_claims() == 0);
    if (agrees) phone.press("statistics-yes");
    CHECK(phone.stored_beside_claims() == 0);
    phone.agree();
    phone.say(claim::phone_state(Stage::Following));
    phone.tap({200, 400});
    CHECK((phone.stored_beside_claims() > 0) == agrees);
    CHECK(phone.keepsakes.values["claim.statistics"] == (agrees ? "yes" : "no"));
  }
}

TEST_CASE("a browser that says no is told so, and nothing but claims is recorded in it at all") {
  Visit phone(claim::Role::Phone, true);
  REQUIRE(phone.show_sample());
  phone.run(60);
  phone.tap({200, 400});
  phone.run(60);
  CHECK(phone.stored_beside_claims() == 0);
  phone.come_by_code();
  phone.press("join");
  phone.say(claim::phone_state(Stage::Agreeing));
  CHECK(phone.shows("statistics-refused"));
  CHECK_FALSE(phone.shows("statistics-yes"));
  phone.agree();
  phone.say(claim::phone_state(Stage::Following));
  phone.tap({200, 400});
  CHECK(phone.stored_beside_claims() == 0);
  CHECK(phone.stored("claim_stage_reached") > 0);
  bool refused = false;
  for (const std::string& text : phone.claim_transport.sent) {
    refused |= text.find("\"statistics\":false") != std::string::npos;
    CHECK(text.find("\"statistics\":true") == std::string::npos);
  }
  CHECK(refused);
}

TEST_CASE("a phone that came by no code, and a screen in any case, record everything") {
  for (const claim::Role role : {claim::Role::Phone, claim::Role::Screen}) {
    Visit visit(role, role == claim::Role::Screen);
    REQUIRE(visit.show_sample());
    if (role == claim::Role::Screen) visit.keepsakes.values["claim.statistics"] = "no";
    visit.run(60);
    visit.tap({200, 400});
    CHECK(visit.stored("screen_touched") > 0);
  }
}

}  // namespace
