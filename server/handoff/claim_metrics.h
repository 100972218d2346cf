// SPDX-License-Identifier: MIT
// Claims as /metrics shows them (docs/claims.md lists the names).
#pragma once

#include <cstdint>
#include <string>

#include "server/claims/claim_store.h"
#include "server/claims/claim_writer.h"
#include "server/handoff/claim_counts.h"

namespace vitrine {

// `now`: the server's wall clock. Asks `reader` for open payments and owed refunds alone.
void append_claim_metrics(const ClaimFigures& figures, const ClaimWriterStats& writer,
                          ClaimReader& reader, int64_t now, std::string& out);

}  // namespace vitrine
