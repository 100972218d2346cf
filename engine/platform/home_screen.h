// SPDX-License-Identifier: MIT
// Puts the program where its person finds it again: a phone's home screen. Who puts it there is the
// person and their system; the program asks, or says how.
#pragma once

#include <cstdint>

namespace vitrine {

class HomeScreen {
 public:
  enum class Offer : uint8_t {
    None,    // nothing can be done here, or it is there already
    Button,  // add() asks the system, which asks the person
    HowTo,   // only the person can, by the system's own menu; they may be told how
  };

  virtual ~HomeScreen() = default;
  // At once; may change at any time, in both directions.
  virtual Offer offer() const = 0;
  // Because its person pressed a button just now: browsers ask them nothing otherwise. With any
  // other offer than Button nothing happens.
  virtual void add() = 0;
};

class NoHomeScreen final : public HomeScreen {
 public:
  Offer offer() const override { return Offer::None; }
  void add() override {}
};

}  // namespace vitrine
