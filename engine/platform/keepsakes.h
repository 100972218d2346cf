// SPDX-License-Identifier: MIT
// A few short values that outlive the program: a browser's local storage. A program that is always
// there, or that must remember nobody, has none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vitrine {

// Names and values are printable ASCII and line feeds; they belong to the campaign that the program
// was started for. A value may be gone at any time: evicted, cleared by its person, never kept in a
// private window. So nobody asks for one that they could have in memory. At once, on the App's
// thread.
class Keepsakes {
 public:
  static constexpr size_t kMostBytes = 4096;  // of a value

  virtual ~Keepsakes() = default;

  // "": there is none.
  virtual std::string get(std::string_view name) = 0;
  // Replaces what was there; "" removes it. False: not kept (no storage, no room, too long), and
  // what was there before may be there still.
  virtual bool set(std::string_view name, std::string_view value) = 0;
};

class NoKeepsakes final : public Keepsakes {
 public:
  std::string get(std::string_view) override { return {}; }
  bool set(std::string_view, std::string_view) override { return false; }
};

}  // namespace vitrine
