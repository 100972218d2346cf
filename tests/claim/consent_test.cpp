// SPDX-License-Identifier: MIT
// What a person agreed to is sent until it is answered, and for nothing else than what they saw.
#include <catch2/catch.hpp>

#include "tests/claim/claim_fixture.h"

namespace vitrine::claim {
namespace {

TEST_CASE("what was agreed to is sent again with its key, also by a page that was closed") {
  for (const bool closes : {false, true}) {
    ClaimFixture phone(Role::Phone);
    phone.link->invite(kInvitation);
    phone.connect();
    phone.link->join();
    phone.take(ClaimKind::Join);
    phone.answer(phone_state(Stage::Agreeing));
    phone.link->agree({true, true, false});
    const auto first = phone.take(ClaimKind::Agree);
    phone.cut();
    if (closes) phone.start();
    phone.connect(phone_state(Stage::Agreeing));
    const auto second = phone.take(ClaimKind::Agree);
    CHECK(second.key == first.key);
    CHECK((second.act.guardian && !second.act.statistics));
    phone.answer(phone_state(Stage::Following));
    CHECK(phone.keepsakes.values.count("claim.agree") == 0);
    // It was carried out after all: nothing is asked twice.
    phone.cut();
    phone.connect(phone_state(Stage::Following));
    CHECK_FALSE(phone.has_sent());
    CHECK_FALSE(phone.view().busy);
  }
}

// The tap is for one ticket: whatever comes after it is agreed to by another one.
TEST_CASE("an agreement that was not answered is never sent for what another code led to") {
  for (const char* product : {"rose", "true-red"}) {
    for (const bool closes : {false, true}) {
      INFO(product << (closes ? ", page closed" : ""));
      ClaimFixture phone(Role::Phone);
      phone.link->invite(kInvitation);
      phone.connect();
      phone.link->join();
      phone.take(ClaimKind::Join);
      phone.answer(phone_state(Stage::Agreeing));
      phone.cut();
      phone.link->agree({true, true, true});
      if (closes) phone.start();
      phone.link->invite(std::string("00112233445566778899aabbccddeeff.") + product);
      phone.connect(phone_state(Stage::Agreeing));  // of before
      CHECK_FALSE(phone.has_sent());
      phone.link->join();
      phone.take(ClaimKind::Join);
      ClaimState other = phone_state(Stage::Agreeing);
      other.product = product;
      phone.answer(other);
      phone.cut();
      phone.connect(other);
      CHECK_FALSE(phone.has_sent());
      CHECK_FALSE(phone.view().busy);
      phone.link->agree({true, true, false});
      CHECK(phone.take(ClaimKind::Agree).act.terms);
    }
  }
}

TEST_CASE("what another tab joined in between is not agreed to, followed or paid by this one") {
  for (const Stage stage : {Stage::Agreeing, Stage::Following, Stage::Paying}) {
    for (const int round : {0, 1, 2, 3}) {
      const bool same_product = round % 2 == 0, closes = round / 2 == 0;
      ClaimFixture phone(Role::Phone);
      phone.link->invite(kInvitation);
      phone.connect();
      phone.link->join();
      phone.take(ClaimKind::Join);
      phone.answer(phone_state(stage));
      phone.cut();
      phone.link->agree({true, true, true});
      phone.link->follow();
      phone.link->pay();
      CHECK(phone.view().busy);
      if (closes) phone.start();
      ClaimState other = phone_state(stage);
      if (same_product) other.session.bytes[0] = 1;
      if (!same_product) other.product = "rose";
      phone.connect(other);
      CHECK_FALSE(phone.has_sent());
      CHECK_FALSE(phone.view().busy);
      phone.cut();
      phone.connect(phone_state(stage));
      CHECK_FALSE(phone.has_sent());
    }
  }
}

}  // namespace
}  // namespace vitrine::claim
