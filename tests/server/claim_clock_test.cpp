// SPDX-License-Identifier: MIT
// Somebody sets the server's clock, by an hour or a day, forward or back, while tickets, holds,
// payments, vouchers and tokens are about (docs/claims.md says what goes by which clock).
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tests/server/claim_invariants.h"
#include "tests/server/claim_peers.h"
#include "tests/server/set_clock.h"
#include "tests/server/temporary_directory.h"
#include "tests/server/web_asking.h"

namespace vitrine::test {
namespace {

using protocol::ClaimKind;

constexpr int64_t kHour = 3'600'000;
constexpr int64_t kDay = 24 * kHour;

struct SetServer {
  SetClock clock{ServerClock().wall_ms()};
  TemporaryDirectory directory;
  LiveServer server{options()};
  int screens = 0;

  LiveServerOptions options() {
    LiveServerOptions made;
    made.clock = &clock;
    made.registry_directory = directory.path();
    return made;
  }
  // The wall clock alone is set, and the server has seen it.
  void set_by(int64_t by) {
    const double before = server.metric("vitrine_claim_clock_jumps_total");
    clock.set_by_ms(by);
    REQUIRE(wait_until([&] { return server.metric("vitrine_claim_clock_jumps_total") > before; }));
  }
  std::unique_ptr<ScreenPeer> screen() {
    auto made = std::make_unique<ScreenPeer>(server, "screen-" + std::to_string(++screens));
    made->open("true-red");
    REQUIRE(made->wait_for("waiting"));
    return made;
  }
  std::unique_ptr<PhonePeer> phone_at(ScreenPeer& screen) {
    auto made = std::make_unique<PhonePeer>(server);
    made->join(screen.member("ticket"));
    REQUIRE(made->wait_for("agreeing"));
    return made;
  }
  void hold(PhonePeer& phone) {
    phone.agree();
    REQUIRE(phone.wait_for("following"));
  }
  void follow(PhonePeer& phone) {
    phone.act(ClaimKind::Follow);
    const std::string page = phone.wait_for_action();
    REQUIRE(post_form(server.port(), page, "choice=follow").status == 303);
    REQUIRE(phone.wait_for("paying"));
  }
  void pay(PhonePeer& phone, const std::string& choice) {
    phone.act(ClaimKind::Pay);
    const std::string page = phone.wait_for_action();
    REQUIRE(post_form(server.port(), page, "choice=" + choice).status == 303);
  }
  std::string wrong() { return check_claims(*server.claims().open_reader().value()); }
};

int64_t number(const ClaimPeer& peer, std::string_view name) {
  return std::stoll("0" + peer.member(name));
}

TEST_CASE("an hour or a day, forward or back: everybody goes on where they are") {
  for (const int64_t by : {kHour, -kHour, kDay, -kDay}) {
    INFO("set by " << by / kHour << " hours");
    SetServer set;
    const auto first = set.screen(), second = set.screen(), third = set.screen();
    const auto holding = set.phone_at(*first), winner = set.phone_at(*second);
    set.hold(*holding);
    set.hold(*winner);
    set.follow(*winner);
    set.pay(*winner, "pay");
    REQUIRE(winner->wait_for("issued"));
    const std::string code = winner->member("code");
    const int64_t told = number(*winner, "time");

    set.set_by(by);

    // The voucher's phone hears of it at once: its QR changes by the server's clock.
    while (std::abs(number(*winner, "time") - told - by) > kHour / 2) {
      REQUIRE(winner->read_state() != "");
    }
    CHECK(winner->member("code") == code);
    // The ticket is as good as it was, and the hold as long.
    const auto late = set.phone_at(*third);
    set.hold(*late);
    set.follow(*holding);
    CHECK(number(*holding, "left") > 0);
    CHECK(number(*holding, "left") <= number(*holding, "whole"));
    CHECK(number(*holding, "whole") == 180'000);
    set.pay(*holding, "pay");
    REQUIRE(holding->wait_for("issued"));
    CHECK(set.wrong() == "");
  }
}

TEST_CASE("a hold ends when its time is over, whatever the clock says") {
  for (const int64_t by : {-kDay, kDay}) {
    SetServer set;
    const auto screen = set.screen();
    const auto phone = set.phone_at(*screen);
    set.hold(*phone);
    set.set_by(by);
    set.clock.hurry_ms(100'000);
    set.follow(*phone);  // there is time left
    set.clock.hurry_ms(81'000);
    phone->wait_until_not("paying");
    CHECK(phone->member("reason") == "hold_over");
    CHECK(set.wrong() == "");
  }
}

TEST_CASE("a ticket ends when its time is over, whatever the clock says") {
  SetServer set;
  const auto screen = set.screen();
  set.set_by(-kDay);
  set.clock.hurry_ms(91'000);
  screen->wait_until_not("waiting");
  CHECK(screen->member("reason") == "code_over");
}

TEST_CASE("money of before the clock was set back is asked for all the same") {
  SetServer set;
  const auto screen = set.screen();
  const auto phone = set.phone_at(*screen);
  set.hold(*phone);
  set.follow(*phone);
  set.pay(*phone, "silent");  // the provider has it and does not say so
  set.set_by(-kDay);
  set.clock.hurry_ms(31'000);
  REQUIRE(phone->wait_for("issued"));
  CHECK(set.wrong() == "");
}

TEST_CASE(
    "a token goes by the calendar: days later a page asks for another and is the same phone") {
  SetServer set;
  const auto screen = set.screen();
  const auto phone = set.phone_at(*screen);
  set.hold(*phone);
  set.follow(*phone);
  set.pay(*phone, "pay");
  REQUIRE(phone->wait_for("issued"));
  const std::string holder = phone->member("holder");
  const std::string hello = PhonePeer::hello_text(set.server, holder);
  set.set_by(3 * kDay);
  ClaimPeer old(set.server, true);
  old.send(hello);
  CHECK(old.closed_with() == 4401);
  // A voucher goes by the calendar, too: this one was good for a day.
  phone->reconnect();
  REQUIRE(phone->stage() == "issued");
  CHECK(phone->member("holder") == holder);
  CHECK(number(*phone, "valid_until") < set.clock.wall_ms());
}

}  // namespace
}  // namespace vitrine::test
