// SPDX-License-Identifier: MIT
// A provider whose other end is any HTTP service: what it is asked are signed POSTs, what it tells
// are signed webhooks at /provider/NAME/events (docs/providers.md). It keeps nothing; what was not
// answered is asked again by the phone's person or by the desk's reconciliation.
//
// References carry the provider's name before them, "NAME:REFERENCE", everywhere in the server: no
// provider can name another's payment.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "server/connection_limits.h"
#include "server/providers/provider.h"
#include "server/providers/provider_message.h"
#include "server/providers/provider_settings.h"
#include "server/webhooks/http_client.h"

namespace vitrine {

class HttpProvider final : public Provider {
 public:
  struct Parts {
    const Clock* clock = nullptr;
    ProviderSettings settings;
    std::unique_ptr<HttpCaller> http;
    std::function<void(void* out, size_t size)> random;  // the system's
    std::function<void(const std::string& line)> log;    // lines end in a line feed; may be empty
  };
  // What `parts` points to outlives it.
  explicit HttpProvider(Parts parts);

  std::string_view name() const override { return parts_.settings.name; }
  void set_events(ProviderEvents* events) override { events_ = events; }
  void begin_follow(const ProviderVisit& visit) override;
  void begin_payment(const ProviderVisit& visit, const Money& amount) override;
  void refund(std::string_view reference) override;
  void look_up(std::string_view reference) override;
  void on_stop() override { parts_.http.reset(); }
  void on_tick() override;
  // 204: told on. Whether it is on the disk is the caller's to wait for.
  std::optional<WebResponse> on_http(const WebRequest& request) override;

 private:
  enum class Ask : uint8_t { Follow, Payment, Refund, LookUp };
  struct Call {
    Ask ask = Ask::Follow;
    Id128 claim;            // Follow, Payment
    std::string reference;  // Refund, LookUp; as the provider knows it
    std::string key;        // the same for every attempt
    std::string body;
    int attempts = 0;
    int64_t asked_ms = 0;
    int64_t again_ms = 0;  // of one that failed: not before
  };

  void ask(Call call);
  void ask_later(Ask ask, std::string_view reference);
  bool send(Call& call);
  void on_answer(Call call, const HttpAnswer& answer);
  bool is_worth_another(const Call& call, const HttpAnswer& answer) const;
  void give_up(const Call& call, std::string why);
  bool take_answer(const Call& call, const std::string& body);
  void tell(const ProviderNews& news);
  void say_health(bool well, std::string_view doing, std::string_view why);
  std::string draw_key();
  std::string own(std::string_view reference) const;
  std::string_view theirs(std::string_view reference) const;
  int64_t now_ms() const { return parts_.clock->monotonic_us() / 1000; }

  Parts parts_;
  ProviderEvents* events_ = nullptr;
  std::map<uint64_t, Call> calls_;  // on their way
  std::deque<Call> again_;          // failed, and tried again in a moment
  std::deque<Call> quiet_;          // nobody waits for them: a few at once
  std::set<std::string> asked_;     // of quiet_ and what is on its way of it
  size_t quiet_on_their_way_ = 0;
  uint64_t next_number_ = 1;
  bool is_well_ = true;
  RateLimiter events_limit_{2000, 500};
  RateLimiter forged_limit_{50, 1};
};

}  // namespace vitrine
