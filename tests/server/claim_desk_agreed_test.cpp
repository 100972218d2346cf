// SPDX-License-Identifier: MIT
// What was shown and agreed to stays so: price, how long a voucher is good, whose page one is led
// to.
#include <catch2/catch.hpp>
#include <string>

#include "tests/server/claim_story.h"

namespace vitrine::test {
namespace {

TEST_CASE(
    "a voucher ends as was agreed although its campaign was taken away before the money came") {
  Story story;
  story.offer.valid_ms = 86'400'000;
  story.desk->on_offer(story.offer);
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  story.withdrawn = true;
  story.provider.events->on_paid(story.provider.payment.reference, {500, "CNY"}, story.claim());
  story.settle();
  const Result<std::optional<Claim>> claim = story.reader->find_claim(story.claim());
  REQUIRE(claim.value()->state == rules::ClaimState::Issued);
  CHECK(claim.value()->valid_until == story.clock.wall_ms() + 86'400'000);
}

TEST_CASE("a server that begins anew without the campaign issues what was agreed in it") {
  Story story;
  story.offer.valid_ms = 86'400'000;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  story.withdrawn = true;
  story.start();
  story.provider.events->on_paid(story.provider.payment.reference, {500, "CNY"}, Id128());
  story.settle();
  const Result<std::optional<Claim>> claim = story.reader->find_claim(story.claim());
  REQUIRE(claim.value()->state == rules::ClaimState::Issued);
  CHECK(claim.value()->valid_until == story.clock.wall_ms() + 86'400'000);
}

TEST_CASE("who agreed is led to the provider they agreed with, for as long as they were promised") {
  Story story;
  story.offer.valid_ms = 1000;
  story.offer.provider = "first";
  story.come_to_pay();
  story.offer.valid_ms = 5000;
  story.offer.provider = "second";
  story.pay();
  CHECK(story.provider.visits.back().provider == "first");
  CHECK(story.told(2, "valid_until") == std::to_string(story.clock.wall_ms() + 1000));
}

TEST_CASE("a price that is published meanwhile is nobody's who was shown the one before") {
  Story story;
  const auto publish = [&story](int64_t minor) {
    story.offer.price.minor = minor;
    story.desk->on_offer(story.offer);
    story.settle();
  };
  const int when = GENERATE(0, 1, 2, 3, 4, 5);
  const auto at = [&](int moment) {
    if (when == moment) publish(6000);
  };
  at(0);  // before the code: that is what is shown, held and paid
  story.show_ticket();
  const std::string shown = story.told(1, "price");
  CHECK(shown == (when == 0 ? "6000" : "500"));
  at(1);
  story.phone();
  story.join();
  CHECK(story.told(2, "price") == shown);
  CHECK(story.told(1, "price") == shown);
  at(2);
  // Also to who comes back in between.
  const std::string holder = story.told(2, "holder").substr(12, 32);
  story.desk->on_left(2);
  story.phone(2, holder);
  CHECK(story.told(2, "price") == shown);
  story.held_up = true;
  story.agree();
  at(3);  // while it is being held
  story.held_up = false;
  story.settle();
  CHECK(story.told(2, "price") == shown);
  story.act(2, ClaimKind::Follow);
  story.provider.events->on_followed(story.claim(), "member-1");
  story.settle();
  at(4);
  CHECK(story.stage(2) == "paying");
  CHECK(story.told(2, "price") == shown);
  story.act(2, ClaimKind::Pay);
  at(5);
  CHECK(story.provider.asked == Money{std::stoll(shown), "CNY"});
  story.provider.events->on_paid(story.provider.payment.reference, story.provider.asked,
                                 story.claim());
  story.settle();
  CHECK(story.stage(2) == "issued");
  CHECK(story.told(2, "price") == shown);
  CHECK(story.provider.refunds.empty());
  // Whoever comes now is shown the new one.
  story.open(1, 33);
  CHECK(story.told(1, "price") == "6000");
}

TEST_CASE("what becomes free, or dear, while a phone is asked is so for the next one") {
  Story story;
  story.come_to_agree();
  story.offer.price = {0, ""};
  story.desk->on_offer(story.offer);
  story.settle();
  story.agree();
  CHECK(story.told(2, "price") == "500");
  CHECK(story.told(2, "currency") == "CNY");
  story.open(1, 34);
  CHECK(story.told(1, "price").empty());
}

}  // namespace
}  // namespace vitrine::test
