// SPDX-License-Identifier: MIT
// What every store of claims promises about money: what came is a voucher or is on its way back.
#include <catch2/catch.hpp>

#include "tests/server/claim_commands.h"
#include "tests/server/claim_fixture.h"

using namespace vitrine;
using namespace vitrine::test;
using rules::ClaimState;
using rules::PaymentState;
using rules::ReleaseReason;

namespace {

// Held, followed, and "pay-N" begun.
void begin(ClaimFixture& fixture, uint64_t claim) {
  const std::string number = std::to_string(claim);
  fixture.done(hold(claim, "phone-" + number, "key-" + number));
  fixture.done(follow(claim, "member-" + number));
  fixture.done(begin_payment(claim, "pay-" + number));
}

}  // namespace

TEST_CASE("a payment that works issues the voucher, and told again changes nothing") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(1, kPrice));
  begin(fixture, 1);
  CHECK(fixture.claim(1).payment == PaymentState::Pending);
  ClaimCommand paid = pay("pay-1", 1, kNow + 3);
  paid.until = kNow + 1000;
  fixture.done(paid);
  const Claim claim = fixture.claim(1);
  CHECK(claim.state == ClaimState::Issued);
  CHECK(claim.code == code_of(1));
  CHECK(claim.issued_time == kNow + 3);
  CHECK(claim.valid_until == kNow + 1000);
  CHECK(claim.payment == PaymentState::Paid);
  CHECK(claim.payment_reference == "pay-1");
  const ClaimOutcome again = fixture.apply(pay("pay-1", 2));
  CHECK(again.answer == ClaimAnswer::Repeated);
  CHECK(again.claim->code == code_of(1));
  CHECK_FALSE(again.refund_due);
  CHECK(fixture.answer(begin_payment(1, "pay-1")) == ClaimAnswer::Repeated);
  CHECK(fixture.answer(release(1)) == ClaimAnswer::NotNow);
  CHECK(fixture.answer(about_payment(ClaimVerb::FailPayment, "pay-1")) == ClaimAnswer::NotNow);
  CHECK(fixture.answer(about_payment(ClaimVerb::Refund, "pay-1")) == ClaimAnswer::NotNow);
  CHECK(fixture.payment("pay-1").begun_time == kNow);
  CHECK(fixture.payment("pay-1").changed_time == kNow + 3);
}

TEST_CASE("nothing is paid before it is followed, at another price, or twice at a time") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(2, kPrice));
  fixture.done(hold(1, "phone-1", "key-1"));
  CHECK(fixture.answer(begin_payment(1, "pay-1")) == ClaimAnswer::NotFollowed);
  fixture.done(follow(1, "li"));
  ClaimCommand cheaper = begin_payment(1, "pay-1");
  cheaper.amount.minor -= 1;
  CHECK(fixture.answer(cheaper) == ClaimAnswer::WrongAmount);
  cheaper.amount = {kPrice.minor, "USD"};
  CHECK(fixture.answer(cheaper) == ClaimAnswer::WrongAmount);
  CHECK(fixture.answer(issue(1, 1)) == ClaimAnswer::NotNow);
  fixture.done(begin_payment(1, "pay-1"));
  const ClaimOutcome second = fixture.apply(begin_payment(1, "pay-2"));
  CHECK(second.answer == ClaimAnswer::NotNow);
  CHECK(second.claim->payment_reference == "pay-1");
  fixture.done(about_payment(ClaimVerb::FailPayment, "pay-1"));
  CHECK(fixture.answer(about_payment(ClaimVerb::FailPayment, "pay-1")) == ClaimAnswer::Repeated);
  CHECK(fixture.claim(1).payment == PaymentState::Failed);
  fixture.done(begin_payment(1, "pay-2"));
  ClaimCommand free = hold(2, "phone-2", "key-2");
  free.needs_follow = false;
  fixture.done(free);
  CHECK(fixture.answer(begin_payment(2, "pay-2")) == ClaimAnswer::BadCommand);
  fixture.done(begin_payment(2, "pay-3"));
  CHECK(fixture.answer(begin_payment(9, "pay-4")) == ClaimAnswer::NoSuchClaim);
}

TEST_CASE("money that comes after the hold ran out buys the thing if there is one") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(1, kPrice));
  begin(fixture, 1);
  SECTION("released by the clock") {
    CHECK(fixture.done(expire(kNow + kHoldMs)).changed == 1);
  }
  SECTION("given back by the shopper") {
    fixture.done(release(1));
  }
  CHECK(fixture.pool().taken == 0);
  fixture.done(pay("pay-1", 1));
  CHECK(fixture.claim(1).state == ClaimState::Issued);
  CHECK(fixture.claim(1).reason == ReleaseReason::None);
  CHECK(fixture.claim(1).ended_time == 0);
  CHECK(fixture.pool().taken == 1);
}

TEST_CASE("money that comes too late goes back, and says why") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(1, kPrice));
  begin(fixture, 1);
  ClaimAnswer why{};
  SECTION("somebody else has the last one") {
    fixture.done(release(1));
    begin(fixture, 2);
    why = ClaimAnswer::SoldOut;
  }
  SECTION("the holder has another by now") {
    fixture.done(release(1));
    fixture.done(hold(2, "phone-1", "key-2"));
    fixture.done(set_pool(2, kPrice));
    why = ClaimAnswer::AlreadyHas;
  }
  SECTION("the member has another by now") {
    fixture.done(release(1));
    fixture.done(hold(2, "phone-2", "key-2"));
    fixture.done(follow(2, "member-1"));
    fixture.done(set_pool(2, kPrice));
    why = ClaimAnswer::AlreadyClaimed;
  }
  SECTION("staff stopped it") {
    ClaimCommand stopped = release(1);
    stopped.reason = ReleaseReason::Stopped;
    fixture.done(stopped);
    why = ClaimAnswer::NotNow;
  }
  const ClaimOutcome late = fixture.apply(pay("pay-1", 1));
  CHECK(late.answer == why);
  CHECK(late.refund_due);
  CHECK(late.claim->claim == claim_id(1));
  CHECK(fixture.claim(1).state == ClaimState::Released);
  CHECK(fixture.claim(1).payment == PaymentState::RefundDue);
  CHECK(fixture.payment("pay-1").state == PaymentState::RefundDue);
  const ClaimOutcome again = fixture.apply(pay("pay-1", 1));
  CHECK(again.answer == ClaimAnswer::Repeated);
  CHECK(again.refund_due);
  fixture.done(about_payment(ClaimVerb::Refund, "pay-1"));
  CHECK(fixture.answer(about_payment(ClaimVerb::Refund, "pay-1")) == ClaimAnswer::Repeated);
  CHECK_FALSE(fixture.apply(pay("pay-1", 1)).refund_due);
  CHECK(fixture.claim(1).payment == PaymentState::Refunded);
}

TEST_CASE("money that went back before it was told to have come pays for nothing") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(1, kPrice));
  begin(fixture, 1);
  SECTION("told of a payment that is on its way") {
    fixture.done(about_payment(ClaimVerb::Refund, "pay-1"));
    CHECK(fixture.claim(1).payment == PaymentState::Refunded);
    CHECK(fixture.apply(pay("pay-1", 1)).answer == ClaimAnswer::Repeated);
  }
  SECTION("told of a payment that had failed") {
    fixture.done(about_payment(ClaimVerb::FailPayment, "pay-1"));
    fixture.done(about_payment(ClaimVerb::Refund, "pay-1"));
    CHECK(fixture.apply(pay("pay-1", 1)).answer == ClaimAnswer::Repeated);
  }
  SECTION("told of a payment that nobody here had begun") {
    fixture.done(about_payment(ClaimVerb::Refund, "their-1"));
    CHECK(fixture.payment("their-1").state == PaymentState::Refunded);
    CHECK(fixture.payment("their-1").claim.is_none());
    ClaimCommand paid = pay("their-1", 1);
    paid.claim = claim_id(1);
    const ClaimOutcome late = fixture.apply(paid);
    CHECK(late.answer == ClaimAnswer::Repeated);
    CHECK_FALSE(late.refund_due);
    fixture.done(about_payment(ClaimVerb::FailPayment, "pay-1"));
  }
  CHECK(fixture.claim(1).state == ClaimState::Held);
  CHECK(fixture.claim(1).code.empty());
  fixture.done(begin_payment(1, "pay-2"));
  fixture.done(pay("pay-2", 1));
  CHECK(fixture.claim(1).payment_reference == "pay-2");
}

TEST_CASE("a claim that is paid twice stands on the first payment, the second goes back") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(1, kPrice));
  begin(fixture, 1);
  fixture.done(about_payment(ClaimVerb::FailPayment, "pay-1"));
  fixture.done(begin_payment(1, "pay-2"));
  // The provider thought better of it.
  fixture.done(pay("pay-1", 1));
  const ClaimOutcome second = fixture.apply(pay("pay-2", 2));
  CHECK(second.answer == ClaimAnswer::NotNow);
  CHECK(second.refund_due);
  CHECK(second.claim->code == code_of(1));
  CHECK(fixture.claim(1).payment == PaymentState::Paid);
  CHECK(fixture.claim(1).payment_reference == "pay-1");
  CHECK(fixture.payment("pay-2").state == PaymentState::RefundDue);
  fixture.done(about_payment(ClaimVerb::Refund, "pay-2"));
  CHECK(fixture.claim(1).payment == PaymentState::Paid);
}

TEST_CASE("another amount than the price is kept and goes back; the claim waits on") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(1, kPrice));
  begin(fixture, 1);
  ClaimCommand wrong = pay("pay-1", 1);
  SECTION("less") {
    wrong.amount.minor = 1;
  }
  SECTION("more") {
    wrong.amount.minor = kPrice.minor + 1;
  }
  SECTION("of another country") {
    wrong.amount.currency = "USD";
  }
  const ClaimOutcome paid = fixture.apply(wrong);
  CHECK(paid.answer == ClaimAnswer::WrongAmount);
  CHECK(paid.refund_due);
  CHECK(fixture.payment("pay-1").amount == wrong.amount);
  CHECK(fixture.claim(1).state == ClaimState::Held);
  fixture.done(begin_payment(1, "pay-2"));
  fixture.done(pay("pay-2", 1));
}

TEST_CASE("money that nobody here had begun belongs to the claim it names, or goes back") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(2, kPrice));
  fixture.done(hold(1, "phone-1", "key-1"));
  fixture.done(follow(1, "li"));
  ClaimCommand paid = pay("their-1", 1);
  SECTION("a claim that waits for it") {
    paid.claim = claim_id(1);
    fixture.done(paid);
    CHECK(fixture.claim(1).state == ClaimState::Issued);
  }
  SECTION("a claim that nobody follows yet") {
    fixture.done(hold(2, "phone-2", "key-2"));
    paid.claim = claim_id(2);
    CHECK(fixture.apply(paid).answer == ClaimAnswer::NotFollowed);
    CHECK(fixture.payment("their-1").state == PaymentState::RefundDue);
  }
  SECTION("a claim whose own payment is on its way") {
    fixture.done(begin_payment(1, "pay-1"));
    paid.claim = claim_id(1);
    paid.amount.minor = 5;
    CHECK(fixture.apply(paid).answer == ClaimAnswer::WrongAmount);
    CHECK(fixture.claim(1).payment_reference == "pay-1");
    CHECK(fixture.claim(1).payment == PaymentState::Pending);
  }
  SECTION("no claim at all") {
    const ClaimOutcome lost = fixture.apply(paid);
    CHECK(lost.answer == ClaimAnswer::NoSuchClaim);
    CHECK(lost.refund_due);
    CHECK(fixture.payment("their-1").claim.is_none());
    CHECK(fixture.apply(paid).answer == ClaimAnswer::Repeated);
    fixture.done(about_payment(ClaimVerb::Refund, "their-1"));
  }
}

TEST_CASE("a voided voucher gives back the thing and the money") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(1, kPrice));
  begin(fixture, 1);
  CHECK(fixture.answer(void_claim(1)) == ClaimAnswer::NotNow);
  fixture.done(pay("pay-1", 1));
  const ClaimOutcome voided = fixture.done(void_claim(1, kNow + 9));
  CHECK(voided.refund_due);
  CHECK(voided.claim->state == ClaimState::Voided);
  CHECK(voided.pool->remaining() == 1);
  CHECK(fixture.answer(void_claim(1)) == ClaimAnswer::Repeated);
  CHECK(fixture.answer(redeem(1, "till")) == ClaimAnswer::NotNow);
  CHECK(fixture.claim(1).payment == PaymentState::RefundDue);
  fixture.done(about_payment(ClaimVerb::Refund, "pay-1"));
  CHECK(fixture.claim(1).payment == PaymentState::Refunded);
  SECTION("and its holder may claim again") {
    fixture.done(hold(2, "phone-1", "key-2"));
    fixture.done(follow(2, "member-1"));
    fixture.done(begin_payment(2, "pay-2"));
    CHECK(fixture.answer(pay("pay-2", 1)) == ClaimAnswer::CodeInUse);
    CHECK(fixture.payment("pay-2").state == PaymentState::Pending);
    fixture.done(pay("pay-2", 2));
  }
  SECTION("and a gift gives back the thing alone") {
    fixture.done(set_pool(1));
    fixture.done(hold(3, "phone-3", "key-3"));
    fixture.done(follow(3, "wang"));
    fixture.done(issue(3, 3));
    CHECK_FALSE(fixture.done(void_claim(3)).refund_due);
  }
}

TEST_CASE("reconciliation finds payments by state and age") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5, kPrice));
  for (uint64_t i = 1; i <= 4; ++i) begin(fixture, i);
  fixture.done(about_payment(ClaimVerb::FailPayment, "pay-2"));
  fixture.done(begin_payment(2, "pay-5", kNow - 100));
  fixture.done(pay("pay-3", 3));
  std::vector<Payment> pending;
  REQUIRE(fixture.reader->read_payments(PaymentState::Pending, {}, kNow + 1, 10, pending).ok());
  REQUIRE(pending.size() == 3);
  CHECK(pending[0].reference == "pay-5");
  REQUIRE(fixture.reader->read_payments(PaymentState::Pending, {}, kNow, 10, pending).ok());
  CHECK(pending.size() == 1);
  REQUIRE(fixture.reader->read_payments(PaymentState::Pending, {}, kNow + 1, 2, pending).ok());
  CHECK(pending.size() == 2);
  REQUIRE(fixture.reader->read_payments(PaymentState::Paid, {}, kNow + 1, 10, pending).ok());
  CHECK(pending.size() == 1);
  const PaymentCount open = fixture.reader->count_payments(PaymentState::Pending).value();
  CHECK(open.payments == 3);
  CHECK(open.oldest_time == kNow - 100);
  const PaymentCount due = fixture.reader->count_payments(PaymentState::RefundDue).value();
  CHECK((due.payments == 0 && due.oldest_time == 0));
  CHECK(fixture.answer(about_payment(ClaimVerb::FailPayment, "none")) == ClaimAnswer::NoSuchClaim);
}

TEST_CASE("payments that were begun in one moment are all read, page by page") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(20, kPrice));
  for (uint64_t i = 1; i <= 7; ++i) begin(fixture, i);
  fixture.done(about_payment(ClaimVerb::FailPayment, "pay-4"));
  fixture.done(begin_payment(4, "pay-later", kNow + 1));
  std::vector<std::string> all;
  std::vector<Payment> page;
  PaymentPlace after;
  do {
    REQUIRE(fixture.reader->read_payments(PaymentState::Pending, after, kNow + 2, 2, page).ok());
    REQUIRE(page.size() <= 2);
    for (const Payment& payment : page) all.push_back(payment.reference);
    if (!page.empty()) after = {page.back().begun_time, page.back().reference};
  } while (!page.empty());
  CHECK(all == std::vector<std::string>{"pay-1", "pay-2", "pay-3", "pay-5", "pay-6", "pay-7",
                                        "pay-later"});
  REQUIRE(fixture.reader->read_payments(PaymentState::Pending, {kNow, ""}, kNow + 1, 9, page).ok());
  CHECK(page.size() == 6);
  REQUIRE(
      fixture.reader->read_payments(PaymentState::Pending, {kNow + 1, ""}, kNow + 2, 9, page).ok());
  CHECK(page.size() == 1);
}
