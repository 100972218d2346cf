// SPDX-License-Identifier: MIT
// What a thing costs, in words. The one place where {price} and {offer} become amounts; the page
// that is built without a server has its own, to the same bytes (wasm/page/build_page.py). Any
// thread.
#pragma once

#include <string>
#include <string_view>

#include "engine/campaign/campaign.h"

namespace vitrine::campaign {

// `text` with {price} and {offer} filled in. Without an offer that is the price, too; without a
// product the words stay as they are.
std::string with_prices(std::string_view text, const Price& price);
std::string with_prices(std::string_view text, const Product* product);

}  // namespace vitrine::campaign
