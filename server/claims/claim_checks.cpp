// SPDX-License-Identifier: MIT
#include "server/claims/claim_checks.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "engine/rules/voucher_code.h"

namespace vitrine {
namespace {

constexpr size_t kMaxName = 64;   // a holder, a product, an actor, a provider, a hash
constexpr size_t kMaxLong = 128;  // a request key, a pool, a payment's reference, a member
constexpr size_t kMaxConsents = 16;
constexpr int64_t kLongestValidMs = 100LL * 366 * 24 * 3'600'000;

bool is_name(std::string_view text, size_t limit = kMaxName) {
  return !text.empty() && text.size() <= limit;
}

bool is_code(std::string_view code) {
  return rules::normalise_voucher_code(code) == code;
}

bool is_consent(const Consent& consent) {
  return is_name(consent.purpose) && consent.text_version.size() <= kMaxName &&
         consent.language.size() <= kMaxName;
}

// One answer to each question.
bool are_consents(const std::vector<Consent>& consents) {
  std::set<std::string_view> purposes;
  for (const Consent& consent : consents) {
    if (!is_consent(consent) || !purposes.insert(consent.purpose).second) return false;
  }
  return consents.size() <= kMaxConsents;
}

bool is_hold(const ClaimCommand& command) {
  return is_name(command.request_key, kMaxLong) && !command.claim.is_none() &&
         is_name(command.pool, kMaxLong) && is_name(command.holder) && is_name(command.product) &&
         command.until > command.now && are_consents(command.consents) &&
         command.valid_ms >= kValidityNotKept && command.valid_ms <= kLongestValidMs &&
         command.provider.size() <= kMaxName && is_money(command.price.value_or(Money()));
}

bool is_payment(const ClaimCommand& command) {
  return is_name(command.payment_reference, kMaxLong) && is_money(command.amount) &&
         command.amount.minor > 0;
}

}  // namespace

bool is_money(const Money& money) {
  if (money.currency.empty()) return money.minor == 0;
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return money.minor >= 0 && money.minor <= kMaxMinorUnits && money.currency.size() == 3 &&
         std::all_of(money.currency.begin(), money.currency.end(), is_capital);
}

bool is_well_formed(const ClaimCommand& command) {
  if (command.actor.size() > kMaxName) return false;
  switch (command.verb) {
    case ClaimVerb::SetPool:
      return is_name(command.pool, kMaxLong) && command.stock >= 0 && command.stock <= kMaxStock &&
             is_money(command.amount);
    case ClaimVerb::Hold:
      return is_hold(command);
    case ClaimVerb::Follow:
      return is_name(command.provider) && is_name(command.member, kMaxLong) &&
             is_name(command.member_hash);
    case ClaimVerb::Issue:
      return is_code(command.code);
    case ClaimVerb::BeginPayment:
      return is_payment(command);
    case ClaimVerb::Pay:
      return is_payment(command) && is_code(command.code);
    case ClaimVerb::FailPayment:
    case ClaimVerb::Refund:
      return is_name(command.payment_reference, kMaxLong);
    case ClaimVerb::Release:
      return command.reason != rules::ReleaseReason::None;
    case ClaimVerb::Redeem:
      return is_name(command.request_key, kMaxLong) && is_name(command.actor);
    case ClaimVerb::EraseMember:
      return is_name(command.provider) && command.member_hash.size() <= kMaxName &&
             (is_name(command.member, kMaxLong) ||
              (command.member.empty() && !command.member_hash.empty()));
    case ClaimVerb::Void:
    case ClaimVerb::Expire:
    case ClaimVerb::MoveHolds:
    case ClaimVerb::RetireLinks:
      return true;
  }
  return false;
}

}  // namespace vitrine
