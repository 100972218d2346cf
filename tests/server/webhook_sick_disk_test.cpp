// SPDX-License-Identifier: MIT
// Webhooks while the disk is full: nothing is told twice as often as it must, nothing is lost, and
// it goes on by itself when there is room.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/json/json.h"
#include "server/claims/memory_claim_store.h"
#include "server/crypto.h"
#include "server/webhooks/webhook_sender.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/power_loss_vfs.h"
#include "tests/server/claim_commands.h"
#include "tests/server/temporary_directory.h"

namespace vitrine::test {
namespace {

// Takes everything.
struct TakingHttp final : HttpCaller {
  bool submit(HttpRequest&& request) override {
    HttpAnswer answer;
    answer.number = request.number;
    answer.code = code;
    answers.push_back(std::move(answer));
    sent.push_back(std::move(request));
    return true;
  }
  std::vector<HttpAnswer> take_answers() override { return std::exchange(answers, {}); }

  int code = 200;
  std::vector<HttpRequest> sent;
  std::vector<HttpAnswer> answers;
};

TEST_CASE("webhooks stand still while the disk is full, and go on when there is room") {
  REQUIRE(init_crypto());
  const TemporaryDirectory directory;
  PowerLossDisk disk;
  fakes::FakeClock clock;
  const auto store = make_memory_claim_store();
  const auto reader = std::move(store->open_reader()).value();
  auto book = std::move(WebhookBook::open(directory.path())).value();
  REQUIRE(book->add("crm", "https://crm.example/", 0, clock.wall_ms()).ok());
  TakingHttp http;
  std::string log;
  WebhookSender::Parts parts;
  parts.clock = &clock;
  parts.book = book.get();
  parts.reader = reader.get();
  parts.http = &http;
  parts.random = [] { return uint64_t{0}; };
  parts.log = [&log](const std::string& line) { log += line; };
  WebhookSender sender(std::move(parts));
  for (int64_t line = 1; line <= 60; ++line) {
    std::vector<ClaimOutcome> outcomes;
    REQUIRE(store->apply(std::vector{set_pool(line)}, outcomes).ok());
  }
  http.code = GENERATE(200, 500);
  const auto steps = [&](int count) {
    for (int i = 0; i < count; ++i) {
      sender.step();
      clock.advance_ms(250);
    }
  };
  steps(3);
  disk.set_capacity(disk.used_bytes() + 1);
  steps(100);
  CHECK(log.find("webhooks stand still") != std::string::npos);
  CHECK(log.find("webhooks stand still") == log.rfind("webhooks stand still"));
  const size_t while_full = http.sent.size();
  steps(100);
  CHECK(http.sent.size() == while_full);
  disk.set_capacity(0);
  http.code = 200;
  steps(400);
  std::set<int64_t> told;
  for (const HttpRequest& request : http.sent) {
    JsonDocument document;
    REQUIRE(document.parse(request.body));
    told.insert(*document.root().find("data").find("sequence").integer());
  }
  CHECK(told.size() == 60);
  const WebhookEndpoint endpoint = book->list().value().at(0);
  CHECK(endpoint.cursor == 60);
  CHECK(endpoint.waiting == 0);
}

}  // namespace
}  // namespace vitrine::test
