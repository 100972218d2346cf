// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "engine/base/random.h"
#include "server/handoff/handoff_book.h"

namespace vitrine {
namespace {

using protocol::ClaimEnd;

Id128 id(uint8_t last) {
  Id128 made;
  made.bytes[15] = last;
  return made;
}

struct Shop {
  Random random{3};
  HandoffBook book{[this](uint32_t limit) { return random.below(limit); }};
  int64_t now = 1000;

  const Handoff* open(std::string_view screen, uint8_t ticket, uint8_t session = 1) {
    return book.open({screen, id(session), "lip-popup", "true-red", id(ticket)}, now);
  }
  const Handoff* join(uint8_t ticket, uint8_t key, std::string_view holder) {
    return book.join({id(ticket), id(key), holder, "lip-popup"}, now);
  }
};

TEST_CASE("the first tap wins and everybody after it learns nothing") {
  Shop shop;
  shop.open("kiosk-1", 7);
  const Handoff* first = shop.join(7, 1, "phone-a");
  REQUIRE(first != nullptr);
  CHECK(first->phase == HandoffPhase::Linked);
  CHECK(first->session == id(1));
  CHECK(shop.join(7, 2, "phone-b") == nullptr);
  CHECK(shop.join(8, 3, "phone-b") == nullptr);  // never was
  CHECK(shop.book.of_holder("phone-b") == nullptr);
  CHECK(shop.book.of_screen("kiosk-1")->holder == "phone-a");
}

TEST_CASE("a phone that lost the answer asks again with its key and has the same link") {
  Shop shop;
  shop.open("kiosk-1", 7);
  const std::string mark = shop.join(7, 1, "phone-a")->phone_mark;
  shop.now += kTicketLifeMs + 5000;
  shop.book.tick(shop.now);
  const Handoff* again = shop.join(7, 1, "phone-a");
  REQUIRE(again != nullptr);
  CHECK(again->phone_mark == mark);
  CHECK(again->phase == HandoffPhase::Linked);
  // A key that was overheard is no way to take the link over: it stays the first one's.
  CHECK(shop.join(7, 1, "phone-b")->holder == "phone-a");
}

TEST_CASE("a ticket is over after ninety seconds, to the millisecond") {
  Shop shop;
  shop.open("kiosk-1", 7);
  shop.now += kTicketLifeMs - 1;
  CHECK(shop.book.tick(shop.now).empty());
  shop.now += 1;
  CHECK(shop.join(7, 1, "phone-a") == nullptr);
  REQUIRE(shop.book.tick(shop.now).size() == 1);
  CHECK(shop.book.of_screen("kiosk-1")->end == ClaimEnd::CodeOver);
}

TEST_CASE("two digits for each end, different while they can be") {
  Shop shop;
  std::map<std::string, int> seen;
  for (uint8_t i = 0; i < 20; ++i) {
    const std::string screen = "kiosk-" + std::to_string(i);
    shop.open(screen, static_cast<uint8_t>(100 + i));
    const Handoff* joined = shop.join(static_cast<uint8_t>(100 + i), 1, "phone-" + screen);
    REQUIRE(joined != nullptr);
    for (const std::string& mark : {joined->screen_mark, joined->phone_mark}) {
      REQUIRE(mark.size() == 2);
      CHECK(mark >= "10");
      CHECK(mark <= "99");
      CHECK(++seen[mark] == 1);
    }
  }
}

TEST_CASE("not me ends the link and the ticket for good") {
  Shop shop;
  const uint64_t number = shop.open("kiosk-1", 7)->number;
  shop.join(7, 1, "phone-a");
  shop.book.end(number, ClaimEnd::NotMe, shop.now);
  CHECK(shop.book.of_screen("kiosk-1")->end == ClaimEnd::NotMe);
  CHECK(shop.join(7, 2, "phone-b") == nullptr);
  shop.book.end(number, ClaimEnd::SessionOver, shop.now);
  CHECK(shop.book.of_screen("kiosk-1")->end == ClaimEnd::NotMe);  // the first reason holds
}

TEST_CASE("the next shopper's code ends what the last one had, joined or not") {
  Shop shop;
  shop.open("kiosk-1", 7, 1);
  shop.join(7, 1, "phone-a");
  shop.open("kiosk-1", 8, 2);
  CHECK(shop.book.of_holder("phone-a")->phase == HandoffPhase::Over);
  CHECK(shop.book.of_holder("phone-a")->end == ClaimEnd::SessionOver);
  const Handoff* next = shop.book.of_screen("kiosk-1");
  CHECK(next->session == id(2));
  CHECK(next->holder.empty());
  CHECK(shop.join(7, 2, "phone-b") == nullptr);
}

TEST_CASE("a phone is at one screen at a time") {
  Shop shop;
  shop.open("kiosk-1", 7);
  shop.open("kiosk-2", 8);
  shop.join(7, 1, "phone-a");
  shop.join(8, 2, "phone-a");
  CHECK(shop.book.of_screen("kiosk-1")->phase == HandoffPhase::Over);
  CHECK(shop.book.of_holder("phone-a")->screen == "kiosk-2");
}

TEST_CASE("a screen that is back in time keeps its phone, one that is not has lost its shopper") {
  Shop shop;
  shop.open("kiosk-1", 7);
  shop.join(7, 1, "phone-a");
  shop.book.screen_left("kiosk-1", shop.now);
  shop.now += kScreenGraceMs - 1;
  CHECK(shop.book.tick(shop.now).empty());
  shop.book.screen_came("kiosk-1");
  shop.now += 2 * kScreenGraceMs;
  CHECK(shop.book.tick(shop.now).empty());
  shop.book.screen_left("kiosk-1", shop.now);
  shop.now += kScreenGraceMs;
  REQUIRE(shop.book.tick(shop.now).size() == 1);
  CHECK(shop.book.of_holder("phone-a")->end == ClaimEnd::SessionOver);
}

TEST_CASE("what is over is forgotten after a while, what is linked never is") {
  Shop shop;
  shop.open("kiosk-1", 7);
  shop.open("kiosk-2", 8);
  shop.book.keep(shop.join(8, 1, "phone-a")->number);
  shop.now += kTicketLifeMs;
  shop.book.tick(shop.now);
  shop.now += kOverLifeMs;
  shop.book.tick(shop.now);
  CHECK(shop.book.of_screen("kiosk-1") == nullptr);
  REQUIRE(shop.book.of_screen("kiosk-2") != nullptr);
  CHECK(shop.book.size() == 1);
}

TEST_CASE("a flood of codes fills the book and no more, and linked phones stay linked") {
  Shop shop;
  shop.open("kiosk-linked", 7);
  shop.join(7, 1, "phone-a");
  Random random(5);
  size_t refused = 0;
  for (size_t i = 0; i < kMaxHandoffs + 500; ++i) {
    Id128 ticket;
    for (uint8_t& byte : ticket.bytes) byte = static_cast<uint8_t>(random.next());
    const std::string screen = "flood-" + std::to_string(i);
    if (shop.book.open({screen, id(1), "c", "p", ticket}, shop.now) == nullptr) ++refused;
  }
  CHECK(refused == 501);
  CHECK(shop.book.size() == kMaxHandoffs);
  CHECK(shop.book.of_holder("phone-a")->phase == HandoffPhase::Linked);
  shop.now += kTicketLifeMs + kOverLifeMs + 1;
  shop.book.tick(shop.now);
  CHECK(shop.open("kiosk-2", 9) != nullptr);
}

}  // namespace
}  // namespace vitrine
