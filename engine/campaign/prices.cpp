// SPDX-License-Identifier: MIT
#include "engine/campaign/prices.h"

#include "engine/base/fill_in.h"

namespace vitrine::campaign {

std::string with_prices(std::string_view text, const Price& price) {
  std::string filled(text);
  fill_in(filled, "{price}", AmountText(price.amount, price.currency_code()).view());
  fill_in(filled, "{offer}", AmountText(price.to_pay(), price.currency_code()).view());
  return filled;
}

std::string with_prices(std::string_view text, const Product* product) {
  return product ? with_prices(text, product->price) : std::string(text);
}

}  // namespace vitrine::campaign
