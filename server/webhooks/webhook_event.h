// SPDX-License-Identifier: MIT
// A line of the ledger as it is told to others (docs/webhooks.md). No person, no session, no
// voucher's code, and nobody of the staff. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/id128.h"
#include "server/claims/claim_store.h"

namespace vitrine {

// "claim.issued"; nothing for lines that are nobody's business outside (links that were retired).
std::optional<std::string_view> webhook_event_type(const ClaimEvent& event);

// The message's body. Expects: a type.
std::string webhook_event_body(const ClaimEvent& event);

// The message's id, the same whenever this line is sent to this endpoint: receivers know by it what
// they had already. Another line has another, even where a restored backup counts positions anew.
std::string webhook_event_id(const Id128& endpoint, const ClaimEvent& event);

}  // namespace vitrine
