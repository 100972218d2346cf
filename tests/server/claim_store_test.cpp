// SPDX-License-Identifier: MIT
// What every store of claims promises about things, asked of each of them. People are in
// claim_people_test.cpp, money in claim_money_test.cpp.
#include <catch2/catch.hpp>

#include "tests/server/claim_commands.h"
#include "tests/server/claim_fixture.h"

using namespace vitrine;
using namespace vitrine::test;
using rules::ClaimState;
using rules::ReleaseReason;

TEST_CASE("a hold takes one thing and everything asked is kept with it") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(3, kPrice));
  ClaimCommand asked = hold(1, "phone-1", "key-1");
  asked.session = claim_id(77);
  asked.consents = {{"statistics", "1", "zh", false, 0},
                    {"terms", "2026-11", "zh", true, kNow - 5}};
  const ClaimOutcome held = fixture.done(asked);
  REQUIRE(held.claim);
  CHECK(held.pool->remaining() == 2);
  const Claim claim = fixture.claim(1);
  CHECK(claim == *held.claim);
  CHECK(claim.state == ClaimState::Held);
  CHECK(claim.pool == kPool);
  CHECK(claim.holder == "phone-1");
  CHECK(claim.product == "true-red");
  CHECK(claim.session == claim_id(77));
  CHECK(claim.price == kPrice);
  CHECK(claim.needs_follow);
  CHECK(claim.held_time == kNow);
  CHECK(claim.hold_until == kNow + kHoldMs);
  std::vector<Consent> consents;
  REQUIRE(fixture.reader->read_consents(claim_id(1), consents).ok());
  CHECK(consents == asked.consents);
}

TEST_CASE("the same request gets the same claim, whatever has happened since") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(1));
  fixture.done(hold(1, "phone-1", "key-1"));
  CHECK(fixture.apply(hold(2, "phone-1", "key-1")).claim->claim == claim_id(1));
  fixture.done(follow(1, "li"));
  fixture.done(issue(1, 1));
  ClaimCommand close = set_pool(1);
  close.open = false;
  fixture.done(close);
  const ClaimOutcome again = fixture.apply(hold(3, "phone-1", "key-1"));
  CHECK(again.answer == ClaimAnswer::Repeated);
  CHECK(again.claim->code == code_of(1));
  fixture.done(redeem(1, "till-key"));
  CHECK(fixture.apply(hold(4, "phone-1", "key-1")).claim->state == ClaimState::Redeemed);
  CHECK(fixture.events().size() == 6);
}

TEST_CASE("another's key is another, and one's own is for one thing") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5));
  fixture.done(set_pool(5, {}, "lip-popup/coral"));
  fixture.done(hold(1, "phone-1", "key"));
  const ClaimOutcome other = fixture.done(hold(2, "phone-2", "key"));
  CHECK(other.claim->claim == claim_id(2));
  ClaimCommand elsewhere = hold(3, "phone-1", "key");
  elsewhere.pool = "lip-popup/coral";
  const ClaimOutcome refused = fixture.apply(elsewhere);
  CHECK(refused.answer == ClaimAnswer::BadCommand);
  CHECK_FALSE(refused.claim);
}

TEST_CASE("a holder has one claim of a pool at a time, and a new one after giving it back") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5));
  fixture.done(hold(1, "phone-1", "key-1"));
  const ClaimOutcome second = fixture.apply(hold(2, "phone-1", "key-2"));
  CHECK(second.answer == ClaimAnswer::AlreadyHas);
  CHECK(second.claim->claim == claim_id(1));
  CHECK(second.pool->remaining() == 4);
  fixture.done(release(1));
  CHECK(fixture.done(hold(2, "phone-1", "key-2")).claim->claim == claim_id(2));
  std::vector<Claim> claims;
  REQUIRE(fixture.reader->read_holder("phone-1", 10, claims).ok());
  REQUIRE(claims.size() == 2);
  CHECK(claims[0].claim == claim_id(2));
}

TEST_CASE("a pool that is unknown, closed or sold out says which") {
  FOR_EVERY_CLAIM_STORE();
  CHECK(fixture.answer(hold(1, "phone-1", "key")) == ClaimAnswer::NoSuchPool);
  ClaimCommand closed = set_pool(1);
  closed.open = false;
  fixture.done(closed);
  CHECK(fixture.answer(hold(1, "phone-1", "key")) == ClaimAnswer::PoolClosed);
  fixture.done(set_pool(1));
  fixture.done(hold(1, "phone-1", "key"));
  CHECK(fixture.answer(hold(2, "phone-2", "key")) == ClaimAnswer::SoldOut);
  SECTION("and a refusal is not remembered: it may work when there is stock again") {
    fixture.done(release(1));
    fixture.done(hold(2, "phone-2", "key"));
  }
}

TEST_CASE("a pool is never made smaller than what is taken, and told twice changes once") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(3));
  fixture.done(hold(1, "phone-1", "key"));
  fixture.done(hold(2, "phone-2", "key"));
  CHECK(fixture.answer(set_pool(1)) == ClaimAnswer::StockTaken);
  CHECK(fixture.answer(set_pool(3)) == ClaimAnswer::Repeated);
  CHECK(fixture.done(set_pool(2)).pool->remaining() == 0);
  SECTION("a new price is of new claims") {
    fixture.done(set_pool(3, kPrice));
    fixture.done(hold(3, "phone-3", "key"));
    CHECK(fixture.claim(1).price == Money());
    CHECK(fixture.claim(3).price == kPrice);
  }
}

TEST_CASE("a gift is issued once its holder follows, and asked twice keeps its code") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(2));
  fixture.done(hold(1, "phone-1", "key"));
  CHECK(fixture.answer(issue(1, 1)) == ClaimAnswer::NotFollowed);
  fixture.done(follow(1, "li"));
  fixture.done(issue(1, 1));
  CHECK(fixture.apply(issue(1, 2)).answer == ClaimAnswer::Repeated);
  CHECK(fixture.claim(1).code == code_of(1));
  CHECK(fixture.reader->find_code(code_of(1)).value()->claim == claim_id(1));
  ClaimCommand free = hold(2, "phone-2", "key");
  free.needs_follow = false;
  fixture.done(free);
  CHECK(fixture.answer(issue(2, 1)) == ClaimAnswer::CodeInUse);
  CHECK(fixture.claim(2).state == ClaimState::Held);
  fixture.done(issue(2, 2));
  CHECK(fixture.answer(issue(9, 3)) == ClaimAnswer::NoSuchClaim);
}

TEST_CASE("a voucher is redeemed once, by whoever asks first, until its time is over") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(2));
  fixture.done(hold(1, "phone-1", "key"));
  fixture.done(follow(1, "li"));
  ClaimCommand issued = issue(1, 1);
  issued.until = kNow + 1000;
  fixture.done(issued);
  CHECK(fixture.answer(redeem(2, "a")) == ClaimAnswer::NoSuchClaim);
  CHECK(fixture.answer(redeem(1, "a", kNow + 1000)) == ClaimAnswer::VoucherOver);
  CHECK(fixture.done(redeem(1, "a", kNow + 999)).claim->state == ClaimState::Redeemed);
  CHECK(fixture.answer(redeem(1, "a", kNow + 5000)) == ClaimAnswer::Repeated);
  CHECK(fixture.answer(redeem(1, "b", kNow + 999)) == ClaimAnswer::NotNow);
  CHECK(fixture.answer(redeem(2, "a")) == ClaimAnswer::BadCommand);
  CHECK(fixture.claim(1).ended_time == kNow + 999);
  CHECK(fixture.answer(release(1)) == ClaimAnswer::NotNow);
  CHECK(fixture.answer(void_claim(1)) == ClaimAnswer::NotNow);
}

TEST_CASE("a till's key and a phone's never meet") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(2));
  fixture.done(hold(1, "till-1", "key"));
  fixture.done(follow(1, "li"));
  fixture.done(issue(1, 1));
  fixture.done(redeem(1, "key"));
}

TEST_CASE("holds whose time is over go back to the stock, the longest overdue first") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5));
  fixture.done(hold(1, "phone-1", "key", kNow + 20));
  fixture.done(hold(2, "phone-2", "key", kNow));
  fixture.done(hold(3, "phone-3", "key", kNow + 10));
  fixture.done(hold(4, "phone-4", "key", kNow));
  fixture.done(follow(4, "li"));
  fixture.done(issue(4, 1));
  CHECK(fixture.done(expire(kNow + kHoldMs - 1)).changed == 0);
  CHECK(fixture.done(expire(kNow + kHoldMs)).changed == 1);
  CHECK(fixture.claim(2).reason == ReleaseReason::HoldOver);
  CHECK(fixture.claim(2).ended_time == kNow + kHoldMs);
  CHECK(fixture.done(expire(kNow + 2 * kHoldMs, 1)).changed == 1);
  CHECK(fixture.claim(3).state == ClaimState::Released);
  CHECK(fixture.done(expire(kNow + 2 * kHoldMs, 0)).changed == 0);
  CHECK(fixture.done(expire(kNow + 2 * kHoldMs)).changed == 1);
  CHECK(fixture.claim(4).state == ClaimState::Issued);
  CHECK(fixture.pool().taken == 1);
  CHECK(fixture.answer(release(1)) == ClaimAnswer::Repeated);
}

TEST_CASE("holds move with a clock that was set, and nothing else does") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5));
  ClaimCommand move = command(ClaimVerb::MoveHolds);
  move.until = -3'600'000;
  CHECK(fixture.done(move).changed == 0);
  CHECK(fixture.events().size() == 1);  // nothing was done
  fixture.done(hold(1, "phone-1", "key"));
  fixture.done(hold(2, "phone-2", "key"));
  fixture.done(follow(2, "li"));
  fixture.done(issue(2, 1));
  const Claim issued = fixture.claim(2);
  CHECK(fixture.done(move).changed == 1);
  CHECK(fixture.claim(1).held_time == kNow - 3'600'000);
  CHECK(fixture.claim(1).hold_until == kNow - 3'600'000 + kHoldMs);
  CHECK(fixture.claim(2) == issued);
  CHECK(fixture.events().back().verb == ClaimVerb::MoveHolds);
  CHECK(fixture.events().back().reference == "-3600000 ms");
  CHECK(fixture.done(expire(kNow - 3'600'000 + kHoldMs - 1)).changed == 0);
  CHECK(fixture.done(expire(kNow - 3'600'000 + kHoldMs)).changed == 1);
}

TEST_CASE("a hold that is longer than any may be goes back to the stock") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5));
  fixture.done(hold(1, "phone-1", "key", kNow));
  fixture.done(hold(2, "phone-2", "key", kNow + 1));
  ClaimCommand latest = expire(kNow);
  latest.until = kNow + kHoldMs;
  CHECK(fixture.done(latest).changed == 1);
  CHECK(fixture.claim(1).state == ClaimState::Held);
  CHECK(fixture.claim(2).state == ClaimState::Released);
}

TEST_CASE("a clock that jumps releases a hold early or late, and breaks nothing") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(2));
  constexpr int64_t kYear = 365LL * 24 * 3600 * 1000;
  fixture.done(hold(1, "phone-1", "key", kNow));
  fixture.done(hold(2, "phone-2", "key", kNow - kYear));
  CHECK(fixture.done(expire(kNow - kYear)).changed == 0);
  CHECK(fixture.done(expire(kNow + 1)).changed == 1);
  CHECK(fixture.done(expire(kNow - 2 * kYear)).changed == 0);
  fixture.done(hold(3, "phone-2", "key-2", kNow - 2 * kYear));
  CHECK(fixture.done(expire(kNow + kYear)).changed == 2);
  CHECK(fixture.pool().taken == 0);
  std::vector<Claim> newest;
  REQUIRE(fixture.reader->read_newest(2, newest).ok());
  REQUIRE(newest.size() == 2);
  CHECK(newest[0].claim == claim_id(3));  // by when it was made, not by the clock
  CHECK(newest[1].claim == claim_id(2));
}

TEST_CASE("the ledger has a line for each change and none for a refusal") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(1, kPrice));
  fixture.done(hold(1, "phone-1", "key", kNow + 1));
  fixture.answer(hold(2, "phone-2", "key"));
  fixture.answer(begin_payment(1, "pay-1"));
  fixture.done(release(1, kNow + 2));
  const std::vector<ClaimEvent> events = fixture.events();
  REQUIRE(events.size() == 3);
  CHECK(events[0].verb == ClaimVerb::SetPool);
  CHECK(events[0].claim.is_none());
  CHECK(events[0].stock == 1);
  CHECK(events[1].claim == claim_id(1));
  CHECK(events[1].time == kNow + 1);
  CHECK(events[1].taken == 1);
  CHECK(events[1].amount == kPrice);
  CHECK(events[2].state == ClaimState::Released);
  CHECK(events[2].taken == 0);
  CHECK(events[2].reference == "cancelled");
  std::vector<ClaimEvent> page;
  CHECK(fixture.reader->read_events(1, 1, page).value() == 2);
  CHECK(page.size() == 1);
  CHECK(fixture.reader->read_events(3, 1, page).value() == 3);
}

TEST_CASE("commands of one group see each other, and a refused one harms no other") {
  FOR_EVERY_CLAIM_STORE();
  std::vector<ClaimOutcome> outcomes;
  const std::vector<ClaimCommand> group = {
      set_pool(1), hold(1, "phone-1", "key"), hold(2, "phone-2", "key"), follow(1, "li"),
      issue(1, 1), redeem(1, "till")};
  REQUIRE(fixture.store->apply(group, outcomes).ok());
  REQUIRE(outcomes.size() == 6);
  CHECK(outcomes[2].answer == ClaimAnswer::SoldOut);
  CHECK(outcomes[5].claim->state == ClaimState::Redeemed);
}

TEST_CASE("what is missing or beyond its limit is refused and changes nothing") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5));
  ClaimCommand bad = hold(1, "phone-1", "key");
  SECTION("no key") {
    bad.request_key = "";
  }
  SECTION("a long key") {
    bad.request_key = std::string(129, 'k');
  }
  SECTION("no holder") {
    bad.holder = "";
  }
  SECTION("a long holder") {
    bad.holder = std::string(65, 'h');
  }
  SECTION("no claim") {
    bad.claim = {};
  }
  SECTION("a hold that is over") {
    bad.until = bad.now;
  }
  SECTION("a voucher that ends before it begins") {
    bad.valid_ms = -2;
  }
  SECTION("a voucher for longer than anybody lives") {
    bad.valid_ms = int64_t{1} << 50;
  }
  SECTION("a price in half a currency") {
    bad.price = Money{1, "CN"};
  }
  SECTION("a provider with a long name") {
    bad.provider = std::string(65, 'p');
  }
  SECTION("a consent to nothing") {
    bad.consents.emplace_back();
  }
  SECTION("seventeen consents") {
    for (int i = 0; i < 17; ++i) bad.consents.push_back({std::to_string(i), "1", "zh", true, 0});
  }
  SECTION("yes and no to the same question") {
    bad.consents = {{"terms", "1", "zh", true, 0}, {"terms", "1", "zh", false, 0}};
  }
  SECTION("half a currency") {
    bad = set_pool(5, {1, "CN"});
  }
  SECTION("money of no currency") {
    bad = set_pool(5, {1, ""});
  }
  SECTION("a negative price") {
    bad = set_pool(5, {-1, "CNY"});
  }
  SECTION("a negative stock") {
    bad = set_pool(-1);
  }
  SECTION("more stock than there is in the world") {
    bad = set_pool(1'000'000'001);
  }
  SECTION("a release for no reason") {
    bad = command(ClaimVerb::Release);
  }
  SECTION("a code that is none") {
    bad = issue(1, 1), bad.code = "1234";
  }
  SECTION("a payment of nothing") {
    bad = pay("ref", 1), bad.amount = {};
  }
  SECTION("a member without a hash") {
    bad = follow(1, "li"), bad.member_hash = "";
  }
  CHECK(fixture.answer(bad) == ClaimAnswer::BadCommand);
  CHECK(fixture.events().size() == 1);
}

TEST_CASE("a claim's number that is there already is nobody else's") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5));
  fixture.done(hold(1, "phone-1", "key"));
  CHECK(fixture.answer(hold(1, "phone-2", "key")) == ClaimAnswer::BadCommand);
  CHECK(fixture.claim(1).holder == "phone-1");
}

TEST_CASE("numbers of new claims are in the order of their making, and nobody's twice") {
  Id128 low, high;
  high.bytes.fill(0xFF);
  CHECK(time_ordered_id(kNow, high) < time_ordered_id(kNow + 1, low));
  CHECK_FALSE(time_ordered_id(kNow, high) == time_ordered_id(kNow, low));
}

TEST_CASE("verbs and answers have the names that stand in the tables") {
  CHECK(claim_verb_name(ClaimVerb::SetPool) == "set_pool");
  CHECK(claim_verb_name(ClaimVerb::BeginPayment) == "begin_payment");
  CHECK(claim_verb_name(ClaimVerb::RetireLinks) == "retire_links");
  CHECK(claim_answer_name(ClaimAnswer::Done) == "done");
  CHECK(claim_answer_name(ClaimAnswer::NotFollowed) == "not_followed");
  CHECK(claim_answer_name(ClaimAnswer::BadCommand) == "bad_command");
}
