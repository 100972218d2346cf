// SPDX-License-Identifier: MIT
// Several providers at one server: who is asked, and who may tell what.
#include "server/providers/provider_switch.h"

#include <catch2/catch.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tests/server/heard_events.h"

namespace vitrine::test {
namespace {

// Says what a test says.
struct Mouth final : Provider {
  explicit Mouth(std::string its) : its_name(std::move(its)) {}
  std::string_view name() const override { return its_name; }
  void set_events(ProviderEvents* told) override { events = told; }
  void begin_follow(const ProviderVisit&) override { asked += "follow "; }
  void begin_payment(const ProviderVisit&, const Money&) override { asked += "payment "; }
  void refund(std::string_view reference) override { asked += std::string(reference) + " "; }
  void look_up(std::string_view reference) override { asked += std::string(reference) + " "; }
  std::optional<WebResponse> on_http(const WebRequest&) override { return std::nullopt; }

  std::string its_name, asked;
  ProviderEvents* events = nullptr;
};

struct Market {
  Market()
      : providers({[this](std::string_view campaign) -> std::string_view {
                     if (campaign == "old") return "gone";
                     if (campaign == moved) return "other";
                     if (campaign == away) return "";
                     return campaign == "plain" ? "sandbox" : "acme";
                   },
                   [this](const Id128& claim) -> Result<ClaimOwner> {
                     if (is_sick) return Status(StatusCode::Unavailable, "sick");
                     if (claim.bytes[0] == 0) return ClaimOwner();
                     return ClaimOwner{claim.bytes[0] == 1 ? "plain" : "shop", made_for};
                   },
                   [this](std::string_view reference) -> Result<std::optional<Id128>> {
                     if (is_sick) return Status(StatusCode::Unavailable, "sick");
                     if (reference != begun) return std::optional<Id128>();
                     return std::optional<Id128>(of_acme);
                   },
                   [this] { ++again; }, [this](const std::string& line) { log += line; }}) {
    for (Mouth** mouth : {&sandbox, &acme}) {
      auto made = std::make_unique<Mouth>(mouth == &sandbox ? "sandbox" : "acme");
      *mouth = made.get();
      providers.add(std::move(made));
    }
    providers.set_events(&heard);
    of_sandbox.bytes[0] = 1;
    of_acme.bytes[0] = 2;
  }
  Heard heard;
  std::string begun, log, moved, away;  // a payment; campaigns
  std::string made_for;                 // a provider that claims have in their row
  bool is_sick = false;                 // the store cannot be read
  int again = 0;
  ProviderSwitch providers;
  Mouth* sandbox = nullptr;
  Mouth* acme = nullptr;
  Id128 of_sandbox, of_acme;
};

TEST_CASE("everybody is led to the provider of their campaign or payment") {
  Market market;
  ProviderVisit visit;
  visit.campaign = "shop";
  market.providers.begin_follow(visit);
  visit.campaign = "plain";
  market.providers.begin_payment(visit, {1, "CNY"});
  market.providers.refund("acme:pay-1");
  market.providers.look_up("pay-2");
  market.providers.refund("gone:pay-3");
  CHECK(market.acme->asked == "follow acme:pay-1 ");
  CHECK(market.sandbox->asked == "payment pay-2 ");
  visit.campaign = "old";
  market.providers.begin_follow(visit);
  CHECK(market.heard.last() == "no follow_page");
}

TEST_CASE("a provider tells of its own claims and payments alone") {
  Market market;
  market.acme->events->on_followed(market.of_acme, "m");
  CHECK(market.heard.last() == "followed m");
  CHECK(market.providers.name() == "acme");
  market.sandbox->events->on_followed(market.of_sandbox, "s");
  CHECK(market.providers.name() == "sandbox");
  market.heard.all.clear();
  market.acme->events->on_followed(market.of_sandbox, "m");
  market.acme->events->on_follow_failed(market.of_sandbox, FollowFailure::Refused);
  market.acme->events->on_followed(Id128(), "m");
  market.acme->events->on_refunded("pay-2");
  market.acme->events->on_payment_failed("other:pay-2", PaymentFailure::Declined);
  market.sandbox->events->on_paid("acme:pay-1", {1, "CNY"}, market.of_acme);
  CHECK(market.heard.all.empty());
  CHECK(market.log.find("acme told of a claim of plain") != std::string::npos);
  // Its own money is never refused: it goes back.
  market.acme->events->on_paid("acme:pay-9", {1, "CNY"}, market.of_sandbox);
  CHECK(market.heard.last() == "paid acme:pay-9 1 for nobody");
  market.begun = "acme:pay-9";
  market.acme->events->on_paid("acme:pay-9", {1, "CNY"}, market.of_sandbox);
  CHECK(market.heard.last() == "paid acme:pay-9 1");
  CHECK(market.heard.paid_for == market.of_acme);
  market.acme->events->on_paid("acme:pay-9", {1, "CNY"}, Id128());
  CHECK(market.heard.paid_for == market.of_acme);
  CHECK(market.again == 0);
}

TEST_CASE("a wrong claim is written into the log once, however often it is told") {
  Market market;
  market.acme->events->on_followed(market.of_sandbox, "m");
  const std::string once = market.log;
  CHECK_FALSE(once.empty());
  market.acme->events->on_followed(market.of_sandbox, "m");
  CHECK(market.log == once);
}

TEST_CASE("what cannot be judged now is to be told again, and not taken for another's") {
  Market market;
  SECTION("the store cannot be read") {
    market.is_sick = true;
  }
  SECTION("the campaign is away for a moment") {
    market.away = "shop";
  }
  market.acme->events->on_followed(market.of_acme, "m");
  market.acme->events->on_follow_failed(market.of_acme, FollowFailure::Refused);
  market.acme->events->on_paid("acme:pay-1", {1, "CNY"}, market.of_acme);
  CHECK(market.heard.all.empty());
  CHECK(market.again == 3);
  CHECK(market.log.empty());
  market.is_sick = false;
  market.away.clear();
  market.acme->events->on_paid("acme:pay-1", {1, "CNY"}, market.of_acme);
  CHECK(market.heard.paid_for == market.of_acme);
  CHECK(market.again == 3);
}

TEST_CASE("a provider that a phone was led to may answer although the campaign has another now") {
  Market market;
  ProviderVisit visit;
  visit.campaign = "shop";
  visit.claim = market.of_acme;
  market.providers.begin_follow(visit);
  market.moved = "shop";
  market.acme->events->on_followed(market.of_acme, "m");
  CHECK(market.heard.last() == "followed m");
  Id128 later = market.of_acme;
  later.bytes[1] = 1;
  market.acme->events->on_followed(later, "n");
  CHECK(market.heard.last() == "followed m");
  CHECK(market.again == 0);
}

TEST_CASE("a claim is its provider's for good, wherever its campaign is by now") {
  Market market;
  market.made_for = "acme";
  SECTION("the campaign has another") {
    market.moved = "shop";
  }
  SECTION("the campaign is taken away") {
    market.away = "shop";
  }
  market.acme->events->on_followed(market.of_acme, "m");
  CHECK(market.heard.last() == "followed m");
  ProviderVisit visit;
  visit.campaign = "shop";
  visit.claim = market.of_acme;
  visit.provider = "acme";
  market.providers.begin_payment(visit, {1, "CNY"});
  CHECK(market.acme->asked == "payment ");
  market.heard.all.clear();
  Id128 other = market.of_acme;
  other.bytes[1] = 1;
  market.sandbox->events->on_followed(other, "n");
  CHECK(market.heard.all.empty());
  CHECK(market.again == 0);
}

}  // namespace
}  // namespace vitrine::test
