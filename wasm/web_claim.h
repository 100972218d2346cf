// SPDX-License-Identifier: MIT
// What a claim needs of the browser; see js/library_claim.js.
#pragma once

#include <string>
#include <string_view>

#include "engine/platform/home_screen.h"
#include "engine/platform/keepsakes.h"
#include "engine/platform/links.h"

namespace vitrine::wasm {

// localStorage, apart for each campaign; a page without it keeps nothing.
class WebKeepsakes final : public Keepsakes {
 public:
  std::string get(std::string_view name) override;
  bool set(std::string_view name, std::string_view value) override;
};

class WebLinks final : public Links {
 public:
  void open(std::string_view address) override;
};

// As page/app.js says; without it nothing is offered.
class WebHomeScreen final : public HomeScreen {
 public:
  Offer offer() const override;
  void add() override;
};

// The invitation that the page was opened by, or was given since, once; "": none.
std::string take_invitation();

}  // namespace vitrine::wasm
