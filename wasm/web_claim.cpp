// SPDX-License-Identifier: MIT
#include "wasm/web_claim.h"

#include <algorithm>

#include "wasm/js_calls.h"
#include "wasm/web_system.h"

namespace vitrine::wasm {

std::string WebKeepsakes::get(std::string_view name) {
  std::string value(kMostBytes + 1, '\0');
  const int size = vitrine_js_keepsake_get(name.data(), name.size(), value.data(), value.size());
  value.resize(static_cast<size_t>(size));
  return value;
}

bool WebKeepsakes::set(std::string_view name, std::string_view value) {
  if (value.size() > kMostBytes) return false;
  return vitrine_js_keepsake_set(name.data(), name.size(), value.data(), value.size()) != 0;
}

void WebLinks::open(std::string_view address) {
  vitrine_js_link_open(address.data(), address.size());
}

HomeScreen::Offer WebHomeScreen::offer() const {
  const std::string offered = page_option("home");
  return offered == "add" ? Offer::Button : offered == "how" ? Offer::HowTo : Offer::None;
}

void WebHomeScreen::add() {
  if (offer() == Offer::Button) vitrine_js_home_add();
}

std::string take_invitation() {
  char text[256] = "";
  const int size = vitrine_js_invitation_take(text, sizeof text);
  return size == 0 ? std::string() : std::string(text, static_cast<size_t>(size));
}

}  // namespace vitrine::wasm
