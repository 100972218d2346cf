// SPDX-License-Identifier: MIT
// What a claim keeps of what was agreed to, in every store of claims.
#include <catch2/catch.hpp>

#include "tests/server/claim_commands.h"
#include "tests/server/claim_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("a claim keeps how long its voucher is good and whose page its holder is led to") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5));
  const int64_t valid_ms = GENERATE(as<int64_t>{}, 0, 1000, kValidityNotKept);
  ClaimCommand asked = hold(1, "phone-1", "key");
  asked.valid_ms = valid_ms;
  asked.provider = "acme";
  fixture.done(asked);
  CHECK(fixture.claim(1).valid_ms == valid_ms);
  CHECK(fixture.claim(1).provider == "acme");
  fixture.done(follow(1, "li"));
  ClaimCommand issued = issue(1, 1, kNow + 7);
  issued.until = kNow + 5000;  // as somebody says who was not there
  fixture.done(issued);
  const Claim claim = fixture.claim(1);
  CHECK(claim.valid_until == (valid_ms == 0  ? 0
                              : valid_ms > 0 ? kNow + 7 + valid_ms
                                             : kNow + 5000));
  CHECK(claim.valid_ms == valid_ms);
  CHECK(claim.provider == "acme");
}

TEST_CASE("money that comes late makes a voucher of the length that was agreed") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5, kPrice));
  ClaimCommand asked = hold(1, "phone-1", "key");
  asked.valid_ms = 1000;
  fixture.done(asked);
  fixture.done(follow(1, "li"));
  fixture.done(begin_payment(1, "pay-1"));
  fixture.done(expire(kNow + kHoldMs));
  fixture.done(pay("pay-1", 1, kNow + kHoldMs + 9));
  CHECK(fixture.claim(1).valid_until == kNow + kHoldMs + 9 + 1000);
}

TEST_CASE("a hold keeps the price that was shown, whatever the pool's has become") {
  FOR_EVERY_CLAIM_STORE();
  fixture.done(set_pool(5, {12'000, "CNY"}));
  ClaimCommand asked = hold(1, "phone-1", "key");
  asked.price = kPrice;
  fixture.done(asked);
  CHECK(fixture.claim(1).price == kPrice);
  CHECK(fixture.events().back().amount == kPrice);
  fixture.done(hold(2, "phone-2", "key"));
  CHECK(fixture.claim(2).price == Money{12'000, "CNY"});
  fixture.done(follow(1, "li"));
  ClaimCommand dearer = begin_payment(1, "pay-1");
  dearer.amount = {12'000, "CNY"};
  CHECK(fixture.answer(dearer) == ClaimAnswer::WrongAmount);
  fixture.done(begin_payment(1, "pay-2"));
  fixture.done(pay("pay-2", 1));
  ClaimCommand gift = hold(3, "phone-3", "key");
  gift.price = Money();
  fixture.done(gift);
  fixture.done(follow(3, "wang"));
  fixture.done(issue(3, 3));
}
