// SPDX-License-Identifier: MIT
// The seam to whoever lets people follow a shop and takes their money: a marketplace, a messenger,
// a payment service. docs/providers.md is the contract for somebody who writes one. The server
// keeps what was agreed and paid; a provider keeps nothing of ours.
//
// Everything on the loop's thread. A call asks; what comes of it arrives as an event, at once,
// later, twice or never: events may repeat and come out of order, and money is counted once all the
// same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/id128.h"
#include "engine/base/status.h"
#include "server/claims/claim_store.h"
#include "server/http/http.h"

namespace vitrine {

// A phone on its way to the provider's page.
struct ProviderVisit {
  Id128 claim;
  std::string campaign;
  std::string product;
  std::string language;       // "zh"
  std::string back;           // page to return to, whatever happened
  std::string provider = {};  // that the claim was made for; "": whom its campaign names
};

struct ProviderPayment {
  std::string reference;  // the provider's, unique, at most 128 bytes
  std::string page;       // where the person pays
};

enum class FollowFailure : uint8_t { Refused, Cancelled };
enum class PaymentFailure : uint8_t { Declined, Cancelled, TimedOut };

// What a provider tells.
class ProviderEvents {
 public:
  virtual ~ProviderEvents() = default;

  // The answers to begin_follow() and begin_payment(): a page to open, or why there is none.
  virtual void on_follow_page(const Id128& claim, const Result<std::string>& page) = 0;
  virtual void on_payment_page(const Id128& claim, const Result<ProviderPayment>& payment) = 0;

  // `member`: the provider's name for the person, always the same one; at most 128 bytes.
  virtual void on_followed(const Id128& claim, std::string_view member) = 0;
  virtual void on_follow_failed(const Id128& claim, FollowFailure failure) = 0;
  // The provider has the money. `claim`: whom it was begun for, as the provider knows it.
  virtual void on_paid(std::string_view reference, const Money& amount, const Id128& claim) = 0;
  virtual void on_payment_failed(std::string_view reference, PaymentFailure failure) = 0;
  virtual void on_refunded(std::string_view reference) = 0;
};

class Provider {
 public:
  virtual ~Provider() = default;

  virtual std::string_view name() const = 0;  // an identifier, "sandbox"
  // Once, before anything else; `events` outlives the provider's use of it.
  virtual void set_events(ProviderEvents* events) = 0;

  // on_follow_page() answers. Somebody who follows already is told so by on_followed().
  virtual void begin_follow(const ProviderVisit& visit) = 0;
  // on_payment_page() answers. While a payment of this claim is open it is the same one again.
  virtual void begin_payment(const ProviderVisit& visit, const Money& amount) = 0;
  // Gives the money back, once however often it is asked; on_refunded() answers.
  virtual void refund(std::string_view reference) = 0;
  // What became of a payment: on_paid(), on_payment_failed() or on_refunded() answers when it is
  // known. TimedOut for one the provider does not know.
  virtual void look_up(std::string_view reference) = 0;

  // The loop ends: from here on nothing of this provider wakes it, and nothing is asked any more.
  virtual void on_stop() {}
  // A few times a second, and whenever the loop was woken.
  virtual void on_tick() {}

  // Requests of the public listener below "/provider/NAME/"; nothing: 404.
  virtual std::optional<WebResponse> on_http(const WebRequest& request) = 0;
};

}  // namespace vitrine
