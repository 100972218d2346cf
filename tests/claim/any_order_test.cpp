// SPDX-License-Identifier: MIT
// Whatever stages come in whatever order: nobody stands before a button that does nothing.
#include <catch2/catch.hpp>

#include "engine/base/random.h"
#include "engine/claim/kept_internal.h"
#include "tests/claim/claim_fixture.h"

namespace vitrine::claim {
namespace {

struct Anything : ClaimFixture {
  Anything(Role role, Random& drawn) : ClaimFixture(role), dice(drawn) {
    link->invite(kInvitation);
    connect();
  }

  ClaimState any_state() {
    const char* codes[] = {"", "x", kCode, "FZZZZZZZZZZZZB"};
    ClaimState state;
    state.stage = static_cast<Stage>(dice.below(11));
    state.reason = static_cast<EndReason>(dice.below(10));
    state.notice = static_cast<Notice>(dice.below(6));
    state.answered = dice.below(4);
    state.product = dice.below(2) == 0 ? "true-red" : "";
    state.code = codes[dice.below(4)];
    if (dice.below(2) == 0) state.secret = kSecret;
    if (dice.below(2) == 0) state.holder = kHolder;
    if (dice.below(3) == 0) state.page = kPage;
    if (dice.below(3) == 0) state.ticket = *Id128::from_hex(kTicket);
    if (dice.below(3) == 0) state.action = "https://provider.example/";
    if (dice.below(3) == 0) state.session.bytes.fill(static_cast<uint8_t>(dice.below(3)));
    state.left_ms = dice.below(2) * 1000;
    return state;
  }

  void do_anything() {
    switch (dice.below(10)) {
      case 0:
        return link->begin("rose");
      case 1:
        return link->join();
      case 2:
        return link->agree({true, true, true});
      case 3:
        return link->follow();
      case 4:
        return link->pay();
      case 5:
        return link->cancel();
      case 6:
        return link->not_me();
      case 7:
        return link->dismiss();
      case 8:
        return link->end();
      default:
        return link->invite(kInvitation);
    }
  }

  void happen() {
    newest_state = any_state();
    if (dice.below(8) == 0) transport.drop(1006);
    for (int i = 0; i < 100 && !transport.is_open() && !transport.connecting; ++i) tick(1000);
    if (transport.connecting) {
      connect(newest_state);
    } else if (transport.is_open()) {
      say(newest_state);
    }
    do_anything();
  }

  bool waits() const {
    return view().busy || view().stage == Stage::Joining || view().stage == Stage::Asking;
  }

  // A server that answers hello and nothing else. False: it is waited for without an end.
  bool outlast_silence() {
    for (int i = 0; i < 400 && waits(); ++i) {
      tick(1000);
      if (transport.connecting) connect(newest_state);
    }
    return !waits();
  }

  // What the scene of a claim offers a phone (scenes/claim), pressed. False: nothing comes of it.
  bool press_as_phone() {
    switch (view().stage) {
      case Stage::None:
        return !link->wants_scene();  // nobody is led to it
      case Stage::Invited:
        link->join();
        return view().busy && view().stage == Stage::Joining;
      case Stage::Agreeing:
        link->agree({true, true, true});
        return view().busy;
      case Stage::Following:
        link->follow();
        return view().busy;
      case Stage::Paying:
        link->pay();
        return view().busy;
      case Stage::Issued:
      case Stage::Redeemed:
      case Stage::Ended:
        for (size_t i = 0; i <= Kept::kMostVouchers; ++i) link->dismiss();
        return !link->wants_scene();
      default:
        return false;
    }
  }

  bool press_as_screen() {
    switch (view().stage) {
      case Stage::Agreeing:
      case Stage::Following:
      case Stage::Paying:
        link->not_me();
        return view().busy;
      case Stage::None:
      case Stage::Ended:
        link->begin("rose");
        return view().stage == Stage::Asking || view().stage == Stage::Waiting;
      case Stage::Waiting:
      case Stage::Issued:
      case Stage::Redeemed:
        link->end();
        return view().stage == Stage::None;
      default:
        return false;
    }
  }

  Random& dice;
  ClaimState newest_state;
};

TEST_CASE("any states in any order leave something to press, or to wait for that ends") {
  Random dice(11);
  for (int round = 0; round < 300; ++round) {
    const Role role = round % 2 == 0 ? Role::Phone : Role::Screen;
    Anything end(role, dice);
    for (int step = 0; step < 40; ++step) end.happen();
    if (round % 4 < 2) end.newest_state = {};
    REQUIRE(end.outlast_silence());
    for (int press = 0; press < 3; ++press) {
      INFO("round " << round << ", press " << press << " at "
                    << protocol::claim_stage_name(end.view().stage));
      CHECK((role == Role::Phone ? end.press_as_phone() : end.press_as_screen()));
      CHECK(end.outlast_silence());
    }
  }
}

}  // namespace
}  // namespace vitrine::claim
