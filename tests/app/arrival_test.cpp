// SPDX-License-Identifier: MIT
// An App whose program is not whole yet: other scenes come later, but what a shopper does is kept
// from the first touch on, whether the rest ever comes or not.
#include <catch2/catch.hpp>

#include "tests/app/app_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

app::AppOptions in_parts() {
  app::AppOptions options;
  options.whole = false;
  return options;
}

}  // namespace

TEST_CASE("what is touched before the program is whole is stored at once, though nothing follows") {
  AppFixture fixture(in_parts());
  REQUIRE(fixture.show_sample());
  fixture.run(3);
  fixture.tap({500, 300});
  CHECK(fixture.stored("screen_touched") == 2);
  CHECK(fixture.transport.connects == 1);
}

TEST_CASE(
    "a button that waits for the rest waits on when the page was hidden, not when a sheet came") {
  AppFixture fixture(in_parts());
  REQUIRE(fixture.show_sample());
  fixture.run(3);
  const auto is_busy = [&] { return fixture.app->semantics().find("start")->state.busy; };
  fixture.tap(fixture.middle_of("start"));
  CHECK(is_busy());
  fixture.app->pause();
  fixture.app->resume();
  fixture.run(3);
  CHECK(is_busy());
  fixture.tap(fixture.middle_of("accessibility"));
  CHECK_FALSE(is_busy());
}
