// SPDX-License-Identifier: MIT
// What a claim command does, decided once for every store.
#pragma once

#include "server/claims/claim_store.h"
#include "server/claims/claim_table.h"

namespace vitrine {

// Carries out one command. Whatever it answers, the books balance afterwards:
// - a pool's `taken` is the number of its claims that take stock, and never above its stock;
// - a claim with a price is Issued or Redeemed exactly when one of its payments is Paid; all other
//   money that came is RefundDue or Refunded.
ClaimOutcome apply_claim_command(ClaimTable& table, const ClaimCommand& command);

}  // namespace vitrine
