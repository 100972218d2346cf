// SPDX-License-Identifier: MIT
// What providers told, in words.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/providers/provider.h"

namespace vitrine::test {

struct Heard final : ProviderEvents {
  void on_follow_page(const Id128&, const Result<std::string>& page) override {
    say(page.ok() ? "follow_page " + page.value() : "no follow_page");
  }
  void on_payment_page(const Id128&, const Result<ProviderPayment>& payment) override {
    say(payment.ok() ? "payment_page " + payment.value().reference : "no payment_page");
  }
  void on_followed(const Id128&, std::string_view member) override {
    say("followed " + std::string(member));
  }
  void on_follow_failed(const Id128&, FollowFailure) override { say("follow_failed"); }
  void on_paid(std::string_view reference, const Money& amount, const Id128& claim) override {
    say("paid " + std::string(reference) + " " + std::to_string(amount.minor) +
        (claim.is_none() ? " for nobody" : ""));
    paid_for = claim;
  }
  void on_payment_failed(std::string_view reference, PaymentFailure) override {
    say("payment_failed " + std::string(reference));
  }
  void on_refunded(std::string_view reference) override {
    say("refunded " + std::string(reference));
  }
  void say(std::string text) { all.push_back(std::move(text)); }
  std::string last() const { return all.empty() ? "" : all.back(); }

  std::vector<std::string> all;
  Id128 paid_for;
};

}  // namespace vitrine::test
