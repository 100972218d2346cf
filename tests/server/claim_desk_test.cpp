// SPDX-License-Identifier: MIT
// From the code to the voucher, and who is turned away.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "engine/rules/voucher_code.h"
#include "tests/server/claim_story.h"

namespace vitrine::test {
namespace {

TEST_CASE("a shopper scans, agrees, follows, pays and has a voucher on the phone") {
  Story story;
  story.show_ticket();
  CHECK(story.stage(1) == "waiting");
  CHECK(story.told(1, "page") == "http://shop.example/c/lip-popup/");
  story.phone();
  CHECK(story.stage(2) == "none");
  story.join();
  CHECK(story.stage(1) == "agreeing");
  CHECK(story.stage(2) == "agreeing");
  CHECK(story.told(1, "screen_mark") == story.told(2, "screen_mark"));
  CHECK(story.told(1, "phone_mark") == story.told(2, "phone_mark"));
  CHECK(story.told(1, "ticket") == "");
  story.agree();
  CHECK(story.stage(2) == "following");
  CHECK(story.stage(1) == "following");
  story.act(2, ClaimKind::Follow);
  CHECK(story.told(2, "action") == "https://shop.example/follow");
  story.changed.insert(2);
  CHECK(story.told(2, "action") == "");  // once
  story.provider.events->on_followed(story.claim(), "member-1");
  story.settle();
  CHECK(story.stage(2) == "paying");
  story.pay();
  CHECK(story.stage(2) == "issued");
  CHECK(story.stage(1) == "issued");
  const std::string code = story.told(2, "code");
  CHECK(rules::normalise_voucher_code(code) == code);
  CHECK(story.told(1, "code") == rules::mask_voucher_code(code));
  CHECK(story.told(1, "secret") == "");
  CHECK(story.told(1, "holder") == "");
  CHECK(story.pool().remaining() == 2);
}

TEST_CASE("opening the page spends nothing, and only the first tap joins") {
  Story story;
  story.show_ticket();
  for (ConnectionId preview = 10; preview < 20; ++preview) story.phone(preview);
  CHECK(story.stage(1) == "waiting");
  story.join(15, 1);
  story.join(16, 2);
  CHECK(story.stage(15) == "agreeing");
  CHECK(story.stage(16) == "ended");
  CHECK(story.told(16, "reason") == "code_over");
  CHECK(story.told(16, "screen_mark") == "");
}

TEST_CASE("who asks again after a lost answer is the same phone with the same claim") {
  Story story;
  story.come_to_agree();
  const std::string holder = story.told(2, "holder");
  story.desk->on_left(2);
  story.phone(3);
  story.join(3, 1);
  CHECK(story.told(3, "holder") == holder);
  story.agree(3, 2);
  const Id128 first = story.claim();
  story.desk->on_left(3);
  story.phone(4, holder.substr(holder.rfind('.') + 1));
  CHECK(story.stage(4) == "following");
  story.agree(4, 2);
  CHECK(story.claim() == first);
  CHECK(story.pool().taken == 1);
}

TEST_CASE("nothing is held for who has not agreed") {
  Story story;
  story.offer.guardian_asked = true;
  story.come_to_agree();
  story.agree(2, 2, false);
  CHECK(story.stage(2) == "agreeing");
  story.agree(2, 3, true);  // the guardian's box is empty
  CHECK(story.stage(2) == "agreeing");
  CHECK(story.pool().taken == 0);
}

TEST_CASE("what was agreed to is kept with its words, language and time") {
  Story story;
  story.come_to_follow();
  std::vector<Consent> consents;
  REQUIRE(story.reader->read_consents(story.claim(), consents).ok());
  REQUIRE(consents.size() == 2);
  CHECK(consents[0].purpose == "statistics");
  CHECK_FALSE(consents[0].agreed);
  CHECK(consents[1].purpose == "terms");
  CHECK(consents[1].agreed);
  CHECK(consents[1].text_version == "2026-11");
  CHECK(consents[1].language == "zh");
}

TEST_CASE("sold out is said before a code is shown, and to who agrees a moment too late") {
  Story story;
  story.offer.stock = 3;
  for (uint8_t i = 0; i < 2; ++i) {
    ClaimCommand hold;
    hold.verb = ClaimVerb::Hold;
    hold.now = story.clock.wall_ms();
    hold.request_key = "other";
    hold.claim.bytes[0] = static_cast<uint8_t>(1 + i);
    hold.pool = "lip-popup/true-red";
    hold.holder = "other-" + std::to_string(i);
    hold.product = "true-red";
    hold.until = hold.now + 100000;
    std::vector<ClaimOutcome> outcomes;
    REQUIRE(story.store->apply({&hold, 1}, outcomes).ok());
  }
  story.come_to_agree();
  story.desk->on_screen(6, "kiosk-2", "lip-popup", "p/");
  story.open(6, 3);
  story.ticket = *Id128::from_hex(story.told(6, "ticket"));
  story.phone(7);
  story.join(7, 5);
  story.agree(7, 6);
  CHECK(story.stage(7) == "following");
  story.agree(2, 2);
  CHECK(story.told(2, "reason") == "sold_out");
  CHECK(story.told(1, "reason") == "sold_out");
  story.open(1, 10);
  CHECK(story.told(1, "reason") == "sold_out");
  CHECK(story.told(1, "ticket") == "");
}

TEST_CASE("a campaign that hands nothing out says so") {
  Story story;
  story.screen();
  ClaimAct made;
  made.session.bytes[0] = 1;
  made.product = "no-such";
  story.act(1, ClaimKind::Open, made);
  CHECK(story.told(1, "reason") == "closed");
  story.come_to_agree();
  story.withdrawn = true;
  story.agree();
  CHECK(story.told(2, "reason") == "closed");
}

TEST_CASE("somebody who follows with a second phone is told that they have had one") {
  Story story;
  story.come_to_pay();
  story.pay();
  story.open(1, 10);
  story.ticket = *Id128::from_hex(story.told(1, "ticket"));
  story.phone(5);
  story.join(5, 9);
  story.agree(5, 9);
  story.act(5, ClaimKind::Follow);
  story.provider.events->on_followed(story.claim(), "member-1");
  story.settle();
  CHECK(story.told(5, "reason") == "already_claimed");
  CHECK(story.stage(2) == "issued");
  CHECK(story.pool().taken == 1);
}

TEST_CASE("refusing to follow gives the thing back, coming back undecided does not") {
  Story story;
  story.come_to_follow();
  story.act(2, ClaimKind::Follow);
  story.provider.events->on_follow_failed(story.claim(), FollowFailure::Cancelled);
  CHECK(story.stage(2) == "following");
  CHECK(story.told(2, "notice") == "follow_cancelled");
  story.act(2, ClaimKind::Follow);
  CHECK(story.told(2, "notice") == "");
  story.provider.events->on_follow_failed(story.claim(), FollowFailure::Refused);
  story.settle();
  CHECK(story.told(2, "reason") == "follow_refused");
  CHECK(story.pool().taken == 0);
}

}  // namespace
}  // namespace vitrine::test
