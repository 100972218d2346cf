// SPDX-License-Identifier: MIT
// Whether a command has what its verb needs, within limits.
#pragma once

#include "server/claims/claim_store.h"

namespace vitrine {

inline constexpr int64_t kMaxStock = 1'000'000'000;
inline constexpr int64_t kMaxMinorUnits = 1'000'000'000'000;

// 0 to kMaxMinorUnits of three capital letters, or nothing at all.
bool is_money(const Money& money);

// Looks at the command alone, not at what is stored.
bool is_well_formed(const ClaimCommand& command);

}  // namespace vitrine
