// SPDX-License-Identifier: MIT
// A claim on a phone: nothing is agreed to by accident, asked twice or lost.
#include "scenes/props/claim_words.h"
#include "tests/scenes/claim_ends.h"

using namespace vitrine;
using namespace vitrine::test;
using input::PointerPhase;

TEST_CASE("a phone joins once, and sees that it is on its way") {
  PhoneEnd phone(Stage::Invited);
  CHECK(phone.label_of("product") == "莓果冻");
  CHECK(phone.claims.asked.empty());
  phone.press("join");
  phone.press("join");
  CHECK(phone.claims.count("join") == 1);
  phone.claims.set().busy = true;
  phone.come_to(Stage::Joining);
  CHECK(phone.label_of("status") == "正在连接屏幕…");
  CHECK(phone.app->semantics().find("join")->state.busy);
  phone.press("join");
  CHECK(phone.claims.count("join") == 1);
}

TEST_CASE(
    "nothing is agreed to with an empty box, and statistics are off until they are asked for") {
  PhoneEnd phone(Stage::Agreeing);
  REQUIRE(phone.shows("agree"));
  CHECK_FALSE(phone.shows("notice"));
  phone.press("agree");
  phone.app->activate(phone.app->semantics().find("agree")->id);
  phone.run(3);
  CHECK(phone.claims.count("agree") == 0);
  CHECK(phone.label_of("notice") == "先打勾，再点同意");
  CHECK(phone.app->semantics().find("terms")->state.invalid);
  phone.press("terms");
  CHECK_FALSE(phone.app->semantics().find("terms")->state.invalid);
  phone.press("agree");  // the guardian's box is empty yet
  CHECK(phone.app->semantics().find("guardian")->state.invalid);
  CHECK(phone.app->semantics().find("guardian")->label == "我已满 14 岁，或有监护人陪同");
  phone.press("guardian");
  CHECK_FALSE(phone.shows("notice"));
  phone.press("terms");
  phone.press("agree");
  CHECK(phone.claims.count("agree") == 0);
  phone.press("terms");
  CHECK(phone.app->semantics().find("terms")->state.checked == ui::Toggle::On);
  phone.press("agree");
  phone.press("agree");
  REQUIRE(phone.claims.count("agree") == 1);
  CHECK(phone.claims.agreement.terms);
  CHECK(phone.claims.agreement.guardian);
  CHECK_FALSE(phone.claims.agreement.statistics);
}

TEST_CASE("who says yes to statistics is heard, and the next one starts from no again") {
  PhoneEnd phone(Stage::Agreeing);
  phone.press("statistics-yes");
  phone.press("terms");
  phone.press("guardian");
  phone.press("agree");
  CHECK(phone.claims.agreement.statistics);
  phone.come_to(Stage::Ended, EndReason::NotMe);
  phone.come_to(Stage::Agreeing);
  CHECK(phone.app->semantics().find("terms")->state.checked == ui::Toggle::Off);
  CHECK(phone.app->semantics().find("statistics-no")->state.checked == ui::Toggle::On);
}

TEST_CASE("until when a voucher is good is said in the words of its language") {
  const std::string_view months = "Jan Feb Mar";
  const int64_t late = 1772226000000;  // 2026-02-27T21:00Z
  CHECK(scenes::with_moment("{time}, {day} {month}", months, late, 0) == "21:00, 27 Feb");
  CHECK(scenes::with_moment("{date} {time}", "", late, 240) == "2026-02-28 01:00");
  CHECK(scenes::with_moment("{day} {month}", months, late + int64_t{86'400'000} * 60, 0) == "28 4");
  CHECK(scenes::with_moment("{month}", "", late, 0) == "2");
}

TEST_CASE("two fingers on agree and not now are one answer each to its own button, and one call") {
  PhoneEnd phone(Stage::Agreeing);
  phone.press("terms");
  phone.press("guardian");
  const Vec2 agree = phone.middle_of("agree"), cancel = phone.middle_of("cancel");
  phone.send(1, PointerPhase::Down, agree);
  phone.send(2, PointerPhase::Down, cancel);
  phone.run(2);
  phone.send(2, PointerPhase::Up, cancel);
  phone.send(1, PointerPhase::Up, agree);
  phone.run(3);
  CHECK(phone.claims.count("agree") + phone.claims.count("cancel") == 1);
}

TEST_CASE("following and paying lead to the provider, and what failed can be tried again") {
  PhoneEnd phone(Stage::Following);
  phone.press("follow");
  CHECK(phone.claims.count("follow") == 1);
  phone.claims.notice(Notice::FollowCancelled);
  phone.run(3);
  CHECK(phone.label_of("notice") == "还没关注，再点一次就好");
  phone.press("follow");
  CHECK(phone.claims.count("follow") == 2);
  phone.claims.set().notice = Notice::None;
  phone.claims.set().price = 500;
  phone.come_to(Stage::Paying);
  CHECK_FALSE(phone.shows("notice"));
  CHECK(phone.label_of("pay") == "付 5 元");
  phone.press("pay");
  for (const Notice notice : {Notice::Declined, Notice::PaymentCancelled, Notice::ProviderTimedOut,
                              Notice::Busy, Notice::NotConnected}) {
    phone.claims.notice(notice);
    phone.run(3);
    CHECK_FALSE(phone.label_of("notice").empty());
    CHECK(ui::live_of(*phone.app->semantics().find("notice")) == ui::Live::Assertive);
  }
  phone.press("pay");
  CHECK(phone.claims.count("pay") == 2);
  phone.claims.come_to(Stage::Paying);
  phone.run(3);
  phone.press("cancel");
  CHECK(phone.claims.count("cancel") == 1);
}

TEST_CASE("what is to be paid is what the server holds, whatever the phone's campaign says") {
  PhoneEnd phone(Stage::Agreeing);
  phone.claims.set().price = 850;
  phone.claims.set().currency = "CNY";
  phone.come_to(Stage::Paying);
  CHECK(phone.label_of("title") == "只差 8.50 元");
  CHECK(phone.label_of("pay") == "付 8.50 元");
  CHECK(phone.label_of("now") == "8.50 元");
  phone.come_to(Stage::Issued);
  phone.run(300);
  CHECK(phone.label_of("line").find("8.50 元到手") != std::string::npos);
}

TEST_CASE("a voucher for what the campaign no longer has is shown as no other product's") {
  ClaimEnd phone({390, 844});
  phone.claims.set().role = Role::Phone;
  phone.claims.set().connected = true;
  phone.claims.set().product = "gone-red";
  phone.claims.set().price = 500;
  phone.claims.set().currency = "CNY";
  phone.claims.come_to(Stage::Issued);
  phone.go_to_claim();
  phone.run(300);
  CHECK(phone.label_of("ticket-product") == "gone-red");
}

TEST_CASE("a screen tells the price that its code is for") {
  KioskEnd screen;
  screen.claims.set().price = 300;
  screen.claims.set().currency = "CNY";
  screen.join();
  screen.come_to(Stage::Paying);
  CHECK(screen.label_of("status") == "正在手机上付 3 元");
}

TEST_CASE("a phone that has seen its end says so, and is never asked to end the screen's part") {
  for (const Stage stage : {Stage::Issued, Stage::Redeemed, Stage::Ended}) {
    PhoneEnd phone(stage);
    phone.run(300);
    phone.press("done");
    CHECK(phone.claims.count("dismiss") == 1);
    CHECK(phone.claims.count("end") == 0);
    CHECK(phone.claims.count("begin berry-jelly") == 0);
    CHECK(phone.shows_scene("attract"));
  }
}

TEST_CASE("where nothing can be claimed it leads on to what the campaign names instead") {
  PhoneEnd browsing(Stage::None);
  browsing.run(240);
  CHECK(browsing.shows_scene("thanks"));
  browsing.press("again");
  browsing.press("open");
  browsing.tap(browsing.middle_of("take"));
  for (int frame = 0; frame < 30; ++frame) {  // and nobody sees the way there
    CHECK_FALSE(browsing.shows("join"));
    browsing.run(1);
  }
  CHECK(browsing.shows_scene("thanks"));
  AppFixture nowhere;
  REQUIRE(nowhere.show_sample());
  REQUIRE(nowhere.app->show_state("claim", "waiting"));
  nowhere.run(2);
  CHECK(nowhere.shows("claim-code"));
}

TEST_CASE("the whole way on a phone goes by keyboard alone") {
  PhoneEnd phone(Stage::Agreeing);
  const auto enter = [&](std::string_view name) {
    for (int i = 0; i < 60; ++i) {
      const ui::SemanticNode* node = phone.app->semantics().find(name);
      REQUIRE(node);
      if (node->state.focused) break;
      phone.app->handle(app::Key::Tab);
      phone.run(1);
    }
    phone.app->handle(app::Key::Enter);
    phone.run(3);
  };
  for (const char* name : {"terms", "guardian", "agree"}) enter(name);
  CHECK(phone.claims.count("agree") == 1);
  CHECK(phone.stored_row("button_activated").find(R"("by":"keyboard")") != std::string::npos);
}

TEST_CASE("a voucher's page goes to the home screen where the phone offers it, once a press") {
  using Offer = HomeScreen::Offer;
  PhoneEnd phone(Stage::Paying);
  phone.claims.set().voucher_qr = "VT1.7Q2K5M9D3W8H1A.00417293";
  phone.claims.set().home = Offer::Button;
  phone.come_to(Stage::Issued);
  phone.run(300);
  CHECK(phone.label_of("to-home") == "添加到主屏幕");
  CHECK(phone.can_press("to-home"));
  CHECK_FALSE(phone.shows("status"));
  phone.press("to-home");
  CHECK(phone.claims.count("add_to_home") == 1);
  CHECK(phone.claims.count("dismiss") == 0);

  // Done, or refused: the offer is over.
  phone.claims.set().home = Offer::None;
  phone.come_to(Stage::Issued);
  CHECK_FALSE(phone.shows("to-home"));
  CHECK(phone.can_press("done"));

  phone.claims.set().home = Offer::HowTo;
  phone.come_to(Stage::Issued);
  CHECK_FALSE(phone.shows("to-home"));
  CHECK(phone.label_of("status") == "点“分享”，再点“添加到主屏幕”");
  phone.app->set_language("en");
  phone.run(60);
  CHECK(phone.label_of("status") == "Tap Share, then Add to Home Screen");
}

TEST_CASE("a line that is full is tried again; nobody has had a number") {
  PhoneEnd phone(Stage::Agreeing);
  REQUIRE(phone.app->show_state("queue", "full"));
  phone.run(3);
  CHECK(phone.label_of("take-number") == "再试一次");
  REQUIRE(phone.app->show_state("queue", "skipped"));
  phone.run(3);
  CHECK(phone.label_of("take-number") == "再取一个号");
}

TEST_CASE("a browser that says no to statistics is told so in the question's place") {
  PhoneEnd phone(Stage::Joining);
  phone.claims.set().statistics_refused = true;
  phone.come_to(Stage::Agreeing);
  CHECK(phone.label_of("statistics-refused") == "浏览器已拒绝统计，我们照做");
  // A line's room, not that of the answers that are not there.
  CHECK(phone.app->semantics().find("statistics-refused")->bounds.height < 30);
  CHECK_FALSE(phone.shows("statistics-yes"));
  CHECK_FALSE(phone.shows("statistics-no"));
  phone.press("terms");
  phone.press("guardian");
  phone.press("agree");
  CHECK(phone.claims.count("agree") == 1);
  CHECK_FALSE(phone.claims.agreement.statistics);
}
