// SPDX-License-Identifier: MIT
// The two keys of claims in a data directory, and what a start makes of one where a file is not
// there. voucher.key makes the QR of vouchers, tills may have it, it can be changed. holder.key is
// what phones, people and screens' lines are known by (holder_token.h): it stays for good.
#pragma once

#include <string>
#include <vector>

#include "engine/base/status.h"
#include "engine/rules/voucher_proof.h"
#include "server/claims/holder_token.h"

namespace vitrine {

struct ClaimKeys {
  rules::VoucherKey voucher{};
  HolderKey holder{};
};

// Before the store of claims is opened, which makes it. NotFound: there are keys, so claims were
// handed out here, but claims.sqlite3 is missing or empty; `new_claims` allows that, once: `notes`
// says so where it is given for nothing.
Status check_claims_are_there(const std::string& directory, bool new_claims,
                              std::vector<std::string>& notes);

// After the store of claims was opened. Both are made at the first start. Without holder.key, that
// begins as a copy of voucher.key, which was both before. NotFound: claims are there and the key of
// their people is not. DataLoss: damaged. `notes`: what to tell whoever runs the server.
// Expects: init_crypto().
Result<ClaimKeys> open_claim_keys(const std::string& directory, std::vector<std::string>& notes);

// For tools; changes nothing. NotFound as above, or no server has been started there.
Result<HolderKey> read_holder_key(const std::string& directory);

}  // namespace vitrine
