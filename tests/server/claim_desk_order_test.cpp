// SPDX-License-Identifier: MIT
// Anything in any order.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/server/claim_story.h"

namespace vitrine::test {
namespace {

TEST_CASE("where staff start again no screen is closed until the disk has written it") {
  Story story;
  story.screen();
  story.desk->set_closed(true, "staff");
  story.settle();
  story.open(1, 8);
  CHECK(story.told(1, "reason") == "closed");
  story.held_up = true;
  story.desk->set_closed(false, "staff");
  story.show_ticket();
  CHECK(story.stage(1) == "waiting");
  story.phone();
  story.join();
  story.agree();
  story.held_up = false;
  story.settle();
  CHECK(story.stage(2) == "following");
  CHECK(story.pool().taken == 1);
}

// Staff stop, and start again while the queue is full.
void start_unheard(Story& story) {
  story.desk->set_closed(true, "staff");
  story.settle();
  story.queue_full = true;
  story.desk->set_closed(false, "staff");
  story.queue_full = false;
}

TEST_CASE("who agrees after staff's start has it, whatever kept the store from hearing of it") {
  Story story;
  story.screen();
  SECTION("the stop before it is not written either") {
    story.held_up = true;
    story.desk->set_closed(true, "staff");
    story.desk->set_closed(false, "staff");
    story.come_to_follow();
    story.held_up = false;
    story.settle();
  }
  SECTION("the queue was full") {
    start_unheard(story);
    story.come_to_follow();
  }
  SECTION("the disk was full, and who agreed is told to try again") {
    story.desk->set_closed(true, "staff");
    story.settle();
    story.disk_full = true;
    story.desk->set_closed(false, "staff");
    story.settle();
    story.come_to_follow();
    CHECK(story.stage(2) == "agreeing");
    CHECK(story.told(2, "notice") == "busy");
    story.disk_full = false;
    story.agree(2, 3);
  }
  SECTION("it was killed before it was written") {
    story.desk->set_closed(true, "staff");
    story.settle();
    story.queue_full = true;
    story.start();
    story.screen();
    story.desk->on_offer(story.offer);
    story.queue_full = false;
    story.come_to_follow();
  }
  CHECK(story.stage(1) == "following");
  CHECK(story.stage(2) == "following");
  CHECK(story.told(2, "reason") == "");
  CHECK(story.pool().taken == 1);
}

TEST_CASE("who cancels before the store has answered is not asked for once more") {
  Story story;
  story.screen();
  start_unheard(story);
  story.held_up = true;
  story.come_to_follow();
  story.act(2, ClaimKind::Cancel);
  story.held_up = false;
  story.settle();
  CHECK(story.told(2, "reason") == "cancelled");
  CHECK(story.told(2, "notice") == "");
  CHECK(story.desk->figures().counts.answers.count({ClaimVerb::Hold, ClaimAnswer::Done}) == 0);
}

TEST_CASE("staff's word goes to each pool once, however many there are") {
  Story story;
  for (const char* name : {"a", "b", "c", "d"}) {
    ClaimOffer other = story.offer;
    other.pool = "lip-popup/" + std::string(name);
    story.desk->on_offer(other);
  }
  story.settle();
  story.held_up = true;
  story.desk->set_closed(true, "staff");
  for (int i = 0; i < 3; ++i) {
    story.clock.advance_ms(1100);
    story.desk->on_tick();
  }
  CHECK(story.queue.size() == 5);
  story.held_up = false;
  story.settle();
  CHECK(story.desk->figures().counts.answers.count({ClaimVerb::SetPool, ClaimAnswer::Repeated}) ==
        0);
  CHECK_FALSE(story.desk->is_waiting());
  CHECK_FALSE(story.pool().open);
}

TEST_CASE("a pool that the store had no room for is made when it has") {
  Story story;
  ClaimOffer& other = story.second_offer.emplace(story.offer);
  other.pool = "lip-popup/pale-rose";
  SECTION("the queue was full") {
    story.queue_full = true;
    story.desk->on_offer(other);
    story.queue_full = false;
  }
  SECTION("the disk was full, and it was published again meanwhile") {
    story.disk_full = story.held_up = true;
    story.desk->on_offer(other);
    story.desk->on_offer(other);
    story.held_up = false;
    story.settle();
    story.disk_full = false;
  }
  REQUIRE(story.desk->pool(other.pool) == nullptr);
  story.clock.advance_ms(1100);
  story.desk->on_tick();
  story.settle();
  CHECK(story.desk->pool(other.pool) != nullptr);
}

TEST_CASE("the ledger names who stopped and who published, though both came in one write") {
  Story story;
  story.held_up = true;
  story.offer.price = {600, "CNY"};
  story.desk->on_offer(story.offer);
  story.offer.stock = 2;
  story.offer.stock_leads = true;
  story.offer.published_by = "second";
  story.desk->on_offer(story.offer);
  story.desk->set_closed(true, "first");
  story.held_up = false;
  story.settle();
  CHECK_FALSE(story.pool().open);
  CHECK(story.pool().stock == 2);
  std::vector<ClaimEvent> events;
  REQUIRE(story.reader->read_events(0, 100, events).ok());
  REQUIRE(events.size() >= 2);
  CHECK(events[events.size() - 2].actor == "first");
  CHECK(events[events.size() - 1].actor == "second");
}

TEST_CASE("a stop counts although the start before it is written after it") {
  Story story;
  story.screen();
  story.desk->set_closed(true, "staff");
  story.settle();
  story.held_up = true;
  story.desk->set_closed(false, "staff");
  story.desk->set_closed(true, "staff");
  story.open();
  CHECK(story.told(1, "reason") == "closed");
  story.held_up = false;
  story.settle();
  CHECK_FALSE(story.pool().open);
}

TEST_CASE("where the store stays closed nobody asks it for ever") {
  Story story;
  story.screen();
  start_unheard(story);
  story.come_to_agree();
  story.only_holds = true;
  story.agree();
  CHECK(story.stage(2) == "agreeing");
  CHECK(story.told(2, "notice") == "busy");
  CHECK(story.pool().taken == 0);
  story.only_holds = false;
  story.agree(2, 3);
  CHECK(story.stage(2) == "following");
}

TEST_CASE("a claim that is over keeps nobody from another, although its payment has no end") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const std::string first = story.provider.payment.reference;
  const Id128 claim = story.claim();
  story.act(2, ClaimKind::Cancel);
  story.open(1, 9);
  story.ticket = *Id128::from_hex(story.told(1, "ticket"));
  story.join(2, 30);
  CHECK(story.stage(2) == "agreeing");
  story.agree(2, 31);
  CHECK(story.stage(2) == "following");
  story.provider.events->on_paid(first, {500, "CNY"}, claim);
  story.settle();
  CHECK(story.provider.refunds == std::vector<std::string>{first});
  CHECK(story.stage(2) == "following");
}

TEST_CASE("a refusal that is told late, or once more, takes nothing from who follows by then") {
  Story story;
  story.come_to_follow();
  story.held_up = true;
  story.provider.events->on_followed(story.claim(), "member-1");
  story.provider.events->on_follow_failed(story.claim(), FollowFailure::Refused);
  story.held_up = false;
  story.settle();
  CHECK(story.stage(2) == "paying");
  CHECK(story.pool().taken == 1);
}

TEST_CASE("whatever order things happen in, stock and money add up") {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    INFO("seed " << seed);
    Story story;
    story.random = Random(seed);
    story.offer.stock = 3;
    Random choice(seed * 7919);
    story.screen(1, "kiosk-1");
    story.screen(2, "kiosk-2");
    for (ConnectionId phone = 10; phone < 14; ++phone) story.phone(phone);
    for (int step = 0; step < 200; ++step) {
      const ConnectionId screen = 1 + choice.below(2);
      const ConnectionId phone = 10 + choice.below(4);
      const auto key = static_cast<uint8_t>(1 + choice.below(12));  // some come twice
      story.held_up = choice.below(3) == 0;
      std::vector<Claim> claims;
      REQUIRE(story.reader->read_newest(4, claims).ok());
      const Claim* some =
          claims.empty() ? nullptr : &claims[choice.below(static_cast<uint32_t>(claims.size()))];
      switch (choice.below(17)) {
        case 0:
        case 1:
          story.open(screen, static_cast<uint8_t>(1 + choice.below(250)));
          story.changed.insert(screen);
          if (const auto shown = Id128::from_hex(story.told(screen, "ticket"))) {
            story.ticket = *shown;
          }
          break;
        case 2:
        case 3:
          story.join(phone, key);
          break;
        case 4:
        case 5:
          story.agree(phone, key);
          break;
        case 6:
          story.act(phone, ClaimKind::Follow);
          break;
        case 7:
        case 8:
          story.provider.attempt = step;
          story.act(phone, ClaimKind::Pay);
          break;
        case 9:
          story.act(choice.below(2) == 0 ? screen : phone, ClaimKind::NotMe);
          break;
        case 10:
          story.act(phone, ClaimKind::Cancel);
          break;
        case 11:
          story.act(screen, ClaimKind::Close);
          break;
        case 12:
          if (some) {
            story.provider.events->on_followed(some->claim, "m" + std::to_string(choice.below(3)));
          }
          break;
        case 13:
          if (some && !some->payment_reference.empty()) {
            story.provider.events->on_paid(some->payment_reference, {500, "CNY"}, some->claim);
          }
          break;
        case 14:
          if (some && !some->payment_reference.empty()) {
            story.provider.events->on_payment_failed(some->payment_reference,
                                                     PaymentFailure::Declined);
          }
          break;
        case 16:
          story.desk->on_left(phone);
          story.phone(phone, std::string(32, static_cast<char>('a' + choice.below(4))));
          break;
        case 15:
          story.clock.advance_ms(choice.below(40'000));
          story.desk->on_tick();
          break;
      }
      story.settle();
      CHECK(story.pool().taken <= story.pool().stock);
    }
    story.held_up = false;
  }
}

TEST_CASE("a provider is asked once, however often a phone taps and comes back") {
  Story story;
  story.come_to_follow();
  story.provider.silent = true;
  const size_t before = story.provider.visits.size();
  const std::string holder = story.holder();
  for (ConnectionId phone = 10; phone < 15; ++phone) {
    story.phone(phone, holder);
    for (int tap = 0; tap < 5; ++tap) story.act(phone, ClaimKind::Follow);
  }
  CHECK(story.provider.visits.size() == before + 1);
  // What it says is for who is there now.
  story.provider.events->on_follow_page(story.claim(), std::string("https://shop.example/late"));
  CHECK(story.told(14, "action") == "https://shop.example/late");
  CHECK(story.told(14, "answered") == std::to_string(story.requests));
  story.act(14, ClaimKind::Follow);
  CHECK(story.provider.visits.size() == before + 2);
}

}  // namespace
}  // namespace vitrine::test
