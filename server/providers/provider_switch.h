// SPDX-License-Identifier: MIT
// All providers as one: whoever asks is led to the provider of the campaign, or of the payment; and
// what a provider tells comes through a door of its own, which knows who tells and refuses what is
// another's business. Loop's thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "server/claims/claim_store.h"
#include "server/providers/provider.h"

namespace vitrine {

class ProviderSwitch final : public Provider {
 public:
  struct Parts {
    // Of that campaign; "": it is not known.
    std::function<std::string_view(std::string_view campaign)> provider_of;
    // Of a claim; "": no such claim.
    std::function<std::string(const Id128& claim)> campaign_of;
    // Whether a payment of this reference was begun here.
    std::function<bool(std::string_view reference)> is_begun;
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
  Provider* of_reference(std::string_view reference) const;

  Parts parts_;
  std::map<std::string, Entry, std::less<>> entries_;
  ProviderEvents* events_ = nullptr;
  std::string teller_ = "sandbox";
};

}  // namespace vitrine
