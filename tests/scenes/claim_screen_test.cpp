// SPDX-License-Identifier: MIT
// A claim at a screen: what is shown at each stage, what is asked of the service, what is recorded.
#include <algorithm>
#include <vector>

#include "tests/scenes/claim_ends.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("a screen asks for a code for the product that was taken, and shows it") {
  KioskEnd screen;
  CHECK(screen.claims.asked == std::vector<std::string>{"begin true-red"});
  CHECK_FALSE(screen.shows("claim-code"));
  CHECK(screen.label_of("status") == "正在准备二维码…");
  screen.wait_for_phone();
  CHECK(screen.shows("claim-code"));
  CHECK(screen.label_of("status") == "等你的手机…");
  CHECK(screen.app->semantics().find("status")->value == "180");
  CHECK(ui::live_of(*screen.app->semantics().find("status")) == ui::Live::Polite);
  CHECK(screen.label_of("product") == "正红宣言");
}

TEST_CASE("without a network the screen says so kindly and the code leads to the shades") {
  KioskEnd screen;
  screen.claims.set().connected = false;
  screen.claims.set().link = "https://vitrine.example/c/lip-popup";
  screen.come_to(Stage::Waiting);
  CHECK(screen.label_of("title") == "网络歇一会儿");
  CHECK(screen.shows("claim-code"));
  CHECK_FALSE(screen.shows("status"));
}

TEST_CASE("both numbers are shown at both ends, each under its own name") {
  KioskEnd screen;
  screen.wait_for_phone();
  screen.join();
  CHECK(screen.label_of("screen-mark") == "这块屏幕 47");
  CHECK(screen.label_of("phone-mark") == "你的手机 12");
  CHECK_FALSE(screen.shows("claim-code"));
  PhoneEnd phone(Stage::Agreeing);
  CHECK(phone.label_of("screen-mark") == "这块屏幕 47");
  CHECK(phone.label_of("phone-mark") == "你的手机 12");
}

TEST_CASE("whose phone it is not says so once, however often it is tapped") {
  KioskEnd screen;
  screen.wait_for_phone();
  screen.join();
  screen.press("not-me");
  screen.press("not-me");
  CHECK(screen.claims.count("not_me") == 1);
  screen.come_to(Stage::Asking);
  screen.wait_for_phone();
  CHECK(screen.shows("claim-code"));
}

TEST_CASE(
    "the screen tells what the phone is doing, and what is recorded has every step in order") {
  KioskEnd screen;
  screen.wait_for_phone();
  screen.join();
  CHECK(screen.label_of("status") == "在手机上看一眼，同意就好");
  screen.come_to(Stage::Following);
  CHECK(screen.label_of("status") == "正在手机上关注店铺");
  screen.come_to(Stage::Paying);
  CHECK(screen.label_of("status") == "正在手机上付 5 元");
  screen.come_to(Stage::Issued);
  screen.come_to(Stage::Redeemed);
  screen.claims.come_to(Stage::Redeemed);
  screen.run(3);
  CHECK(screen.stored("claim_stage_reached") == 7);
  size_t at = 0;
  constexpr std::string_view kSteps[] = {"asking", "waiting", "agreeing", "following",
                                         "paying", "issued",  "redeemed"};
  for (const OutboxRow& row : screen.store.disk.rows) {
    if (row.row.find("\"claim_stage_reached\"") == std::string::npos) continue;
    INFO(row.row);
    REQUIRE(at < std::size(kSteps));
    const std::string stage(kSteps[at++]);
    CHECK(row.row.find(R"("product_id":"true-red","stage":")" + stage + R"(","role":"screen")") !=
          std::string::npos);
    CHECK(row.row.find("\"session\":\"") != std::string::npos);
  }
}

TEST_CASE("a voucher's code is whole on the phone alone, and nowhere in what is recorded") {
  KioskEnd screen;
  screen.wait_for_phone();
  screen.join();
  // Even were a whole code to come to a public screen.
  screen.claims.set().code = "•••••-•••••-8H1A";
  screen.claims.set().voucher_qr = "VT1.SECRET";
  screen.come_to(Stage::Issued);
  screen.run(300);
  CHECK_FALSE(screen.shows("voucher-qr"));
  CHECK(screen.app->semantics().find("code")->value == "•••••-•••••-8H1A");
  CHECK(screen.label_of("status") == "券已经在你手机里");
  PhoneEnd phone(Stage::Paying);
  phone.claims.set().code = "7Q2K5-M9D3W-8H1A";
  phone.claims.set().voucher_qr = "VT1.SECRET";
  phone.claims.set().valid_until_ms = 1795442400000;
  phone.claims.set().utc_offset_minutes = 8 * 60;
  phone.come_to(Stage::Issued);
  phone.run(300);
  CHECK(phone.shows("voucher-qr"));
  CHECK(phone.app->semantics().find("code")->value == "7Q2K5-M9D3W-8H1A");
  CHECK(phone.label_of("until") == "11月23日 22:00 前有效");
  phone.claims.set().voucher_qr.clear();
  phone.claims.notice(Notice::NotConnected);
  phone.run(3);
  CHECK_FALSE(phone.shows("voucher-qr"));
  CHECK(phone.label_of("status") == "没有网络？给店员看券码就行");
  CHECK(phone.stored("claim_stage_reached") > 0);
  for (const OutboxRow& row : phone.store.disk.rows) {
    CHECK(row.row.find("7Q2K5") == std::string::npos);
    CHECK(row.row.find("SECRET") == std::string::npos);
  }
}

TEST_CASE("every end has its own kind words in both languages, and the right way on") {
  struct Way {
    EndReason reason;
    std::string_view button, asked;
  };
  const Way ways[] = {{EndReason::CodeOver, "new-code", "begin true-red"},
                      {EndReason::NotMe, "new-code", "begin true-red"},
                      {EndReason::HoldOver, "new-code", "begin true-red"},
                      {EndReason::Cancelled, "new-code", "begin true-red"},
                      {EndReason::FollowRefused, "new-code", "begin true-red"},
                      {EndReason::SessionOver, "new-code", "begin true-red"}};
  KioskEnd screen;
  std::vector<std::string> titles;
  for (const Way& way : ways) {
    const int before = screen.claims.count("begin true-red");
    screen.come_to(Stage::Ended, way.reason);
    titles.push_back(screen.label_of("title"));
    CHECK_FALSE(screen.label_of("line").empty());
    screen.press(way.button);
    CHECK(screen.claims.count("begin true-red") == before + 1);
  }
  for (const EndReason reason :
       {EndReason::AlreadyClaimed, EndReason::SoldOut, EndReason::Closed, EndReason::Voided}) {
    screen.come_to(Stage::Ended, reason);
    titles.push_back(screen.label_of("title"));
    CHECK_FALSE(screen.shows("new-code"));
    CHECK(screen.shows("other"));
    CHECK(screen.shows("done"));
  }
  std::sort(titles.begin(), titles.end());
  CHECK(std::unique(titles.begin(), titles.end()) == titles.end());
  CHECK(screen.stored_row("claim_stage_reached").find(R"("reason":"already_claimed")") !=
        std::string::npos);
  screen.app->set_language("en");
  screen.run(2);
  CHECK(screen.label_of("title") == "Voucher taken back");
}

TEST_CASE("leaving the screen ends its claim, by whichever way it is left") {
  KioskEnd back;
  back.wait_for_phone();
  back.press("back");
  CHECK(back.claims.count("end") == 1);
  CHECK(back.shows_scene("wall"));

  KioskEnd other;
  other.join();
  other.come_to(Stage::Ended, EndReason::SoldOut);
  other.press("other");
  CHECK(other.claims.count("end") == 1);

  KioskEnd done;
  done.join();
  done.come_to(Stage::Issued);
  done.run(300);
  done.press("done");
  CHECK(done.claims.count("end") == 1);
  CHECK(done.shows_scene("attract"));

  KioskEnd gone;  // nobody is there any more, in the middle of the burst
  gone.join();
  gone.claims.come_to(Stage::Issued);
  gone.run(50);
  gone.run(400, 250);
  CHECK(gone.shows_scene("attract"));
  CHECK(gone.claims.count("end") == 1);
  CHECK(gone.stored_row("session_ended").find("idle") != std::string::npos);
}

TEST_CASE("nobody is asked whether they are still there while they are busy with their phone") {
  KioskEnd screen;
  screen.wait_for_phone();
  screen.run(180, 250);
  CHECK_FALSE(screen.shows("stay"));
  screen.join();
  screen.run(480, 250);
  CHECK_FALSE(screen.shows("stay"));
  screen.come_to(Stage::Ended, EndReason::HoldOver);
  screen.run(120, 250);
  CHECK(screen.shows("stay"));
}

TEST_CASE("a phone that walks away keeps its screen from asking no longer than it could need") {
  KioskEnd alone;  // nobody scans
  alone.wait_for_phone();
  alone.run(360, 250);
  CHECK(alone.shows("stay"));
  KioskEnd joined;  // and whatever the other end never says
  joined.wait_for_phone();
  joined.join();
  joined.run(4 * 119, 250);
  CHECK_FALSE(joined.shows("stay"));
  joined.run(4 * 30, 250);
  CHECK(joined.shows("stay"));
  joined.run(4 * 25, 250);
  CHECK(joined.shows_scene("attract"));
  for (const Stage stage : {Stage::Following, Stage::Paying}) {
    KioskEnd held;
    held.join();
    held.claims.set().seconds_left = held.claims.set().seconds_whole = 180;
    held.come_to(stage);
    held.run(4 * 180, 250);
    CHECK_FALSE(held.shows("stay"));
    held.run(4 * 35, 250);
    CHECK(held.shows("stay"));
  }
}

TEST_CASE("the prize is celebrated once, and at once for who asked for less motion") {
  KioskEnd screen;
  screen.join();
  screen.claims.come_to(Stage::Issued);
  screen.run(300);
  CHECK(screen.label_of("title") == "是你的了！");
  CHECK(screen.label_of("line") == "正红宣言 ・ 5 元到手");
  screen.claims.come_to(Stage::Redeemed);
  screen.run(3);
  CHECK(screen.label_of("stamp") == "已领取");
  app::AppOptions options;
  options.preferences.set(ui::Preference::ReducedMotion, true);
  ClaimEnd calm({1080, 1920}, options);
  calm.go_to_claim();
  calm.claims.come_to(Stage::Issued);
  calm.run(20);
  CHECK(calm.can_press("done"));
}
