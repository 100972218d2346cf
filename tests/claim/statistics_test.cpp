// SPDX-License-Identifier: MIT
// Whether a phone may record more than its claims need: as its person said, and never against what
// their browser says for them.
#include <catch2/catch.hpp>

#include "engine/claim/statistics_choice.h"
#include "tests/claim/claim_fixture.h"

namespace vitrine::claim {
namespace {

constexpr char kChoice[] = "claim.statistics";

TEST_CASE("whoever just opens the page is not asked; whoever came by a code has not agreed yet") {
  fakes::FakeKeepsakes kept;
  StatisticsChoice choice(kept, false);
  CHECK(choice.allows_all());
  CHECK(kept.values.empty());
  choice.came_by_code();
  CHECK_FALSE(choice.allows_all());
  CHECK_FALSE(StatisticsChoice(kept, false).allows_all());  // opened again
}

TEST_CASE("what was chosen is kept, and another code asks no agreement again") {
  for (const bool agreed : {true, false}) {
    fakes::FakeKeepsakes kept;
    StatisticsChoice choice(kept, false);
    choice.came_by_code();
    CHECK(choice.choose(agreed) == agreed);
    CHECK(choice.allows_all() == agreed);
    StatisticsChoice later(kept, false);
    later.came_by_code();
    CHECK(later.allows_all() == agreed);
    CHECK_FALSE(later.choose(false));
    CHECK_FALSE(StatisticsChoice(kept, false).allows_all());
  }
}

TEST_CASE("a browser that says no is never overruled, by a choice of before neither") {
  fakes::FakeKeepsakes kept;
  StatisticsChoice(kept, false).choose(true);
  StatisticsChoice refused(kept, true);
  CHECK_FALSE(refused.allows_all());
  CHECK_FALSE(refused.choose(true));
  CHECK_FALSE(StatisticsChoice(kept, false).allows_all());
}

TEST_CASE("where nothing is kept the choice holds as long as the page is open") {
  fakes::FakeKeepsakes kept;
  kept.refuse = true;
  StatisticsChoice choice(kept, false);
  choice.came_by_code();
  CHECK_FALSE(choice.allows_all());
  choice.choose(true);
  CHECK(choice.allows_all());
}

TEST_CASE("where nothing is kept, a page that is loaded anew takes nobody's silence for a yes") {
  fakes::FakeKeepsakes kept;
  kept.refuse = true;
  CHECK_FALSE(StatisticsChoice(kept, false).allows_all());
}

TEST_CASE("an answer that cannot be read is no yes") {
  for (const char* value : {"Yes", "yes ", "1", "\xff", "no"}) {
    fakes::FakeKeepsakes kept;
    kept.values[kChoice] = value;
    CHECK_FALSE(StatisticsChoice(kept, false).allows_all());
  }
}

TEST_CASE("what a browser says for its person goes to the server instead of what was ticked") {
  for (const bool refuses : {true, false}) {
    Phone phone;
    StatisticsChoice choice(phone.keepsakes, refuses);
    phone.link.reset();  // it is nobody's listener any more
    phone.link = std::make_unique<ClaimLink>(
        LinkSeams{phone.clock, phone.random, phone.identity, phone.transport, phone.keepsakes,
                  phone.links, phone.home_screen},
        LinkOptions{.role = Role::Phone, .build = "0.1.0", .seed = 1, .statistics = &choice});
    phone.link->set_campaign({"lip-popup", true, "2026-11", ""});
    phone.link->set_language("en");
    CHECK(phone.view().statistics_refused == refuses);
    phone.come_to(Stage::Agreeing);
    CHECK(phone.view().statistics_refused == refuses);
    phone.link->agree({true, true, true});
    CHECK(phone.take(ClaimKind::Agree).act.statistics == !refuses);
    CHECK(choice.allows_all() == !refuses);
  }
}

}  // namespace
}  // namespace vitrine::claim
