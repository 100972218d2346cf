// SPDX-License-Identifier: MIT
// The life of a claim: somebody's right to one thing out of a pool. Pure; server and tests run it.
//
//            ┌─ release, expire ─► Released          stock is back
//   Held ────┤
//            └─ issue ─► Issued ─┬─ redeem ─► Redeemed
//                                └─ void ───► Voided  stock is back, money too
//
// A claim that was released can be taken up again by a payment that came late, if there is stock.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vitrine::rules {

enum class ClaimState : uint8_t {
  Held,      // taken out of the stock until a time; nothing to show for it yet
  Issued,    // has a voucher
  Redeemed,  // the voucher was taken at a till
  Released,  // ended without a voucher
  Voided,    // the voucher was taken back
};

enum class ClaimStep : uint8_t { Issue, Redeem, Release, Void, TakeUpAgain };

// Why a claim was released, for the shopper's screen and the ledger.
enum class ReleaseReason : uint8_t {
  None,            // it was not
  Cancelled,       // by the shopper
  HoldOver,        // its time ran out
  Refused,         // following or membership was refused
  AlreadyClaimed,  // the same member holds another claim of this pool
  Stopped,         // by staff
};

// Money of a claim. A claim without a price stays at None.
enum class PaymentState : uint8_t {
  None,
  Pending,  // the provider has been asked, the outcome is not known
  Paid,
  Failed,     // declined, cancelled or timed out at the provider; another may be begun
  RefundDue,  // paid, and there is or will be no voucher for it: money must go back
  Refunded,
};

// nullopt: that cannot happen to a claim in this state.
std::optional<ClaimState> next_state(ClaimState state, ClaimStep step);

// Whether it keeps one thing out of the stock: issued + remaining = stock counts these.
bool takes_stock(ClaimState state);

// "held", "issued", ...: as in JSON, SQL and docs.
std::string_view claim_state_name(ClaimState state);
std::optional<ClaimState> find_claim_state(std::string_view name);
std::string_view release_reason_name(ReleaseReason reason);
std::optional<ReleaseReason> find_release_reason(std::string_view name);
std::string_view payment_state_name(PaymentState state);
std::optional<PaymentState> find_payment_state(std::string_view name);

}  // namespace vitrine::rules
