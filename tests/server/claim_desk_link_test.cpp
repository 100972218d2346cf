// SPDX-License-Identifier: MIT
// Which phone belongs to which screen, and what ends it.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/server/claim_story.h"

namespace vitrine::test {
namespace {

TEST_CASE("not me, said by either, ends it and gives back what was held") {
  for (const ConnectionId who : {ConnectionId{1}, ConnectionId{2}}) {
    Story story;
    story.come_to_follow();
    CHECK(story.pool().taken == 1);
    story.act(who, ClaimKind::NotMe);
    CHECK(story.told(1, "reason") == "not_me");
    CHECK(story.told(2, "reason") == "not_me");
    CHECK(story.pool().taken == 0);
    story.phone(5);
    story.join(5, 7);
    CHECK(story.told(5, "reason") == "code_over");
  }
}

TEST_CASE("the wipe ends the link at once: a phone that had not agreed is refused") {
  Story story;
  story.come_to_agree();
  story.act(1, ClaimKind::Close);
  CHECK(story.told(2, "reason") == "session_over");
  story.agree();
  CHECK(story.told(2, "reason") == "session_over");
  CHECK(story.pool().taken == 0);
}

TEST_CASE("a phone that had agreed goes on by itself, and the next shopper's screen sees nothing") {
  Story story;
  story.come_to_pay();
  story.open(1, 77);
  CHECK(story.stage(1) == "waiting");
  CHECK(story.stage(2) == "paying");
  story.pay();
  CHECK(story.stage(2) == "issued");
  CHECK(story.stage(1) == "waiting");
  CHECK(story.told(1, "code") == "");
  CHECK(story.told(1, "phone_mark") == "");
}

TEST_CASE("a screen that was wiped while something was being held does not keep it held") {
  Story story;
  story.come_to_agree();
  story.held_up = true;
  story.agree();
  story.act(1, ClaimKind::Close);
  story.held_up = false;
  story.settle();
  CHECK(story.pool().taken == 0);
}

TEST_CASE(
    "a phone that went to another screen while something was being held has nothing held there") {
  Story story;
  story.come_to_agree();
  story.held_up = true;
  story.agree();
  story.desk->on_screen(6, "kiosk-2", "lip-popup", "p/");
  story.open(6, 3);
  story.ticket = *Id128::from_hex(story.told(6, "ticket"));
  story.join(2, 60);
  CHECK(story.stage(6) == "agreeing");
  SECTION("nothing is held, and none of it shows") {
    story.held_up = false;
    story.settle();
    CHECK(story.pool().taken == 0);
    CHECK(story.stage(2) == "agreeing");
    CHECK(story.stage(6) == "agreeing");
    story.agree(2, 61);
    CHECK(story.stage(6) == "following");
    CHECK(story.pool().taken == 1);
  }
  SECTION("who has agreed to the same there by then keeps it") {
    story.agree(2, 61);
    story.held_up = false;
    story.settle();
    CHECK(story.stage(2) == "following");
    CHECK(story.stage(6) == "following");
    CHECK(story.pool().taken == 1);
  }
}

TEST_CASE("the newest connection of a phone or a screen wins") {
  Story story;
  story.come_to_follow();
  const std::string holder = story.told(2, "holder");
  story.phone(8, holder.substr(holder.rfind('.') + 1));
  CHECK(story.closed.at(2) == protocol::CloseCode::Replaced);
  story.desk->on_left(2);
  CHECK(story.stage(8) == "following");
  story.screen(9, "kiosk-1");
  CHECK(story.closed.at(1) == protocol::CloseCode::Replaced);
  story.desk->on_left(1);
  story.clock.advance_ms(kScreenGraceMs + 1);
  story.desk->on_tick();
  CHECK(story.stage(9) == "following");
}

TEST_CASE("acts that do not fit the stage change nothing and are answered") {
  Story story;
  story.show_ticket();
  story.phone();
  for (const ClaimKind kind : {ClaimKind::Agree, ClaimKind::Follow, ClaimKind::Pay,
                               ClaimKind::Cancel, ClaimKind::NotMe, ClaimKind::Open}) {
    story.act(2, kind);
    CHECK(story.told(2, "answered") == std::to_string(story.requests));
    CHECK(story.stage(2) == "none");
  }
  for (const ClaimKind kind : {ClaimKind::Join, ClaimKind::Agree, ClaimKind::Pay}) {
    story.act(1, kind);
    CHECK(story.stage(1) == "waiting");
  }
}

TEST_CASE("a phone that takes over another's link leaves nothing of its own name behind") {
  Story story;
  story.come_to_agree();
  const std::string other(32, 'a');
  story.phone(5, other);
  story.join(5, 1);  // the same ticket and key: it overheard both
  CHECK(story.closed.count(2) == 1);
  story.desk->on_left(2);
  story.desk->on_left(5);
  story.phone(6, other);
  CHECK(story.stage(6) == "none");
  story.desk->on_tick();
}

TEST_CASE("who joins and agrees to nothing has walked away after three minutes") {
  Story story;
  story.come_to_agree();
  story.clock.advance_ms(kAgreeLifeMs - 1000);
  story.desk->on_tick();
  CHECK(story.stage(1) == "agreeing");
  story.clock.advance_ms(1000);
  story.desk->on_tick();
  CHECK(story.told(1, "reason") == "session_over");
  CHECK(story.told(2, "reason") == "session_over");
}

TEST_CASE("who has agreed is linked as long as the shopper is there") {
  Story story;
  story.offer.hold_ms = 900'000;
  story.come_to_follow();
  story.clock.advance_ms(2 * kAgreeLifeMs);
  story.desk->on_tick();
  CHECK(story.stage(1) == "following");
}

TEST_CASE("an old code takes nothing from a phone that has something") {
  Story story;
  story.come_to_pay();
  const Id128 spent = story.ticket;
  story.ticket.bytes[3] ^= 1;
  story.join(2, 50);
  CHECK(story.stage(2) == "paying");
  story.ticket = spent;  // its own, scanned again
  story.join(2, 51);
  CHECK(story.stage(2) == "paying");
  CHECK(story.stage(1) == "paying");
}

TEST_CASE("a phone that goes to another screen leaves the first one, which is told") {
  Story story;
  story.come_to_agree();
  CHECK(story.stage(1) == "agreeing");
  story.desk->on_screen(6, "kiosk-2", "lip-popup", "p/");
  story.open(6, 3);
  story.ticket = *Id128::from_hex(story.told(6, "ticket"));
  story.join(2, 60);
  CHECK(story.told(1, "reason") == "not_me");
  CHECK(story.stage(6) == "agreeing");
}

TEST_CASE(
    "a hold that is written while its phone goes to another screen is nothing of that one's") {
  Story story;
  story.come_to_agree();
  story.desk->on_screen(6, "kiosk-2", "lip-popup", "p/");
  story.open(6, 3);
  story.held_up = true;
  story.agree();
  story.ticket = *Id128::from_hex(story.told(6, "ticket"));
  story.join(2, 60);
  story.held_up = false;
  story.settle();
  CHECK(story.stage(6) == "agreeing");
  CHECK(story.stage(2) == "agreeing");
  CHECK(story.told(1, "reason") == "not_me");
  CHECK(story.pool().taken == 0);
  story.agree(2, 61);
  CHECK(story.stage(6) == "following");
  CHECK(story.pool().taken == 1);
}

TEST_CASE("what a phone began at one screen never shows on the next") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const std::string reference = story.provider.payment.reference;
  const Id128 first = story.claim();
  story.provider.events->on_payment_failed(reference, PaymentFailure::Declined);
  story.settle();
  story.desk->on_screen(6, "kiosk-2", "lip-popup", "p/");
  story.open(6, 3);
  story.ticket = *Id128::from_hex(story.told(6, "ticket"));
  story.join(2, 60);
  CHECK(story.stage(6) == "agreeing");
  story.provider.events->on_paid(reference, {500, "CNY"}, first);  // it was paid after all
  story.settle();
  CHECK(story.stage(6) == "agreeing");
  CHECK(story.told(6, "code") == "");
}

}  // namespace
}  // namespace vitrine::test
