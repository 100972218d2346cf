// SPDX-License-Identifier: MIT
// A provider that is none: it plays the whole story with pages of its own below /provider/sandbox/,
// so that a campaign can be tried, shown and tested without a marketplace and without money. It
// remembers in memory alone; payments that a restart made it forget are told as timed out.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "engine/base/clock.h"
#include "server/providers/provider.h"

namespace vitrine {

class SandboxProvider final : public Provider {
 public:
  // `random`: the system's. Both outlive the provider.
  SandboxProvider(const Clock& clock, std::function<void(void* out, size_t size)> random);
  ~SandboxProvider() override;

  std::string_view name() const override { return "sandbox"; }
  void set_events(ProviderEvents* events) override { events_ = events; }
  void begin_follow(const ProviderVisit& visit) override;
  void begin_payment(const ProviderVisit& visit, const Money& amount) override;
  void refund(std::string_view reference) override;
  void look_up(std::string_view reference) override;
  std::optional<WebResponse> on_http(const WebRequest& request) override;
  void on_tick() override;

 private:
  enum class Paid : uint8_t { Open, Yes, No, Returned };  // or followed, where that is asked
  // A page that somebody was sent to.
  struct Page {
    ProviderVisit visit;
    Money amount;  // of a payment
    bool to_pay = false;
    Paid paid = Paid::Open;
    int64_t made_ms = 0;
  };
  struct Later {
    int64_t at_ms = 0;
    std::string reference;
  };

  // The reference of the page; `amount`: to be paid there, null: to follow.
  std::string open_page(const ProviderVisit& visit, const Money* amount);
  void forget_oldest();
  Page* find(std::string_view reference);
  WebResponse follow(Page& page, std::string_view choice, std::string_view member);
  WebResponse pay(Page& page, const std::string& reference, std::string_view choice);
  void tell_paid(const Page& page, std::string_view reference);
  int64_t now_ms() const { return clock_.monotonic_us() / 1000; }

  const Clock& clock_;
  std::function<void(void* out, size_t size)> random_;
  ProviderEvents* events_ = nullptr;
  std::map<std::string, Page, std::less<>> pages_;
  std::map<Id128, std::string> follow_of_, payment_of_;  // of a claim, the newest
  std::deque<std::string> oldest_;  // keys of pages_, in the order they were made
  std::deque<Later> later_;
};

}  // namespace vitrine
