// SPDX-License-Identifier: MIT
// Webhooks without a network: a ledger of its own, the real book on the disk, and endpoints that
// answer what a test says.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/base/json/json.h"
#include "server/claims/memory_claim_store.h"
#include "server/crypto.h"
#include "server/webhooks/webhook_event.h"
#include "server/webhooks/webhook_sender.h"
#include "tests/fakes/fake_clock.h"
#include "tests/server/claim_commands.h"
#include "tests/server/temporary_directory.h"

namespace vitrine::test {
namespace {

// Answers by what stands for an address; an address that stands for nothing never answers.
struct ToldHttp final : HttpCaller {
  bool submit(HttpRequest&& request) override {
    sent.push_back(request);
    const auto told = codes.find(request.url);
    if (told == codes.end()) return true;
    HttpAnswer answer;
    answer.number = request.number;
    answer.code = told->second;
    if (answer.code == 0) answer.status = Status(StatusCode::Unavailable, "no connection");
    answers.push_back(std::move(answer));
    return true;
  }
  std::vector<HttpAnswer> take_answers() override { return std::exchange(answers, {}); }

  std::map<std::string, int> codes;
  std::vector<HttpRequest> sent;
  std::vector<HttpAnswer> answers;
};

std::string header(const HttpRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return "";
}

struct Desk {
  Desk() {
    REQUIRE(init_crypto());
    reader = std::move(store->open_reader()).value();
    open();
  }
  // As a server that starts, after whatever ended the one before.
  void open() {
    sender.reset();
    book = std::move(WebhookBook::open(directory.path())).value();
    WebhookSender::Parts parts;
    parts.clock = &clock;
    parts.book = book.get();
    parts.reader = reader.get();
    parts.http = &http;
    parts.random = [] { return ~uint64_t{0}; };
    parts.log = [this](const std::string& line) { log += line; };
    sender.emplace(std::move(parts));
  }
  WebhookEndpoint add(const std::string& name) {
    const Result<uint64_t> newest = reader->newest_event();
    return book->add(name, url(name), newest.value(), clock.wall_ms()).value();
  }
  static std::string url(const std::string& name) { return "https://" + name + ".example/hooks"; }
  // A line of the ledger each.
  void happen(int lines) {
    for (int i = 0; i < lines; ++i) {
      ClaimCommand command;
      command.verb = ClaimVerb::SetPool;
      command.now = clock.wall_ms();
      command.pool = "lip-popup/true-red";
      command.stock = ++stock;
      std::vector<ClaimOutcome> outcomes;
      REQUIRE(store->apply({&command, 1}, outcomes).ok());
    }
  }
  void steps(int count, int64_t apart_ms = 250) {
    for (int i = 0; i < count; ++i) {
      sender->step();
      clock.advance_ms(apart_ms);
    }
  }
  // What an endpoint was sent, in order.
  std::vector<int64_t> got(const std::string& name) const {
    std::vector<int64_t> sequences;
    for (const HttpRequest& request : http.sent) {
      if (request.url != url(name)) continue;
      JsonDocument document;
      REQUIRE(document.parse(request.body));
      sequences.push_back(*document.root().find("data").find("sequence").integer());
    }
    return sequences;
  }
  WebhookEndpoint endpoint(const std::string& name) {
    const std::vector<WebhookEndpoint> all = book->list().value();
    for (const WebhookEndpoint& one : all) {
      if (one.name == name) return one;
    }
    return {};
  }

  // As /metrics says it; by name, for they stand by their random ids.
  uint64_t pending(const std::string& name) const {
    for (const WebhookFigures& one : sender->figures()) {
      if (one.name == name) return one.pending;
    }
    return 0;
  }

  TemporaryDirectory directory;
  fakes::FakeClock clock;
  std::unique_ptr<ClaimStore> store = make_memory_claim_store();
  std::unique_ptr<ClaimReader> reader;
  ToldHttp http;
  std::unique_ptr<WebhookBook> book;
  std::optional<WebhookSender> sender;
  std::string log;
  int64_t stock = 0;
};

TEST_CASE("an endpoint is told what happens from its adding on, once each and in order") {
  Desk desk;
  desk.happen(3);
  const WebhookEndpoint added = desk.add("crm");
  desk.http.codes[Desk::url("crm")] = 204;
  desk.happen(5);
  desk.steps(20);
  CHECK(desk.got("crm") == std::vector<int64_t>{4, 5, 6, 7, 8});
  CHECK(desk.endpoint("crm").delivered == 5);
  CHECK(desk.sender->figures()[0].pending == 0);
  CHECK(desk.sender->figures()[0].delivered_time > 0);
  std::set<std::string> ids;
  for (const HttpRequest& request : desk.http.sent) {
    const WebhookHeaders headers{header(request, "webhook-id"),
                                 header(request, "webhook-timestamp"),
                                 header(request, "webhook-signature")};
    CHECK(verify_webhook({*WebhookSecret::parse(added.secret)}, headers, request.body,
                         desk.clock.wall_ms() / 1000) == WebhookVerdict::Genuine);
    ids.insert(headers.id);
  }
  CHECK(ids.size() == 5);
}

TEST_CASE("an endpoint that is down holds up no other, and gets everything when it is back") {
  Desk desk;
  desk.add("down");
  desk.add("up");
  desk.http.codes[Desk::url("down")] = 0;
  desk.http.codes[Desk::url("up")] = 200;
  desk.happen(200);
  desk.steps(300);
  CHECK(desk.got("up").size() == 200);
  CHECK(desk.endpoint("down").delivered == 0);
  CHECK(desk.endpoint("down").waiting <= kMaxAside);
  CHECK(desk.pending("down") == 200);
  desk.http.codes[Desk::url("down")] = 200;
  desk.http.sent.clear();
  desk.steps(2000, 30'000);
  CHECK(desk.endpoint("down").delivered == 200);
  CHECK(desk.endpoint("down").waiting == 0);
  CHECK(desk.endpoint("down").dead == 0);
  const std::vector<int64_t> got = desk.got("down");
  CHECK(std::set<int64_t>(got.begin(), got.end()).size() == 200);
}

TEST_CASE("an endpoint that never answers is waited for alone") {
  Desk desk;
  desk.add("silent");
  desk.add("up");
  desk.http.codes[Desk::url("up")] = 200;
  desk.happen(10);
  desk.steps(50);
  CHECK(desk.got("silent").size() == 1);
  CHECK(desk.got("up").size() == 10);
}

TEST_CASE("one message that is never taken is dead after a day, can be seen and sent again") {
  Desk desk;
  desk.add("crm");
  desk.http.codes[Desk::url("crm")] = 500;
  desk.happen(1);
  desk.steps(400, 10 * 60'000);
  CHECK(desk.endpoint("crm").dead == 1);
  const size_t attempts = desk.http.sent.size();
  CHECK(attempts >= 10);
  CHECK(attempts < 30);
  CHECK(desk.log.find("given up: answered 500") != std::string::npos);
  const auto dead = desk.book->dead("crm").value();
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].position == 1);
  CHECK(dead[0].type == "pool.changed");
  CHECK(dead[0].error == "answered 500");
  desk.steps(400, 10 * 60'000);
  CHECK(desk.http.sent.size() == attempts);
  const std::string id = header(desk.http.sent[0], "webhook-id");

  desk.http.codes[Desk::url("crm")] = 200;
  CHECK(desk.book->retry("crm", 7, desk.clock.wall_ms()).value() == 0);
  CHECK(desk.book->retry("crm", 1, desk.clock.wall_ms()).value() == 1);
  desk.steps(5);
  CHECK(desk.http.sent.size() == attempts + 1);
  CHECK(header(desk.http.sent.back(), "webhook-id") == id);
  CHECK(desk.endpoint("crm").dead == 0);
  CHECK(desk.endpoint("crm").delivered == 1);
}

TEST_CASE("410 disables an endpoint, and who enables it again loses nothing") {
  Desk desk;
  desk.add("crm");
  desk.http.codes[Desk::url("crm")] = 410;
  desk.happen(3);
  desk.steps(50, 60'000);
  CHECK(desk.http.sent.size() == 1);
  CHECK_FALSE(desk.endpoint("crm").disabled.empty());
  CHECK(desk.sender->figures()[0].disabled);
  desk.open();
  desk.steps(50, 60'000);
  CHECK(desk.http.sent.size() == 1);
  desk.http.codes[Desk::url("crm")] = 200;
  REQUIRE(desk.book->retry("crm", std::nullopt, desk.clock.wall_ms()).ok());
  desk.steps(20);
  CHECK(desk.got("crm") == std::vector<int64_t>{1, 1, 2, 3});
  CHECK(desk.endpoint("crm").delivered == 3);
}

TEST_CASE("a redirect is a failure and is not followed") {
  Desk desk;
  desk.add("crm");
  desk.http.codes[Desk::url("crm")] = 302;
  desk.happen(1);
  desk.steps(5);
  CHECK(desk.endpoint("crm").delivered == 0);
  CHECK(desk.endpoint("crm").error.find("redirects are not followed") != std::string::npos);
}

TEST_CASE("whatever moment the server dies at, everything arrives at least once under one id") {
  Desk desk;
  desk.add("crm");
  desk.http.codes[Desk::url("crm")] = 200;
  desk.happen(20);
  for (int i = 0; i < 200; ++i) {
    desk.sender->step();
    desk.clock.advance_ms(i % 7);
    desk.http.codes[Desk::url("crm")] = i % 3 == 0 ? 503 : 200;
    // The answer is lost with the program.
    if (i % 5 == 4) desk.http.answers.clear();
    if (i % 2 == 0) desk.open();
  }
  desk.http.codes[Desk::url("crm")] = 200;
  desk.open();
  desk.steps(500, 60'000);
  std::map<std::string, int64_t> sequence_of;
  std::set<int64_t> arrived;
  for (const HttpRequest& request : desk.http.sent) {
    JsonDocument document;
    REQUIRE(document.parse(request.body));
    const int64_t sequence = *document.root().find("data").find("sequence").integer();
    const auto [known, is_new] = sequence_of.emplace(header(request, "webhook-id"), sequence);
    CHECK(known->second == sequence);
    arrived.insert(sequence);
  }
  CHECK(arrived.size() == 20);
  CHECK(sequence_of.size() == 20);
  CHECK(desk.endpoint("crm").waiting == 0);
  CHECK(desk.endpoint("crm").cursor == 20);
}

TEST_CASE("an endpoint that is removed and added anew begins anew") {
  Desk desk;
  desk.add("crm");
  desk.happen(3);
  desk.steps(3);  // the first one is on its way
  REQUIRE(desk.book->remove("crm").ok());
  CHECK(desk.book->remove("crm").code() == StatusCode::NotFound);
  desk.add("crm");
  desk.http.sent.clear();
  desk.http.codes[Desk::url("crm")] = 200;
  desk.happen(1);
  desk.steps(10);
  CHECK(desk.got("crm") == std::vector<int64_t>{4});
}

TEST_CASE("another secret is taken at once, and the one before signs along for a day") {
  Desk desk;
  const WebhookEndpoint before = desk.add("crm");
  desk.http.codes[Desk::url("crm")] = 200;
  const WebhookEndpoint after = desk.book->rotate("crm", desk.clock.wall_ms()).value();
  CHECK(after.secret != before.secret);
  const auto verdicts = [&] {
    desk.happen(1);
    desk.steps(3);
    const HttpRequest& request = desk.http.sent.back();
    const WebhookHeaders headers{header(request, "webhook-id"),
                                 header(request, "webhook-timestamp"),
                                 header(request, "webhook-signature")};
    const int64_t now = desk.clock.wall_ms() / 1000;
    const auto by = [&](const std::string& secret) {
      return verify_webhook({*WebhookSecret::parse(secret)}, headers, request.body, now) ==
             WebhookVerdict::Genuine;
    };
    return std::pair(by(before.secret), by(after.secret));
  };
  CHECK(verdicts() == std::pair(true, true));
  desk.clock.advance_ms(kOldSecretLifeMs);
  CHECK(verdicts() == std::pair(false, true));
}

TEST_CASE("after an older backup was restored an endpoint goes on with what comes then") {
  Desk desk;
  desk.happen(2);
  REQUIRE(desk.book->add("crm", Desk::url("crm"), 500, desk.clock.wall_ms()).ok());
  desk.http.codes[Desk::url("crm")] = 200;
  desk.steps(3);
  CHECK(desk.http.sent.empty());
  desk.happen(2);
  desk.steps(10);
  CHECK(desk.got("crm") == std::vector<int64_t>{3, 4});
}

TEST_CASE("what happens while another endpoint is told older lines is not skipped after that") {
  Desk desk;
  desk.happen(2);
  REQUIRE(desk.book->add("crm", Desk::url("crm"), 500, desk.clock.wall_ms()).ok());
  REQUIRE(desk.book->add("shop", Desk::url("shop"), 0, desk.clock.wall_ms()).ok());
  desk.http.codes[Desk::url("crm")] = desk.http.codes[Desk::url("shop")] = 200;
  desk.steps(1);
  CHECK(desk.got("shop") == std::vector<int64_t>{1});
  desk.happen(2);
  desk.steps(20);
  CHECK(desk.got("crm") == std::vector<int64_t>{3, 4});
  CHECK(desk.endpoint("crm").cursor == 4);
}

TEST_CASE("the book refuses what cannot work, and is its owner's alone") {
  Desk desk;
  CHECK(desk.book->add("", Desk::url("a"), 0, 0).status().code() == StatusCode::InvalidArgument);
  CHECK(desk.book->add("A b", Desk::url("a"), 0, 0).status().code() == StatusCode::InvalidArgument);
  CHECK(desk.book->add("crm", "gopher://x/", 0, 0).status().code() == StatusCode::InvalidArgument);
  desk.add("crm");
  CHECK(desk.book->add("crm", Desk::url("a"), 0, 0).status().code() == StatusCode::AlreadyExists);
  CHECK(desk.book->rotate("other", 0).status().code() == StatusCode::NotFound);
  CHECK(desk.book->dead("other").status().code() == StatusCode::NotFound);
  CHECK(desk.book->retry("other", std::nullopt, 0).status().code() == StatusCode::NotFound);
  struct stat file {};
  REQUIRE(::stat((desk.directory.path() + "/webhooks.sqlite3").c_str(), &file) == 0);
  CHECK((file.st_mode & 0777) == 0600);
}

TEST_CASE("a message says what happened and nobody's name, code or session") {
  ClaimEvent event;
  event.position = 41;
  event.time = 1795286765000;
  event.verb = ClaimVerb::Redeem;
  event.claim.bytes[0] = 0xab;
  event.pool = "lip-popup/true-red";
  event.state = rules::ClaimState::Redeemed;
  event.stock = 100;
  event.taken = 7;
  event.amount = {500, "CNY"};
  event.payment = rules::PaymentState::Paid;
  event.reference = "\xe2\x80\xa2-8H1A";
  event.actor = "somebody at the till";
  CHECK(webhook_event_body(event) ==
        "{\"type\":\"claim.redeemed\",\"timestamp\":\"2026-11-21T18:46:05.000Z\",\"data\":{"
        "\"sequence\":41,\"claim\":\"ab000000000000000000000000000000\",\"state\":\"redeemed\","
        "\"pool\":\"lip-popup/true-red\",\"stock\":100,\"taken\":7,"
        "\"payment\":{\"state\":\"paid\"},\"amount\":{\"minor\":500,\"currency\":\"CNY\"}}}");
  event.verb = ClaimVerb::Refund;
  event.payment = rules::PaymentState::Refunded;
  event.reference = "acme:pay-1";
  CHECK(webhook_event_type(event) == "payment.refunded");
  CHECK(webhook_event_body(event).find("\"reference\":\"acme:pay-1\"") != std::string::npos);
  event.verb = ClaimVerb::EraseMember;
  CHECK_FALSE(webhook_event_type(event));
  event.verb = ClaimVerb::Follow;
  event.reference = "sandbox";
  event.answer = ClaimAnswer::AlreadyClaimed;
  CHECK(webhook_event_type(event) == "claim.released");
}

}  // namespace
}  // namespace vitrine::test
