// SPDX-License-Identifier: MIT
// What must hold of claims, money and stock whatever has happened, read from the outside.
#pragma once

#include <string>

#include "server/claims/claim_store.h"

namespace vitrine::test {

// "", or what is wrong with the whole store.
std::string check_claims(ClaimReader& reader);

}  // namespace vitrine::test
