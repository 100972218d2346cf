// SPDX-License-Identifier: MIT
// What every store of claims promises about people: who follows, one claim each, erasure.
#include <catch2/catch.hpp>

#include "tests/server/claim_commands.h"
#include "tests/server/claim_fixture.h"

using namespace vitrine;
using namespace vitrine::test;
using rules::ClaimState;
using rules::ReleaseReason;

TEST_CASE("who follows becomes a link in the clear and a hash beside the claim") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(3));
  ClaimCommand asked = hold(1, "phone-1", "key");
  asked.session = claim_id(77);
  fixture.done(asked);
  fixture.done(follow(1, "li"));
  CHECK(fixture.answer(follow(1, "li")) == ClaimAnswer::Repeated);
  CHECK(fixture.answer(follow(1, "wang")) == ClaimAnswer::NotNow);
  CHECK(fixture.claim(1).followed);
  CHECK(fixture.claim(1).member_hash == "hash-of-li");
  const std::vector<MemberLink> links = fixture.links("li");
  REQUIRE(links.size() == 1);
  CHECK(links[0] == MemberLink{claim_id(77), claim_id(1), "sandbox", "li", kNow});
  CHECK(fixture.answer(follow(9, "li")) == ClaimAnswer::NoSuchClaim);
}

TEST_CASE("who follows is not refused any more") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(2));
  fixture.done(hold(1, "phone-1", "key"));
  fixture.done(hold(2, "phone-2", "key"));
  fixture.done(follow(1, "li"));
  ClaimCommand refused = release(1);
  refused.reason = ReleaseReason::Refused;
  CHECK(fixture.answer(refused) == ClaimAnswer::NotNow);
  CHECK(fixture.claim(1).state == ClaimState::Held);
  CHECK(fixture.pool().taken == 2);
  refused.claim = claim_id(2);
  CHECK(fixture.done(refused).claim->reason == ReleaseReason::Refused);
}

TEST_CASE("a member with a claim on another phone loses this one, and it goes back to the stock") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(2));
  fixture.done(hold(1, "phone-1", "key"));
  fixture.done(follow(1, "li"));
  fixture.done(hold(2, "phone-2", "key"));
  const ClaimOutcome second = fixture.apply(follow(2, "li"));
  CHECK(second.answer == ClaimAnswer::AlreadyClaimed);
  CHECK(second.claim->claim == claim_id(2));
  CHECK(second.claim->state == ClaimState::Released);
  CHECK(second.claim->reason == ReleaseReason::AlreadyClaimed);
  CHECK(second.pool->remaining() == 1);
  CHECK(fixture.answer(follow(2, "li")) == ClaimAnswer::AlreadyClaimed);
  CHECK(fixture.links("li").size() == 1);
  SECTION("once the first is given back the member may have another") {
    fixture.done(release(1));
    fixture.done(hold(3, "phone-2", "key-2"));
    fixture.done(follow(3, "li"));
  }
}

TEST_CASE("erasing a member leaves claims and removes whose they were") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5));
  fixture.done(set_pool(5, {}, "lip-popup/coral"));
  for (uint64_t i = 1; i <= 2; ++i) {
    ClaimCommand held = hold(i, "phone-1", "key-" + std::to_string(i));
    if (i == 2) held.pool = "lip-popup/coral";
    fixture.done(held);
    fixture.done(follow(i, "li"));
  }
  fixture.done(hold(3, "phone-3", "key"));
  fixture.done(follow(3, "wang"));
  fixture.done(issue(1, 1));
  std::vector<MemberLink> links;
  REQUIRE(fixture.reader->read_links(claim_id(2), links).ok());
  REQUIRE(links.size() == 1);
  CHECK(links[0].member == "li");
  std::vector<Claim> claims;
  REQUIRE(fixture.reader->read_member_claims("hash-of-li", claims).ok());
  REQUIRE(claims.size() == 2);
  CHECK(claims[0].claim == claim_id(1));
  ClaimCommand erase = command(ClaimVerb::EraseMember);
  erase.provider = "sandbox";
  erase.member = "li";
  CHECK(fixture.done(erase).changed == 4);
  CHECK(fixture.links("li").empty());
  CHECK(fixture.links("wang").size() == 1);
  CHECK(fixture.claim(1).member_hash.empty());
  CHECK(fixture.claim(1).state == ClaimState::Issued);
  CHECK(fixture.claim(2).followed);
  CHECK(fixture.claim(3).member_hash == "hash-of-wang");
  CHECK(fixture.done(erase).changed == 0);
  for (const ClaimEvent& event : fixture.events()) CHECK(event.reference != "li");
  SECTION("by the hash where the links have been retired already") {
    ClaimCommand retire = command(ClaimVerb::RetireLinks);
    retire.until = kNow + 1;
    retire.count = 10;
    CHECK(fixture.done(retire).changed == 1);
    erase.member = "wang";
    erase.member_hash = "hash-of-wang";
    CHECK(fixture.done(erase).changed == 1);
    CHECK(fixture.claim(3).member_hash.empty());
  }
  SECTION("by the hash alone where nobody remembers the name") {
    erase.member = "";
    erase.member_hash = "hash-of-wang";
    CHECK(fixture.done(erase).changed == 1);
    CHECK(fixture.links("wang").size() == 1);
    erase.member_hash = "";
    CHECK(fixture.answer(erase) == ClaimAnswer::BadCommand);
  }
}

TEST_CASE("links are retired by age, the oldest first, in steps") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5));
  for (uint64_t i = 1; i <= 4; ++i) {
    fixture.done(hold(i, "phone-" + std::to_string(i), "key"));
    fixture.done(follow(i, "member-" + std::to_string(i), kNow + 10 - int64_t(i)));
  }
  ClaimCommand retire = command(ClaimVerb::RetireLinks);
  retire.until = kNow + 9;
  retire.count = 2;
  CHECK(fixture.done(retire).changed == 2);
  CHECK(fixture.links("member-4").empty());
  CHECK(fixture.links("member-3").empty());
  CHECK(fixture.links("member-2").size() == 1);
  CHECK(fixture.done(retire).changed == 1);
  CHECK(fixture.done(retire).changed == 0);
  CHECK(fixture.links("member-1").size() == 1);
}
