// SPDX-License-Identifier: MIT
// What a phone remembers, and what of it a browser gives back.
#include <catch2/catch.hpp>

#include "engine/base/random.h"
#include "engine/claim/invitation.h"
#include "engine/claim/kept_internal.h"
#include "engine/rules/voucher_code.h"
#include "tests/fakes/fake_keepsakes.h"

namespace vitrine::claim {
namespace {

constexpr int64_t kNow = 1795286765000;

KeptVoucher voucher(uint64_t bits, int64_t valid_until_ms = 0) {
  KeptVoucher made;
  made.code = rules::voucher_code(bits);
  made.secret.fill(static_cast<uint8_t>(bits));
  made.valid_until_ms = valid_until_ms;
  made.product = "true-red";
  return made;
}

TEST_CASE("everything that is kept is there again, and what is put away is not") {
  fakes::FakeKeepsakes keepsakes;
  Kept kept(keepsakes);
  kept.load(kNow);
  kept.set_holder("2.lip-popup.b7e1.6d61");
  kept.set_claim(KeptClaim{Stage::Paying, EndReason::None, "true-red", 500, "CNY"});
  Id128 id;
  id.bytes.fill(9);
  kept.set_join(KeptJoin{{id, "true-red"}, id, kNow});
  kept.set_agree(KeptAgree{id, id, "true-red", {true, false, true}, "2026-11", "zh"});
  kept.set_clock_offset_ms(-5000);
  kept.put_voucher(voucher(1, kNow + 1000));
  KeptVoucher bought = voucher(2);
  bought.price = 6000;
  bought.currency = "CNY";
  kept.put_voucher(bought);
  kept.see_voucher(voucher(1).code);

  Kept again(keepsakes);
  again.load(kNow);
  CHECK(again.holder() == kept.holder());
  CHECK(again.claim() == kept.claim());
  REQUIRE(again.join());
  CHECK(again.join()->key == id);
  CHECK(again.join()->invitation.product == "true-red");
  REQUIRE(again.agree());
  CHECK_FALSE(again.agree()->agreement.guardian);
  CHECK(again.agree()->agreement.statistics);
  CHECK(again.agree()->language == "zh");
  CHECK(again.agree()->product == "true-red");
  CHECK(again.agree()->session == id);
  CHECK(again.clock_offset_ms() == -5000);
  CHECK(again.vouchers() == kept.vouchers());
  CHECK(again.vouchers()[1].price == 6000);
  CHECK(again.vouchers()[1].currency == "CNY");
  CHECK(again.has_unseen());

  again.set_holder({});
  again.set_claim({});
  again.set_join({});
  again.set_agree({});
  again.remove_voucher(voucher(1).code);
  again.remove_voucher(voucher(2).code);
  CHECK(keepsakes.values.size() == 1);  // the clock's
}

TEST_CASE("vouchers of a page that kept no price are there, and keep one once it is told") {
  fakes::FakeKeepsakes keepsakes;
  keepsakes.values["claim.vouchers"] =
      rules::voucher_code(1) + " " + std::string(64, 'a') + " 0 true-red seen\n" +
      rules::voucher_code(2) + " " + std::string(64, 'b') + " 0 rose new 500 X\n" +
      rules::voucher_code(3) + " " + std::string(64, 'c') + " 0 rose new -5 CNY";
  Kept kept(keepsakes);
  kept.load(kNow);
  REQUIRE(kept.vouchers().size() == 3);
  for (const KeptVoucher& one : kept.vouchers()) {
    CHECK(one.price == 0);
    CHECK(one.currency.empty());
  }
  KeptVoucher told = kept.vouchers()[0];
  told.price = 500;
  told.currency = "CNY";
  kept.put_voucher(told);
  told.price = 0;  // as a server says it that does not tell
  told.currency.clear();
  kept.put_voucher(told);
  Kept again(keepsakes);
  again.load(kNow);
  CHECK(again.vouchers()[0].price == 500);
  CHECK(again.vouchers()[0].currency == "CNY");
  CHECK(again.vouchers()[0].seen);
}

TEST_CASE("a holder that another tab got since is found, and never takes the place of one's own") {
  fakes::FakeKeepsakes keepsakes;
  Kept first(keepsakes), second(keepsakes);
  first.load(kNow);
  second.load(kNow);
  CHECK_FALSE(second.look_for_holder());
  first.set_holder("2.lip-popup.b7e1.6d61");
  CHECK(second.look_for_holder());
  CHECK(second.holder() == first.holder());
  keepsakes.values["claim.holder"] = "another";
  CHECK_FALSE(second.look_for_holder());
  CHECK(second.holder() == first.holder());
}

TEST_CASE("an old join is not made, a voucher that is over by the server's clock is left out") {
  fakes::FakeKeepsakes keepsakes;
  Kept kept(keepsakes);
  Id128 id;
  id.bytes.fill(9);
  kept.set_join(KeptJoin{{id, "true-red"}, id, kNow});
  kept.set_clock_offset_ms(60'000);
  kept.put_voucher(voucher(1, kNow + 60'000));
  kept.put_voucher(voucher(2, kNow + 60'001));
  Kept later(keepsakes);
  later.load(kNow + Kept::kJoinMs + 1);
  CHECK_FALSE(later.join());
  Kept now(keepsakes);
  now.load(kNow);
  REQUIRE(now.vouchers().size() == 1);
  CHECK(now.vouchers()[0].code == voucher(2).code);
  Kept before(keepsakes);
  before.load(kNow - 1);
  CHECK_FALSE(before.join());
}

TEST_CASE("as many vouchers as there may be fit, and the oldest goes first") {
  fakes::FakeKeepsakes keepsakes;
  Kept kept(keepsakes);
  for (uint64_t i = 0; i < Kept::kMostVouchers + 3; ++i) {
    KeptVoucher long_one = voucher(i + 1, 253402300799999);
    long_one.product.assign(64, 'p');
    kept.put_voucher(long_one);
  }
  Kept again(keepsakes);
  again.load(kNow);
  REQUIRE(again.vouchers().size() == Kept::kMostVouchers);
  CHECK(again.vouchers().front().code == voucher(4).code);
}

TEST_CASE("whatever stands in a browser's storage is read without harm") {
  Random random(5);
  const std::string words[] = {"following",
                               "-",
                               "true-red",
                               "500",
                               "9223372036854775807",
                               "-9223372036854775808",
                               "99999999999999999999",
                               "CNY",
                               "seen",
                               "7MNFGMB0V7N75S",
                               std::string(64, 'a'),
                               std::string(32, 'b'),
                               std::string(32, 'b') + ".rose",
                               "\n",
                               "\xFF",
                               "1",
                               "0"};
  for (int round = 0; round < 2000; ++round) {
    fakes::FakeKeepsakes keepsakes;
    for (const char* name : {"claim.holder", "claim.stage", "claim.join", "claim.agree",
                             "claim.vouchers", "claim.clock"}) {
      std::string text;
      const uint32_t count = random.below(7);
      for (uint32_t i = 0; i < count; ++i) {
        if (i > 0) text += ' ';
        text += words[random.below(static_cast<uint32_t>(std::size(words)))];
      }
      keepsakes.values[name] = text;
    }
    Kept kept(keepsakes);
    kept.load(kNow);
    for (const KeptVoucher& one : kept.vouchers()) {
      CHECK(rules::normalise_voucher_code(one.code) == one.code);
    }
    if (kept.claim()) CHECK_FALSE(kept.claim()->product.empty());
  }
}

TEST_CASE("an invitation is a ticket and a product, and its address says both behind a hash") {
  const auto invitation = parse_invitation("3c0f1e2d4b5a69788796a5b4c3d2e1f0.true-red");
  REQUIRE(invitation);
  CHECK(invitation_address("https://vitrine.example/c/lip-popup/", *invitation) ==
        "https://vitrine.example/c/lip-popup/#claim=3c0f1e2d4b5a69788796a5b4c3d2e1f0.true-red");
  CHECK_FALSE(parse_invitation("3c0f1e2d4b5a69788796a5b4c3d2e1f0." + std::string(65, 'a')));
}

}  // namespace
}  // namespace vitrine::claim
