// SPDX-License-Identifier: MIT
#include "server/webhooks/webhook_event.h"

#include "engine/base/hex.h"
#include "engine/base/json/json_writer.h"
#include "engine/base/rfc3339.h"
#include "server/crypto.h"

namespace vitrine {

namespace {

bool is_of_payment(ClaimVerb verb) {
  return verb == ClaimVerb::BeginPayment || verb == ClaimVerb::Pay ||
         verb == ClaimVerb::FailPayment || verb == ClaimVerb::Refund;
}

void append_payment(JsonWriter& json, const ClaimEvent& event) {
  json.key("payment").begin_object();
  json.key("state").string(rules::payment_state_name(event.payment));
  if (is_of_payment(event.verb)) json.key("reference").string(event.reference);
  json.end_object();
}

void append_claim(JsonWriter& json, const ClaimEvent& event) {
  json.key("claim").string(event.claim.to_hex());
  json.key("state").string(rules::claim_state_name(event.state));
  const bool released = event.state == rules::ClaimState::Released && !is_of_payment(event.verb);
  if (released) json.key("reason").string(event.reference);
}

}  // namespace

std::optional<std::string_view> webhook_event_type(const ClaimEvent& event) {
  switch (event.verb) {
    case ClaimVerb::SetPool:
      return "pool.changed";
    case ClaimVerb::Hold:
      return "claim.held";
    case ClaimVerb::Follow:
      if (event.answer == ClaimAnswer::AlreadyClaimed) return "claim.released";
      return "claim.followed";
    case ClaimVerb::Issue:
      return "claim.issued";
    case ClaimVerb::BeginPayment:
      return "payment.begun";
    case ClaimVerb::Pay:
      // Money that pays for no voucher is on its way back at once.
      return event.payment == rules::PaymentState::Paid ? "claim.issued" : "payment.refund_due";
    case ClaimVerb::FailPayment:
      return "payment.failed";
    case ClaimVerb::Refund:
      return "payment.refunded";
    case ClaimVerb::Release:
    case ClaimVerb::Expire:
      return "claim.released";
    case ClaimVerb::Void:
      return "claim.voided";
    case ClaimVerb::Redeem:
      return "claim.redeemed";
    case ClaimVerb::MoveHolds:
    case ClaimVerb::EraseMember:
    case ClaimVerb::RetireLinks:
      break;
  }
  return std::nullopt;
}

std::string webhook_event_body(const ClaimEvent& event) {
  std::string out, time;
  append_rfc3339(time, event.time);
  JsonWriter json(out);
  json.begin_object();
  json.key("type").string(*webhook_event_type(event));
  json.key("timestamp").string(time);
  json.key("data").begin_object();
  json.key("sequence").integer(static_cast<int64_t>(event.position));
  if (!event.claim.is_none()) append_claim(json, event);
  if (!event.pool.empty()) {
    json.key("pool").string(event.pool);
    json.key("stock").integer(event.stock).key("taken").integer(event.taken);
  }
  if (event.payment != rules::PaymentState::None) append_payment(json, event);
  if (event.amount.minor > 0) {
    json.key("amount").begin_object();
    json.key("minor").integer(event.amount.minor).key("currency").string(event.amount.currency);
    json.end_object();
  }
  json.end_object().end_object();
  return out;
}

std::string webhook_event_id(const Id128& endpoint, const ClaimEvent& event) {
  const auto hash = hash_secret(endpoint.to_hex() + "/" + std::to_string(event.position) + "/" +
                                std::to_string(event.time) + "/" + event.claim.to_hex());
  return "msg_" + to_hex(std::span<const uint8_t>(hash).first(16));
}

}  // namespace vitrine
