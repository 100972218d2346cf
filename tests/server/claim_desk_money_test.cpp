// SPDX-License-Identifier: MIT
// Payments, refunds, free things, full disks and silent providers.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/server/claim_story.h"

namespace vitrine::test {
namespace {

TEST_CASE("a declined payment may be tried again, and the second one counts once") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const std::string first = story.provider.payment.reference;
  story.provider.events->on_payment_failed(first, PaymentFailure::Declined);
  story.settle();
  CHECK(story.stage(2) == "paying");
  CHECK(story.told(2, "notice") == "declined");
  story.provider.attempt = 2;
  story.pay();
  CHECK(story.stage(2) == "issued");
  const std::string code = story.told(2, "code");
  for (int again = 0; again < 3; ++again) {
    story.provider.events->on_paid(story.provider.payment.reference, {500, "CNY"}, story.claim());
    story.settle();
  }
  CHECK(story.told(2, "code") == code);
  CHECK(story.provider.refunds.empty());
  // The declined one turns out to have been paid after all: that money goes back.
  story.provider.events->on_paid(first, {500, "CNY"}, story.claim());
  story.settle();
  CHECK(story.provider.refunds == std::vector<std::string>{first});
  CHECK(story.told(2, "code") == code);
}

TEST_CASE("no phone is sent to pay before it is on disk that it was") {
  Story story;
  story.come_to_pay();
  story.held_up = true;
  story.act(2, ClaimKind::Pay);
  CHECK(story.told(2, "action") == "");
  story.held_up = false;
  story.settle();
  CHECK(story.told(2, "action") == "https://shop.example/pay");
}

TEST_CASE("a provider that does not answer, or is down, is said and may be tried again") {
  Story story;
  story.come_to_pay();
  story.provider.silent = true;
  story.act(2, ClaimKind::Pay);
  const std::string asked = std::to_string(story.requests);
  CHECK(story.told(2, "answered") != asked);
  story.clock.advance_ms(10'000);
  story.desk->on_tick();
  CHECK(story.told(2, "notice") == "provider_timed_out");
  CHECK(story.told(2, "answered") == asked);
  story.provider.silent = false;
  story.provider.down = true;
  story.act(2, ClaimKind::Pay);
  CHECK(story.told(2, "notice") == "provider_timed_out");
  story.provider.down = false;
  story.pay();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("what a provider tells meanwhile is not the answer to what was asked") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const std::string first = story.provider.payment.reference;
  story.provider.silent = true;
  story.act(2, ClaimKind::Pay);
  const std::string asked = std::to_string(story.requests);
  story.provider.events->on_payment_failed(first, PaymentFailure::Declined);
  story.settle();
  CHECK(story.told(2, "notice") == "declined");
  CHECK(story.told(2, "answered") != asked);
  // Its patience is not used up by that either.
  story.clock.advance_ms(10'000);
  story.desk->on_tick();
  CHECK(story.told(2, "notice") == "provider_timed_out");
  CHECK(story.told(2, "answered") == asked);
}

TEST_CASE("of two things asked for at once each has its own answer") {
  Story story;
  story.come_to_pay();
  story.held_up = true;
  story.act(2, ClaimKind::Pay);
  const std::string pay = std::to_string(story.requests);
  story.act(2, ClaimKind::Cancel);
  const std::string cancel = std::to_string(story.requests);
  story.held_up = false;
  auto [number, command] = std::move(story.queue.front());
  story.queue.pop_front();
  std::vector<ClaimOutcome> outcomes(1);
  REQUIRE(story.store->apply({&command, 1}, outcomes).ok());
  story.desk->on_completion({number, command, {}, outcomes[0]});
  CHECK(story.told(2, "action") == "https://shop.example/pay");
  CHECK(story.told(2, "answered") == pay);
  story.settle();
  CHECK(story.told(2, "answered") == cancel);
  CHECK(story.told(2, "reason") == "cancelled");
}

TEST_CASE("a voucher that comes late reaches its phone although that is at another claim") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const std::string late = story.provider.payment.reference;
  const Id128 first = story.claim();
  story.provider.events->on_payment_failed(late, PaymentFailure::TimedOut);
  story.settle();
  story.act(2, ClaimKind::Cancel);
  // The same phone begins anew elsewhere, and the money is there after all.
  story.open(1, 10);
  story.ticket = *Id128::from_hex(story.told(1, "ticket"));
  story.join(2, 40);
  CHECK(story.stage(2) == "agreeing");
  CHECK(story.voucher(2) == "");
  story.provider.events->on_paid(late, {500, "CNY"}, first);
  story.settle();
  const std::string code = story.voucher(2);
  CHECK(code.size() == 14);
  CHECK(story.states[2].find("\"price\":500,\"currency\":\"CNY\",\"secret\"") != std::string::npos);
  CHECK(story.stage(2) == "agreeing");
  CHECK(story.told(1, "code") == "");
  // Also after it was away, and no longer than it is one.
  const std::string holder = story.told(2, "holder").substr(12);
  story.desk->on_left(2);
  story.phone(7, holder.substr(0, 32));
  CHECK(story.voucher(7) == code);
  ClaimCommand redeem;
  redeem.verb = ClaimVerb::Redeem;
  redeem.now = story.clock.wall_ms();
  redeem.request_key = "till-1";
  redeem.code = code;
  redeem.actor = "till";
  std::vector<ClaimOutcome> outcomes;
  REQUIRE(story.store->apply({&redeem, 1}, outcomes).ok());
  story.desk->on_tick();
  CHECK(story.voucher(7) == "");
}

TEST_CASE("money that comes after the hold ran out gets a voucher while there is stock") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const Id128 claim = story.claim();
  story.clock.advance_ms(story.offer.hold_ms + 1);
  ClaimCommand expire;
  expire.verb = ClaimVerb::Expire;
  expire.now = story.clock.wall_ms();
  expire.count = 10;
  std::vector<ClaimOutcome> outcomes;
  REQUIRE(story.store->apply({&expire, 1}, outcomes).ok());
  story.desk->on_tick();
  CHECK(story.told(2, "reason") == "hold_over");
  story.provider.events->on_paid(story.provider.payment.reference, {500, "CNY"}, claim);
  story.settle();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("what staff or a till changed in the store reaches phone and screen") {
  Story story;
  story.come_to_pay();
  story.pay();
  ClaimCommand redeem;
  redeem.verb = ClaimVerb::Redeem;
  redeem.now = story.clock.wall_ms();
  redeem.request_key = "till-1";
  redeem.code = story.told(2, "code");
  redeem.actor = "till";
  std::vector<ClaimOutcome> outcomes;
  REQUIRE(story.store->apply({&redeem, 1}, outcomes).ok());
  REQUIRE(outcomes[0].answer == ClaimAnswer::Done);
  story.desk->on_tick();
  CHECK(story.stage(2) == "redeemed");
  CHECK(story.stage(1) == "redeemed");
  CHECK(story.told(2, "code") == "");
}

TEST_CASE("money that nobody answered for is asked for, money that is owed is given back") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  story.clock.advance_ms(60'000);
  story.desk->on_tick();
  CHECK(story.provider.looked_up.empty());
  story.clock.advance_ms(100'000);
  story.desk->on_tick();
  CHECK(story.provider.looked_up == std::vector<std::string>{story.provider.payment.reference});
  story.provider.events->on_paid(story.provider.payment.reference, {400, "CNY"}, story.claim());
  story.settle();
  CHECK(story.provider.refunds.size() == 1);  // not the price
  story.clock.advance_ms(31'000);
  story.desk->on_tick();
  CHECK(story.provider.refunds.size() == 2);  // until it is told that it is back
  story.provider.events->on_refunded(story.provider.payment.reference);
  story.settle();
  story.clock.advance_ms(31'000);
  story.desk->on_tick();
  CHECK(story.provider.refunds.size() == 2);
}

TEST_CASE("money that the provider gave back by itself is over: the shopper may pay anew") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const std::string first = story.provider.payment.reference;
  story.disk_full = true;
  story.provider.events->on_paid(first, {500, "CNY"}, story.claim());
  story.settle();
  story.disk_full = false;
  story.provider.events->on_refunded(first);
  story.settle();
  CHECK(story.told(2, "notice") == "payment_cancelled");
  story.provider.events->on_paid(first, {500, "CNY"}, story.claim());  // tried again, too late
  story.settle();
  CHECK(story.stage(2) == "paying");
  CHECK(story.provider.refunds.empty());
  ++story.provider.attempt;
  story.pay();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("a full disk or a full queue loses nothing: the shopper is told and tries again") {
  Story story;
  story.come_to_agree();
  story.disk_full = true;
  story.agree();
  CHECK(story.told(2, "notice") == "busy");
  CHECK(story.stage(2) == "agreeing");
  story.disk_full = false;
  story.queue_full = true;
  story.agree();
  CHECK(story.told(2, "notice") == "busy");
  story.queue_full = false;
  story.agree();
  CHECK(story.stage(2) == "following");
  CHECK(story.pool().taken == 1);
}

TEST_CASE("what staff could not do for want of room is told to them, not to the phone") {
  Story story;
  story.come_to_pay();
  const Claim claim = *story.reader->find_claim(story.claim()).value();
  story.disk_full = true;
  StatusCode told = StatusCode::Ok;
  REQUIRE(story.desk->take_back(
      claim, "anna", [&told](const Status& status, const ClaimOutcome&) { told = status.code(); }));
  story.settle();
  CHECK(told == StatusCode::ResourceExhausted);
  CHECK(story.told(2, "notice") == "");
  CHECK(story.stage(2) == "paying");
}

TEST_CASE("cancelling is answered when the thing is back in the stock") {
  Story story;
  story.come_to_pay();
  story.held_up = true;
  story.act(2, ClaimKind::Cancel);
  CHECK(story.told(2, "answered") != std::to_string(story.requests));
  story.held_up = false;
  story.settle();
  CHECK(story.told(2, "answered") == std::to_string(story.requests));
  CHECK(story.told(2, "reason") == "cancelled");
  CHECK(story.pool().taken == 0);
  // The same shopper thinks again: a new code, the same phone.
  story.open(1, 9);
  story.ticket = *Id128::from_hex(story.told(1, "ticket"));
  story.join(2, 30);
  CHECK(story.stage(2) == "agreeing");
  story.agree(2, 31);
  CHECK(story.stage(2) == "following");
}

TEST_CASE("a free thing is issued as soon as the shop is followed") {
  Story story;
  story.offer.price = {0, ""};
  story.desk->on_offer(story.offer);
  story.settle();
  story.come_to_follow();
  story.provider.events->on_followed(story.claim(), "member-1");
  story.settle();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("a phone whose money is on its way does not begin another claim") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  story.desk->on_screen(6, "kiosk-2", "lip-popup", "p/");
  story.open(6, 3);
  story.ticket = *Id128::from_hex(story.told(6, "ticket"));
  story.join(2, 60);
  CHECK(story.told(2, "notice") == "busy");
  CHECK(story.stage(6) == "waiting");  // the code is not spent
  story.provider.events->on_paid(story.provider.payment.reference, {500, "CNY"}, story.claim());
  story.settle();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("a free thing is issued although the disk was full when it was due") {
  Story story;
  story.offer.price = {0, ""};
  story.desk->on_offer(story.offer);
  story.settle();
  story.come_to_follow();
  story.held_up = true;
  story.provider.events->on_followed(story.claim(), "member-1");
  story.held_up = false;
  auto [number, command] = std::move(story.queue.front());
  story.queue.pop_front();
  std::vector<ClaimOutcome> outcomes(1);
  REQUIRE(story.store->apply({&command, 1}, outcomes).ok());
  story.desk->on_completion({number, command, {}, outcomes[0]});
  story.disk_full = true;
  story.settle();
  CHECK(story.stage(2) == "paying");
  story.disk_full = false;
  story.act(2, ClaimKind::Pay);
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("a payment page that the provider forgot is asked for at once") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const std::string first = story.provider.payment.reference;
  story.provider.attempt = 2;  // it gives another one
  story.act(2, ClaimKind::Pay);
  CHECK(story.told(2, "notice") == "provider_timed_out");
  CHECK(story.provider.looked_up == std::vector<std::string>{first});
  story.provider.events->on_payment_failed(first, PaymentFailure::TimedOut);
  story.settle();
  story.pay();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("cancelling that finds no room is said to have found none") {
  Story story;
  story.come_to_pay();
  story.queue_full = true;
  story.act(2, ClaimKind::Cancel);
  CHECK(story.told(2, "notice") == "busy");
  CHECK(story.told(2, "answered") == std::to_string(story.requests));
  CHECK(story.stage(2) == "paying");
}

TEST_CASE("payments that a provider never answers for do not hide the others") {
  // Each in a millisecond of its own, or all in one.
  const int64_t apart_ms = GENERATE(1, 0);
  Story story;
  std::vector<ClaimCommand> commands;
  ClaimCommand pool;
  pool.verb = ClaimVerb::SetPool;
  pool.now = story.clock.wall_ms();
  pool.pool = "lip-popup/true-red";
  pool.stock = 1000;
  pool.amount = {500, "CNY"};
  commands.push_back(pool);
  for (int i = 0; i < 150; ++i) {
    ClaimCommand command;
    command.verb = ClaimVerb::Hold;
    command.now = story.clock.wall_ms() + i * apart_ms;
    command.request_key = "key";
    command.claim.bytes[0] = 1;
    command.claim.bytes[15] = static_cast<uint8_t>(i);
    command.pool = pool.pool;
    command.holder = "other-" + std::to_string(i);
    command.product = "true-red";
    command.until = command.now + 10'000'000;
    command.needs_follow = false;
    commands.push_back(command);
    command.verb = ClaimVerb::BeginPayment;
    command.payment_reference = "open-" + std::to_string(i);
    command.amount = {500, "CNY"};
    commands.push_back(command);
  }
  std::vector<ClaimOutcome> outcomes;
  REQUIRE(story.store->apply(commands, outcomes).ok());
  for (int round = 0; round < 4; ++round) {
    story.clock.advance_ms(130'000);
    story.desk->on_tick();
  }
  const std::set<std::string> asked(story.provider.looked_up.begin(),
                                    story.provider.looked_up.end());
  CHECK(asked.size() == 150);
}

}  // namespace
}  // namespace vitrine::test
