// SPDX-License-Identifier: MIT
// What is said to a provider outside of the server and what it says, as JSON (docs/providers.md).
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/id128.h"
#include "server/claims/claim_store.h"
#include "server/providers/provider.h"

namespace vitrine {

inline constexpr size_t kMaxProviderReference = 64;  // bytes, without the provider's name before it

std::string provider_visit_body(const ProviderVisit& visit, const Money* amount);
std::string provider_reference_body(std::string_view reference);

// A page to open, or nothing: absent, no address, too long.
std::optional<std::string> read_provider_page(std::string_view body);

// Its reference is as the provider gave it.
std::optional<ProviderPayment> read_provider_payment(std::string_view body);

// What was told of a follow or of a payment, by itself or when it was looked up.
struct ProviderNews {
  enum class Kind : uint8_t {
    Open,  // nothing is decided
    Followed,
    FollowFailed,
    Paid,
    PaymentFailed,
    Refunded,
  };
  Kind kind = Kind::Open;
  Id128 claim;  // none: of a payment, where the provider knows no claim
  std::string member;
  std::string reference;  // as the provider gave it
  Money amount;           // of Paid
  FollowFailure follow_failure = FollowFailure::Cancelled;
  PaymentFailure payment_failure = PaymentFailure::TimedOut;
};

// An event that came in. Nothing, with the member that is wrong in `wrong`, when it is none.
std::optional<ProviderNews> read_provider_event(std::string_view body, std::string& wrong);

// The answer to look_up or refund, of `reference`. Nothing: it is none.
std::optional<ProviderNews> read_provider_state(std::string_view body, std::string_view reference);

}  // namespace vitrine
