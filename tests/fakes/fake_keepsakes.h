// SPDX-License-Identifier: MIT
// Keepsakes that the test looks into; they can refuse and forget. Links that only note where to. A
// home screen that offers what the test says.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/platform/home_screen.h"
#include "engine/platform/keepsakes.h"
#include "engine/platform/links.h"

namespace vitrine::fakes {

class FakeKeepsakes final : public Keepsakes {
 public:
  std::string get(std::string_view name) override {
    const auto found = values.find(std::string(name));
    return refuse || found == values.end() ? std::string() : found->second;
  }
  bool set(std::string_view name, std::string_view value) override {
    ++sets;
    if (refuse || value.size() > kMostBytes) return false;
    values[std::string(name)] = value;
    if (value.empty()) values.erase(std::string(name));
    return true;
  }

  std::map<std::string, std::string> values;
  bool refuse = false;
  int sets = 0;
};

class FakeLinks final : public Links {
 public:
  void open(std::string_view address) override { opened.emplace_back(address); }

  std::vector<std::string> opened;
};

class FakeHomeScreen final : public HomeScreen {
 public:
  Offer offer() const override { return offered; }
  void add() override { ++added; }

  Offer offered = Offer::None;
  int added = 0;
};

}  // namespace vitrine::fakes
