// SPDX-License-Identifier: MIT
// A provider outside of the server, without a network: what it is asked, how often, and what
// becomes of every answer.
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/crypto.h"
#include "server/providers/http_provider.h"
#include "tests/fakes/fake_clock.h"
#include "tests/server/heard_events.h"

namespace vitrine::test {
namespace {

struct Wire final : HttpCaller {
  bool submit(HttpRequest&& request) override {
    if (full) return false;
    sent.push_back(std::move(request));
    return true;
  }
  std::vector<HttpAnswer> take_answers() override { return std::exchange(answers, {}); }
  // Of the newest request.
  void answer(int code, const std::string& body = "{}") {
    HttpAnswer made;
    made.number = sent.back().number;
    made.code = code;
    made.body = body;
    if (code == 0) made.status = Status(StatusCode::Unavailable, "no connection");
    if (code < 0) made.status = Status(StatusCode::PermissionDenied, "private");
    answers.push_back(std::move(made));
  }
  std::string header(const std::string& name) const {
    for (const auto& [key, value] : sent.back().headers) {
      if (key == name) return value;
    }
    return "";
  }

  bool full = false;
  std::vector<HttpRequest> sent;
  std::vector<HttpAnswer> answers;
};

struct Rig {
  Rig() {
    REQUIRE(init_crypto());
    HttpProvider::Parts parts;
    parts.clock = &clock;
    parts.settings.name = "acme";
    parts.settings.url = "https://acme.example/v";
    parts.settings.send = {WebhookSecret::make()};
    parts.settings.receive = {WebhookSecret::make()};
    auto made = std::make_unique<Wire>();
    wire = made.get();
    parts.http = std::move(made);
    parts.random = random_bytes;
    parts.log = [this](const std::string& line) { log += line; };
    send = parts.settings.send;
    provider = std::make_unique<HttpProvider>(std::move(parts));
    provider->set_events(&heard);
    visit.claim.bytes[0] = 7;
    visit.back = "https://shop.example/c/a/";
  }
  void tick(int64_t milliseconds = 0) {
    clock.advance_ms(milliseconds);
    provider->on_tick();
  }

  fakes::FakeClock clock;
  Heard heard;
  Wire* wire = nullptr;
  std::string log;
  std::vector<WebhookSecret> send;
  ProviderVisit visit;
  std::unique_ptr<HttpProvider> provider;
};

TEST_CASE("what a provider is asked is signed, and its answer told on") {
  Rig rig;
  rig.provider->begin_follow(rig.visit);
  CHECK(rig.wire->sent.back().url == "https://acme.example/v/follow");
  const WebhookHeaders headers{rig.wire->header("webhook-id"),
                               rig.wire->header("webhook-timestamp"),
                               rig.wire->header("webhook-signature")};
  CHECK(verify_webhook(rig.send, headers, rig.wire->sent.back().body, rig.clock.wall_ms() / 1000) ==
        WebhookVerdict::Genuine);
  rig.wire->answer(200, R"({"page":"https://acme.example/p/1","more":[1]})");
  rig.tick();
  CHECK(rig.heard.last() == "follow_page https://acme.example/p/1");
  rig.provider->begin_payment(rig.visit, {500, "CNY"});
  CHECK(rig.wire->sent.back().body.find(R"("amount":{"minor":500,"currency":"CNY"})") !=
        std::string::npos);
  rig.wire->answer(200, R"({"reference":"pay-1","page":"https://acme.example/p/2"})");
  rig.tick();
  CHECK(rig.heard.last() == "payment_page acme:pay-1");
}

TEST_CASE("a network that fails is tried again under the same key, and not for ever") {
  Rig rig;
  rig.provider->begin_payment(rig.visit, {500, "CNY"});
  const std::string key = rig.wire->header("Idempotency-Key");
  CHECK_FALSE(key.empty());
  rig.wire->answer(0);
  rig.tick();
  CHECK(rig.wire->sent.size() == 1);
  rig.tick(1000);
  REQUIRE(rig.wire->sent.size() == 2);
  CHECK(rig.wire->header("Idempotency-Key") == key);
  rig.wire->answer(503);
  rig.tick();
  rig.tick(2000);
  REQUIRE(rig.wire->sent.size() == 3);
  CHECK(rig.wire->header("Idempotency-Key") == key);
  rig.wire->answer(0);
  rig.tick();
  rig.tick(5000);
  CHECK(rig.wire->sent.size() == 3);
  CHECK(rig.heard.last() == "no payment_page");
  CHECK(rig.log == "provider acme: payment: no connection\n");
  // Asked anew it is another question.
  rig.provider->begin_payment(rig.visit, {500, "CNY"});
  CHECK(rig.wire->header("Idempotency-Key") != key);
  rig.wire->answer(200, R"({"reference":"p","page":"https://acme.example/p/2"})");
  rig.tick();
  CHECK(rig.log == "provider acme: payment: no connection\nprovider acme: answers again\n");
}

TEST_CASE("what was refused, or is no answer, is not asked again") {
  for (const auto& [code, body] :
       std::map<int, std::string>{{400, "{}"},
                                  {401, "{}"},
                                  {302, ""},
                                  {-1, ""},
                                  {200, "rubbish"},
                                  {201, "{}"},
                                  {202, R"j({"page":"javascript:alert(1)"})j"},
                                  {203, R"({"page":"/relative"})"},
                                  {206, R"({"page":")" + std::string(1100, 'a') + "\"}"}}) {
    INFO(code);
    Rig rig;
    rig.provider->begin_follow(rig.visit);
    rig.wire->answer(code, body);
    rig.tick();
    rig.tick(5000);
    CHECK(rig.wire->sent.size() == 1);
    CHECK(rig.heard.last() == "no follow_page");
  }
  Rig rig;
  rig.wire->full = true;
  rig.provider->begin_follow(rig.visit);
  CHECK(rig.heard.last() == "no follow_page");
}

TEST_CASE("a payment that was never told is looked up, whatever became of it") {
  Rig rig;
  const auto look_up = [&](int code, const std::string& body) {
    rig.heard.all.clear();
    rig.provider->look_up("acme:pay-1");
    rig.tick();
    CHECK(rig.wire->sent.back().url == "https://acme.example/v/look_up");
    CHECK(rig.wire->sent.back().body == R"({"reference":"pay-1"})");
    rig.wire->answer(code, body);
    rig.tick();
    return rig.heard.last();
  };
  CHECK(look_up(200, R"({"state":"open"})") == "");
  CHECK(
      look_up(
          200,
          R"({"state":"paid","amount":{"minor":500,"currency":"CNY"},"claim":"0700000000000000000000000000000a"})") ==
      "paid acme:pay-1 500");
  CHECK(look_up(200, R"({"state":"failed","why":"declined"})") == "payment_failed acme:pay-1");
  CHECK(look_up(200, R"({"state":"refunded"})") == "refunded acme:pay-1");
  CHECK(look_up(200, R"({"state":"unknown"})") == "payment_failed acme:pay-1");
  // Nothing of this says what became of it.
  CHECK(look_up(404, "{}") == "");
  CHECK(look_up(500, "{}") == "");
  CHECK(look_up(0, "") == "");
  CHECK(look_up(200, R"({"state":"paid"})") == "");
  CHECK(look_up(200, R"({"state":"failed"})") == "");
  CHECK(look_up(200, R"([])") == "");
}

TEST_CASE("a refund is asked for once at a time, always under its own key, until it is done") {
  Rig rig;
  rig.provider->refund("acme:pay-1");
  rig.provider->refund("acme:pay-1");
  rig.tick();
  REQUIRE(rig.wire->sent.size() == 1);
  CHECK(rig.wire->header("Idempotency-Key") == "refund-pay-1");
  rig.provider->refund("acme:pay-1");
  rig.tick();
  CHECK(rig.wire->sent.size() == 1);
  rig.wire->answer(200, R"({"state":"paid"})");
  rig.tick();
  CHECK(rig.heard.all.empty());
  rig.provider->refund("acme:pay-1");
  rig.tick();
  REQUIRE(rig.wire->sent.size() == 2);
  CHECK(rig.wire->header("Idempotency-Key") == "refund-pay-1");
  rig.wire->answer(200, R"({"state":"refunded"})");
  rig.tick();
  CHECK(rig.heard.last() == "refunded acme:pay-1");
}

TEST_CASE("a reference with a full stop is signed as every other one, and is nobody else's") {
  Rig rig;
  std::set<std::string> ids;
  for (const std::string reference : {"pay.1", "pay-1", "pay_1"}) {
    rig.provider->refund("acme:" + reference);
    rig.tick();
    CHECK(rig.wire->header("Idempotency-Key") == "refund-" + reference);
    const WebhookHeaders headers{rig.wire->header("webhook-id"),
                                 rig.wire->header("webhook-timestamp"),
                                 rig.wire->header("webhook-signature")};
    CHECK(verify_webhook(rig.send, headers, rig.wire->sent.back().body,
                         rig.clock.wall_ms() / 1000) == WebhookVerdict::Genuine);
    ids.insert(headers.id);
  }
  CHECK(ids.size() == 3);
}

TEST_CASE("whoever waits at a phone is asked for before a thousand refunds") {
  Rig rig;
  for (int i = 0; i < 3000; ++i) rig.provider->refund("acme:pay-" + std::to_string(i));
  rig.tick();
  const size_t quiet = rig.wire->sent.size();
  CHECK(quiet < 20);
  rig.provider->begin_follow(rig.visit);
  CHECK(rig.wire->sent.size() == quiet + 1);
}

TEST_CASE("the file of a provider is read strictly, and no secret of it is said again") {
  const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const std::string url = "url https://acme.example/v/\n";
  const std::string both = "send-secret " + secret + "\nreceive-secret " + secret + "\n";
  const auto good = parse_provider_settings("acme", "f", "# it\n\n" + url + "\r\n" + both);
  REQUIRE(good.ok());
  CHECK(good.value().url == "https://acme.example/v");
  CHECK(parse_provider_settings("acme", "f", url + both + both).value().send.size() == 2);
  for (const std::string& name : {std::string(), std::string("sandbox"), std::string("A"),
                                  std::string("a:b"), std::string(33, 'a')}) {
    CHECK_FALSE(parse_provider_settings(name, "f", url + both).ok());
  }
  for (const std::string& text :
       {std::string(), url, both, url + both + both + both, url + both + "password x\n",
        "url ftp://x/\n" + both, "url https://x/?a=b\n" + both,
        url + both + "send-secret whsec_tooshortAndWrong\n"}) {
    INFO(text);
    const auto bad = parse_provider_settings("acme", "f", text);
    REQUIRE_FALSE(bad.ok());
    CHECK(bad.status().message().rfind("f:", 0) == 0);
    CHECK(bad.status().message().find("MfKQ9r8") == std::string::npos);
    CHECK(bad.status().message().find("tooshort") == std::string::npos);
  }
}

}  // namespace
}  // namespace vitrine::test
