// SPDX-License-Identifier: MIT
// An App whose program is not whole yet: what stores and sends comes later, what is recorded before
// waits for it.
#include <catch2/catch.hpp>

#include <string>

#include "engine/base/json/json.h"
#include "engine/protocol/messages.h"
#include "tests/app/app_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

app::AppOptions in_parts() {
  app::AppOptions options;
  options.whole = false;
  return options;
}

int64_t figure(const AppFixture& fixture, std::string_view name) {
  const std::string text = fixture.app->statistics_json();
  JsonDocument statistics;
  statistics.parse(text);
  return statistics.root().find(name).integer().value_or(-1);
}

}  // namespace

TEST_CASE("until the program is whole nothing is stored or sent, and the statistics count on") {
  AppFixture fixture(in_parts());
  REQUIRE(fixture.show_sample());
  fixture.run(3);
  const int64_t before = figure(fixture, "recorded");
  fixture.tap({500, 300});
  fixture.app->pause();
  fixture.app->resume();
  fixture.run(200);
  CHECK(fixture.store.commits.empty());
  CHECK(fixture.transport.connects == 0);
  CHECK(figure(fixture, "recorded") > before);
  CHECK(figure(fixture, "outbox_unstored") == figure(fixture, "recorded"));
  CHECK_FALSE(fixture.app->is_stored());
}

TEST_CASE("what was recorded before the program was whole is stored once it is, in its order") {
  AppFixture fixture(in_parts());
  REQUIRE(fixture.show_sample());
  fixture.run(3);
  fixture.tap({500, 300});
  const int64_t recorded = figure(fixture, "recorded");
  REQUIRE(recorded > 0);
  fixture.app->set_whole();
  CHECK(fixture.stored("screen_touched") == 2);
  REQUIRE(fixture.store.disk.rows.size() >= static_cast<size_t>(recorded));
  CHECK(fixture.store.disk.rows.front().sequence == 1);
  CHECK(fixture.transport.connects == 1);
}

TEST_CASE("a hello after the program has become whole names the campaign that was shown before") {
  AppFixture fixture(in_parts());
  REQUIRE(fixture.show_sample());
  fixture.run(3);
  fixture.app->set_whole();
  fixture.run(10);
  fixture.transport.accept();
  fixture.run(2);
  std::string challenge;
  protocol::encode_challenge(
      {.nonce = std::string(protocol::kNonceHexLength, 'a'), .time_ms = 1795286765000}, challenge);
  fixture.transport.deliver(challenge);
  fixture.run(2);
  REQUIRE(fixture.transport.sent.size() == 1);
  CHECK(fixture.transport.sent[0].find("\"lip-popup\"") != std::string::npos);
}

TEST_CASE("that the program is whole is told once: a second word changes nothing") {
  AppFixture fixture(in_parts());
  REQUIRE(fixture.show_sample());
  fixture.app->set_whole();
  fixture.tap({500, 300});
  fixture.app->set_whole();
  CHECK(fixture.stored("screen_touched") == 2);
  CHECK(fixture.transport.connects == 1);
}
