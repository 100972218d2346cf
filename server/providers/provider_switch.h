// SPDX-License-Identifier: MIT
// All providers as one: whoever asks is led to the provider of the campaign, or of the payment; and
// what a provider tells comes through a door of its own, which knows who tells and refuses what is
// another's business. Loop's thread.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "server/claims/claim_store.h"
#include "server/providers/provider.h"

namespace vitrine {

// Whose a claim is.
struct ClaimOwner {
  std::string campaign;  // "": there is no such claim
  std::string provider;  // that it was made for; "": whom its campaign names
};

class ProviderSwitch final : public Provider {
 public:
  struct Parts {
    // Of that campaign; "": it is not known now.
    std::function<std::string_view(std::string_view campaign)> provider_of;
    // Not Ok: it cannot be read now.
    std::function<Result<ClaimOwner>(const Id128& claim)> owner_of_claim;
    // Of a payment that is known here, begun or told of before: the claim it is for, or none.
    // Nothing: it is not known. Not Ok: it cannot be read now.
    std::function<Result<std::optional<Id128>>(std::string_view reference)> claim_of_payment;
    // What is being told cannot be judged now and was dropped: it has to be told again.
    std::function<void()> tell_again;
    std::function<void(const std::string& line)> log;  // lines end in a line feed; may be empty
  };
  explicit ProviderSwitch(Parts parts);
  ~ProviderSwitch() override;

  // Before set_events(). Its references begin with "NAME:", the sandbox's have no colon.
  void add(std::unique_ptr<Provider> provider);
  Provider* find(std::string_view name) const;

  // Of whoever is telling something now.
  std::string_view name() const override { return teller_; }
  void set_events(ProviderEvents* events) override;
  // A campaign whose provider is none of these: there is no page.
  void begin_follow(const ProviderVisit& visit) override;
  void begin_payment(const ProviderVisit& visit, const Money& amount) override;
  // Of a provider that is not here any more: stays as it is until it is back.
  void refund(std::string_view reference) override;
  void look_up(std::string_view reference) override;
  void on_stop() override;
  void on_tick() override;
  std::optional<WebResponse> on_http(const WebRequest& request) override;

 private:
  class Door;
  struct Entry {
    std::unique_ptr<Provider> provider;
    std::unique_ptr<Door> door;
  };
  using Visit = std::pair<Id128, std::string>;  // a claim, and the provider that was asked for it
  Provider* of_reference(std::string_view reference) const;
  // The provider of that campaign, to be asked for that claim; null: it is not here.
  Provider* lead(const ProviderVisit& visit);
  void say_foreign(std::string_view provider, std::string_view campaign);

  Parts parts_;
  std::map<std::string, Entry, std::less<>> entries_;
  ProviderEvents* events_ = nullptr;
  std::string teller_ = "sandbox";
  // Whom the newest claims were led to: known without the store, and of claims that do not say.
  std::set<Visit> visits_;
  std::deque<Visit> visits_in_order_;
  std::set<std::string> said_;  // each line once
};

}  // namespace vitrine
