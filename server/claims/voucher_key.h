// SPDX-License-Identifier: MIT
// The key that the QR codes of all vouchers come from (docs/voucher.md): DIR/voucher.key, 32 bytes,
// readable by the server's user alone. Whoever has it can make the QR of any voucher, so tills may have
// it; nothing else comes from it (claim_keys.h).
#pragma once

#include <string>

#include "engine/base/status.h"
#include "engine/rules/voucher_proof.h"

namespace vitrine {

std::string voucher_key_path(const std::string& directory);

// Made at the first start. DataLoss: damaged. Expects: init_crypto().
Result<rules::VoucherKey> open_voucher_key(const std::string& directory);

// NotFound when no server has made one there.
Result<rules::VoucherKey> read_voucher_key(const std::string& directory);

}  // namespace vitrine
