// SPDX-License-Identifier: MIT
// A phone's end of a claim, against docs/claim-protocol.md.
#include <catch2/catch.hpp>

#include "tests/claim/claim_fixture.h"

namespace vitrine::claim {
namespace {

TEST_CASE("a phone that came by no code and has no claim says nothing") {
  Phone phone;
  for (int i = 0; i < 100; ++i) phone.tick(100);
  CHECK_FALSE(phone.transport.connecting);
  CHECK_FALSE(phone.link->wants_scene());
  for (const char* text :
       {"", "x", kTicket, "3c0f1e2d4b5a69788796a5b4c3d2e1f0.",
        "00000000000000000000000000000000.true-red", "3c0f1e2d4b5a69788796a5b4c3d2e1f0.true red",
        "3C0F1E2D4B5A69788796A5B4C3D2E1F0.true-red"}) {
    phone.link->invite(text);
  }
  CHECK(phone.view().stage == Stage::None);
}

TEST_CASE("opening a code spends nothing, the tap does") {
  Phone phone;
  phone.arrive();
  CHECK(phone.view().stage == Stage::Invited);
  CHECK(phone.view().product == "true-red");
  CHECK(phone.link->wants_scene());
  CHECK(phone.hello.find("token") != std::string::npos);
  CHECK(phone.hello.find("holder") == std::string::npos);
  CHECK(phone.hello.find(kTicket) == std::string::npos);
  CHECK_FALSE(phone.has_sent());
  phone.link->join();
  CHECK(phone.view().stage == Stage::Joining);
  CHECK(phone.view().busy);
  CHECK(phone.take(ClaimKind::Join).ticket == kTicket);
  phone.link->join();
  CHECK_FALSE(phone.has_sent());
  phone.answer(phone_state(Stage::Agreeing));
  CHECK(phone.view().stage == Stage::Agreeing);
  CHECK_FALSE(phone.view().busy);
  CHECK(phone.view().own_mark == "12");
  CHECK(phone.view().other_mark == "47");
  CHECK(phone.link->recording_session() == phone_state(Stage::Agreeing).session);
}

TEST_CASE("a phone agrees, follows and pays, and each page is opened once") {
  Phone phone;
  phone.come_to(Stage::Agreeing);
  phone.link->agree({false, true, true});
  CHECK_FALSE(phone.has_sent());
  phone.link->agree({true, false, true});
  phone.link->agree({true, false, true});
  const auto agree = phone.take(ClaimKind::Agree);
  CHECK((agree.act.terms && !agree.act.guardian && agree.act.statistics));
  CHECK(agree.terms_version == "2026-11");
  CHECK(agree.language == "zh");
  CHECK_FALSE(phone.has_sent());
  phone.answer(phone_state(Stage::Following));
  CHECK(phone.view().seconds_left == 91);
  phone.link->pay();
  CHECK_FALSE(phone.has_sent());  // not its stage
  phone.link->follow();
  CHECK(phone.take(ClaimKind::Follow).language == "zh");
  ClaimState follow = phone_state(Stage::Following);
  follow.action = "https://provider.example/follow";
  phone.answer(follow);
  phone.answer(follow);
  CHECK(phone.links.opened == std::vector<std::string>{"https://provider.example/follow"});
  CHECK_FALSE(phone.view().busy);
  phone.say(phone_state(Stage::Paying));
  phone.link->pay();
  phone.take(ClaimKind::Pay);
  ClaimState pay = phone_state(Stage::Paying);
  pay.action = "/sandbox/pay?1";
  phone.answer(pay);
  CHECK(phone.links.opened.size() == 2);
  ClaimState declined = phone_state(Stage::Paying);
  declined.notice = Notice::Declined;
  phone.say(declined);
  CHECK(phone.view().notice == Notice::Declined);
  phone.link->pay();
  CHECK(phone.view().notice == Notice::None);
  phone.take(ClaimKind::Pay);
}

TEST_CASE("no page is opened that nobody asked for, or that is none") {
  Phone phone;
  phone.come_to(Stage::Following);
  ClaimState unasked = phone_state(Stage::Following);
  unasked.action = "https://provider.example/follow";
  phone.say(unasked);
  for (const char* address : {"javascript:alert(1)", "//other.example/", "/\\other.example/",
                              "data:text/html,x", "https://", "https://a b", "file:///etc"}) {
    phone.link->follow();
    phone.take(ClaimKind::Follow);
    ClaimState hostile = phone_state(Stage::Following);
    hostile.action = address;
    phone.answer(hostile);
    CHECK_FALSE(phone.view().busy);
  }
  CHECK(phone.links.opened.empty());
}

TEST_CASE("a voucher has its code in groups and a QR that changes by the server's clock") {
  Phone phone;
  phone.server_ahead_ms = 3'600'000;
  phone.come_to(Stage::Paying);
  phone.say(phone_state(Stage::Issued));
  CHECK(phone.view().code == "7MNFG-MB0V7-N75S");
  CHECK(phone.view().voucher_qr == phone.proof_now());
  const float left = phone.view().qr_seconds_left;
  CHECK(left > 0);
  const uint32_t version = phone.view().version;
  phone.tick(1000);
  CHECK(phone.view().qr_seconds_left <= left);
  phone.tick(30'000);
  CHECK(phone.view().version > version);
  CHECK(phone.view().voucher_qr == phone.proof_now());
}

TEST_CASE("a kept voucher opens without a network, by the server's clock, until its time is over") {
  Phone phone;
  phone.server_ahead_ms = -7'200'000;
  phone.come_to(Stage::Paying);
  ClaimState issued = phone_state(Stage::Issued);
  issued.valid_until_ms = phone.clock.wall_ms() + phone.server_ahead_ms + 600'000;
  phone.say(issued);
  phone.start();
  CHECK(phone.link->wants_scene());
  CHECK(phone.view().stage == Stage::Issued);
  CHECK(phone.view().code == "7MNFG-MB0V7-N75S");
  phone.tick();
  CHECK(phone.view().voucher_qr == phone.proof_now());
  phone.tick(600'000);
  CHECK(phone.view().voucher_qr.empty());
  phone.start();
  CHECK(phone.view().code.empty());
  CHECK_FALSE(phone.link->wants_scene());
}

TEST_CASE("a voucher that was seen is kept, and does not lead there by itself") {
  Phone phone;
  phone.come_to(Stage::Issued);
  phone.link->dismiss();
  CHECK_FALSE(phone.link->wants_scene());
  CHECK(phone.link->recording_session().is_none());
  phone.say(phone_state(Stage::Issued));
  CHECK(phone.link->recording_session().is_none());
  phone.start();
  CHECK_FALSE(phone.link->wants_scene());
  CHECK(phone.view().stage == Stage::Issued);
  phone.connect(phone_state(Stage::Issued));
  CHECK(phone.hello.find(kHolder) != std::string::npos);
  CHECK(phone.view().code == "7MNFG-MB0V7-N75S");
  phone.say(phone_state(Stage::Redeemed));
  CHECK(phone.view().stage == Stage::Redeemed);
  phone.link->dismiss();
  CHECK(phone.view().stage == Stage::None);
  CHECK(phone.keepsakes.values.count("claim.vouchers") == 0);
}

TEST_CASE("a voucher that staff took back is gone, whatever other claim ended is no news") {
  Phone phone;
  phone.come_to(Stage::Issued);
  phone.link->dismiss();
  ClaimState ended = phone_state(Stage::Ended);
  ended.reason = EndReason::HoldOver;
  phone.say(ended);
  CHECK(phone.view().stage == Stage::Issued);
  ended.reason = EndReason::Voided;
  phone.say(ended);
  CHECK(phone.view().stage == Stage::Ended);
  CHECK(phone.view().reason == EndReason::Voided);
  phone.start();
  CHECK(phone.view().code.empty());
}

TEST_CASE(
    "a voucher that came late is kept beside the claim that its phone is at, and shown after") {
  Phone phone;
  phone.come_to(Stage::Agreeing);
  ClaimState state = phone_state(Stage::Agreeing);
  state.vouchers.push_back({"rose", "FZZZZZZZZZZZZB", kSecret, 0});
  state.vouchers.push_back({"rose", "7MNFGMB0V7N75S", kSecret, 1});  // its time is over
  state.vouchers.push_back({"rose", "no code", kSecret, 0});
  phone.say(state);
  CHECK(phone.view().stage == Stage::Agreeing);
  CHECK(phone.view().product == "true-red");
  CHECK(phone.view().code.empty());
  phone.link->cancel();
  ClaimState ended = phone_state(Stage::Ended);
  ended.reason = EndReason::Cancelled;
  phone.answer(ended);
  CHECK(phone.view().stage == Stage::Ended);
  phone.link->dismiss();
  CHECK(phone.view().stage == Stage::Issued);
  CHECK(phone.view().product == "rose");
  CHECK(phone.view().code == "FZZZZ-ZZZZZ-ZZZB");
  CHECK_FALSE(phone.view().voucher_qr.empty());
  phone.start();  // closed and opened, without a network
  CHECK(phone.link->wants_scene());
  CHECK(phone.view().code == "FZZZZ-ZZZZZ-ZZZB");
}

TEST_CASE("a voucher that was put aside shows what was paid for it, however it came") {
  Phone phone;
  phone.come_to(Stage::Issued);
  const int64_t paid = phone.view().price;
  REQUIRE(paid > 0);
  ClaimState state = phone_state(Stage::Issued);
  SECTION("bought here") {}
  SECTION("paid for late, beside another claim") {
    state.vouchers.push_back({"rose", "FZZZZZZZZZZZZB", kSecret, 0, 1234, "CNY"});
  }
  phone.say(state);
  phone.link->dismiss();
  const bool has_late = !state.vouchers.empty();
  CHECK(phone.view().product == (has_late ? "rose" : "true-red"));
  CHECK(phone.view().price == (has_late ? 1234 : paid));
  phone.link->dismiss();
  phone.start();  // closed and opened, without a network
  CHECK(phone.view().stage == Stage::Issued);
  CHECK(phone.view().price == (has_late ? 1234 : paid));
  CHECK(phone.view().currency == "CNY");
}

TEST_CASE("a phone that comes back another day has both its vouchers") {
  Phone phone;
  phone.come_to(Stage::Issued);
  phone.link->dismiss();
  phone.link->invite("00112233445566778899aabbccddeeff.rose");
  CHECK(phone.view().stage == Stage::Invited);
  CHECK(phone.view().code.empty());
  phone.say(phone_state(Stage::Issued));  // of before
  CHECK(phone.view().stage == Stage::Invited);
  phone.link->join();
  phone.take(ClaimKind::Join);
  ClaimState second = phone_state(Stage::Issued);
  second.product = "rose";
  second.code = "FZZZZZZZZZZZZB";
  phone.answer(second);
  CHECK(phone.view().code == "FZZZZ-ZZZZZ-ZZZB");
  phone.say([&] {
    ClaimState redeemed = second;
    redeemed.stage = Stage::Redeemed;
    redeemed.secret = {};
    return redeemed;
  }());
  phone.link->dismiss();
  CHECK(phone.view().stage == Stage::Issued);
  CHECK(phone.view().code == "7MNFG-MB0V7-N75S");
  CHECK_FALSE(phone.keepsakes.values["claim.holder"].empty());
}

TEST_CASE("the end of a claim says why until it is dismissed, and then nothing of it is left") {
  for (const EndReason reason : {EndReason::CodeOver, EndReason::NotMe, EndReason::SessionOver,
                                 EndReason::SoldOut, EndReason::HoldOver, EndReason::None}) {
    Phone phone;
    phone.come_to(Stage::Agreeing);
    ClaimState ended = phone_state(Stage::Ended);
    ended.reason = reason;
    phone.say(ended);
    CHECK(phone.view().stage == Stage::Ended);
    const EndReason shown = reason == EndReason::None ? EndReason::Closed : reason;
    CHECK(phone.view().reason == shown);
    CHECK(phone.link->recording_session().is_none());
    phone.start();
    CHECK(phone.link->wants_scene());
    CHECK(phone.view().reason == shown);
    phone.link->dismiss();
    CHECK(phone.view().stage == Stage::None);
    CHECK_FALSE(phone.link->wants_scene());
    for (const auto& [name, value] : phone.keepsakes.values) {
      CHECK((name == "claim.clock" || name == "claim.holder"));
    }
  }
}

TEST_CASE("a phone may cancel, say not me and change its mind before it joins") {
  Phone phone;
  phone.arrive();
  phone.link->cancel();
  CHECK(phone.view().stage == Stage::None);
  CHECK_FALSE(phone.has_sent());
  Phone second;
  second.come_to(Stage::Following);
  second.link->cancel();
  second.take(ClaimKind::Cancel);
  ClaimState ended = phone_state(Stage::Ended);
  ended.reason = EndReason::Cancelled;
  second.answer(ended);
  CHECK(second.view().reason == EndReason::Cancelled);
  Phone third;
  third.come_to(Stage::Agreeing);
  third.link->not_me();
  third.take(ClaimKind::NotMe);
  ended.reason = EndReason::NotMe;
  third.answer(ended);
  CHECK(third.view().reason == EndReason::NotMe);
  CHECK_FALSE(third.view().busy);
}

TEST_CASE("acts out of their stage do nothing") {
  Phone phone;
  const auto all = [&] {
    phone.link->begin("true-red");
    phone.link->end();
    phone.link->agree({true, true, true});
    phone.link->follow();
    phone.link->pay();
    phone.link->not_me();
  };
  all();
  phone.link->join();
  phone.link->cancel();
  phone.link->dismiss();
  CHECK(phone.view().stage == Stage::None);
  phone.arrive();
  all();
  phone.link->dismiss();
  CHECK(phone.view().stage == Stage::Invited);
  CHECK_FALSE(phone.has_sent());
}

TEST_CASE("a busy server spends no code: the button is there again, and its key is the same") {
  Phone phone;
  phone.arrive();
  phone.link->join();
  const std::string key = phone.take(ClaimKind::Join).key;
  ClaimState busy;
  busy.notice = Notice::Busy;
  phone.answer(busy);
  CHECK(phone.view().stage == Stage::Invited);
  CHECK(phone.view().notice == Notice::Busy);
  CHECK_FALSE(phone.view().busy);
  phone.link->join();
  CHECK(phone.take(ClaimKind::Join).key == key);
}

TEST_CASE("a phone that keeps nothing works all the same while its page is open") {
  Phone phone;
  phone.keepsakes.refuse = true;
  phone.come_to(Stage::Agreeing);
  phone.cut();
  phone.connect(phone_state(Stage::Following));
  CHECK(phone.hello.find(kHolder) != std::string::npos);
  phone.say(phone_state(Stage::Issued));
  CHECK(phone.view().voucher_qr == phone.proof_now());
  phone.start();
  CHECK(phone.view().stage == Stage::None);
  CHECK_FALSE(phone.link->wants_scene());
}

TEST_CASE("the home screen is offered for a voucher alone, and asked only when it is offered") {
  using Offer = HomeScreen::Offer;
  Phone phone;
  phone.home_screen.offered = Offer::Button;
  phone.come_to(Stage::Following);
  CHECK(phone.view().home == Offer::None);
  phone.say(phone_state(Stage::Issued));
  CHECK(phone.view().home == Offer::Button);
  phone.link->add_to_home();
  CHECK(phone.home_screen.added == 1);
  const uint32_t before = phone.view().version;
  phone.home_screen.offered = Offer::None;
  phone.tick();
  CHECK(phone.view().home == Offer::None);
  CHECK(phone.view().version != before);
}

}  // namespace
}  // namespace vitrine::claim
