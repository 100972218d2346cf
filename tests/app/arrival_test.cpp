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
  CHECK(fixture.app->is_stored());
  CHECK(fixture.transport.connects == 1);
}
