// SPDX-License-Identifier: MIT
// Whether the service panel is open, and how one gets in: gesture, PIN, and out again by itself
// when nobody touches it. Pure; times are Clock::monotonic_us.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/staff/pin_gate.h"

namespace vitrine::staff {

// How a panel is guarded.
enum class Guard : uint8_t {
  Pin,
  NoPin,  // none is set: it says how to set one and stays closed
  Open,   // nobody else is there (a developer's window)
};

class StaffSession {
 public:
  static constexpr int64_t kIdleUs = 60'000'000;
  static constexpr size_t kShortestPin = 4;
  static constexpr size_t kLongestPin = 12;

  enum class State : uint8_t {
    Closed,
    NoPin,  // says how to set one
    Keypad,
    Checking,  // the PIN is with whoever can check it
    Open,
  };

  // The gesture was made.
  void ask(Guard guard, int64_t now_us);
  void close();
  // Somebody touches the panel.
  void touched(int64_t now_us) { touched_us_ = now_us; }
  // Closes what nobody touches.
  void update(int64_t now_us);

  // Keypad. Digits beyond the longest PIN are ignored.
  void enter(char digit);
  void erase();
  size_t entered() const { return pin_.size(); }
  // Whether OK does anything now.
  bool may_submit(int64_t now_us) const;
  // Hands the PIN out and forgets it. Expects: may_submit().
  std::string submit();
  // What came of it. An answer that comes after the panel was closed changes nothing but the gate.
  void pin_checked(bool is_right, int64_t now_us);
  int64_t wait_us(int64_t now_us) const { return gate_.wait_us(now_us); }
  uint32_t wrong_attempts() const { return gate_.wrong_attempts(); }

  State state() const { return state_; }
  // Whether it takes touches that would else be a shopper's.
  bool is_on_screen() const { return state_ != State::Closed; }

 private:
  void go_to(State state);

  State state_ = State::Closed;
  PinGate gate_;
  std::string pin_;
  int64_t touched_us_ = 0;
};

}  // namespace vitrine::staff
