// SPDX-License-Identifier: MIT
// What the sandbox provider shows a person: a shop to follow, a price to pay, in Chinese or
// English. Plain forms, no script.
#pragma once

#include <string>
#include <string_view>

#include "server/claims/claim_store.h"

namespace vitrine {

// How many sample people there are to be, besides somebody new.
inline constexpr int kSandboxPeople = 3;

std::string sandbox_follow_page(std::string_view language);
std::string sandbox_payment_page(std::string_view language, const Money& amount);
std::string sandbox_over_page(std::string_view language);
std::string_view sandbox_style();

// The value of a field of a form as browsers post it (application/x-www-form-urlencoded); "" when
// it is absent. Values here are identifiers: what would need decoding is none of ours.
std::string_view form_field(std::string_view body, std::string_view name);

}  // namespace vitrine
