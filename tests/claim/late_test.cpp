// SPDX-License-Identifier: MIT
// What comes after its time: a page that another answer overtook, a voucher after the end.
#include <catch2/catch.hpp>

#include "tests/claim/claim_fixture.h"

namespace vitrine::claim {
namespace {

TEST_CASE("a page that was asked for is opened once, whichever state brings its address") {
  for (const bool is_answered_before : {false, true}) {
    Phone phone;
    phone.come_to(Stage::Paying);
    phone.link->pay();
    phone.take(ClaimKind::Pay);
    if (is_answered_before) {
      ClaimState declined = phone_state(Stage::Paying);  // of the payment before this one
      declined.notice = Notice::Declined;
      phone.answer(declined);
      CHECK(phone.links.opened.empty());
    }
    ClaimState page = phone_state(Stage::Paying);
    page.action = "https://provider.example/pay";
    page.answered = phone.newest - (is_answered_before ? 0 : 1);
    phone.say(page);
    CHECK(phone.links.opened.size() == 1);
    CHECK_FALSE(phone.view().busy);
    phone.answer(page);
    CHECK(phone.links.opened.size() == 1);
  }
}

TEST_CASE("a page that is late is not opened for who has turned away from it") {
  for (int turn = 0; turn < 6; ++turn) {
    INFO(turn);
    Phone phone;
    phone.come_to(Stage::Following);
    phone.link->follow();
    phone.take(ClaimKind::Follow);
    phone.answer(phone_state(Stage::Following));
    ClaimState page = phone_state(Stage::Following);
    page.action = "https://provider.example/follow";
    if (turn == 0) phone.link->cancel();
    if (turn == 1) phone.link->not_me();
    if (turn == 2) page.stage = Stage::Paying;
    if (turn == 3) page.session.bytes[0] = 1;
    if (turn == 4) page.product = "rose";
    if (turn == 5) {
      phone.cut();
      phone.connect(phone_state(Stage::Following));
    }
    phone.say(page);
    CHECK(phone.links.opened.empty());
  }
}

TEST_CASE("money that arrives after the end was seen makes a voucher that leads there again") {
  for (const bool closes : {false, true}) {
    Phone phone;
    phone.come_to(Stage::Paying);
    ClaimState ended = phone_state(Stage::Ended);
    ended.reason = EndReason::HoldOver;
    phone.say(ended);
    phone.link->dismiss();
    CHECK_FALSE(phone.link->wants_scene());
    if (closes) {
      phone.start();
      phone.connect(ended);
      CHECK(phone.hello.find(kHolder) != std::string::npos);
    }
    CHECK_FALSE(phone.link->wants_scene());
    phone.say(phone_state(Stage::Issued));
    CHECK(phone.link->wants_scene());
    CHECK(phone.view().stage == Stage::Issued);
    CHECK(phone.view().voucher_qr == phone.proof_now());
    phone.start();
    CHECK(phone.link->wants_scene());
    CHECK(phone.view().code == "7MNFG-MB0V7-N75S");
    phone.link->dismiss();
    phone.connect(phone_state(Stage::Issued));
    CHECK_FALSE(phone.link->wants_scene());  // once is enough
  }
}

TEST_CASE("a voucher that comes while another code is looked at waits, and is shown after it") {
  Phone phone;
  phone.come_to(Stage::Issued);
  phone.link->dismiss();
  phone.link->invite("00112233445566778899aabbccddeeff.rose");
  ClaimState late = phone_state(Stage::Issued);
  late.code = "FZZZZZZZZZZZZB";
  phone.say(late);
  CHECK(phone.view().stage == Stage::Invited);
  phone.link->join();
  phone.take(ClaimKind::Join);
  ClaimState third = phone_state(Stage::Issued);
  third.product = "rose";
  third.code = "00000000000011";
  phone.answer(third);
  CHECK(phone.view().product == "rose");
  phone.link->dismiss();
  CHECK(phone.link->wants_scene());
  CHECK(phone.view().code == "FZZZZ-ZZZZZ-ZZZB");
  phone.start();
  CHECK(phone.view().code == "FZZZZ-ZZZZZ-ZZZB");
  phone.link->dismiss();
  CHECK_FALSE(phone.link->wants_scene());
}

TEST_CASE("a voucher whose time is over is no news, however often the server tells of it") {
  Phone phone;
  phone.come_to(Stage::Paying);
  ClaimState issued = phone_state(Stage::Issued);
  issued.valid_until_ms = phone.clock.wall_ms() + 600'000;
  phone.say(issued);
  phone.link->dismiss();
  phone.tick(600'000);
  phone.start();
  phone.connect(issued);
  CHECK_FALSE(phone.link->wants_scene());
  CHECK(phone.view().code.empty());
}

}  // namespace
}  // namespace vitrine::claim
