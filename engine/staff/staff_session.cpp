// SPDX-License-Identifier: MIT
#include "engine/staff/staff_session.h"

#include "engine/base/wipe.h"

namespace vitrine::staff {

void StaffSession::go_to(State state) {
  state_ = state;
  // A PIN half entered is nobody's to see.
  wipe(pin_);
}

void StaffSession::ask(Guard guard, int64_t now_us) {
  if (is_on_screen()) return;
  touched_us_ = now_us;
  if (guard == Guard::Open) return go_to(State::Open);
  go_to(guard == Guard::Pin ? State::Keypad : State::NoPin);
}

void StaffSession::close() {
  go_to(State::Closed);
}

void StaffSession::update(int64_t now_us) {
  if (is_on_screen() && now_us - touched_us_ >= kIdleUs) close();
}

void StaffSession::enter(char digit) {
  if (state_ != State::Keypad || digit < '0' || digit > '9') return;
  if (pin_.size() < kLongestPin) pin_.push_back(digit);
}

void StaffSession::erase() {
  if (!pin_.empty()) pin_.pop_back();
}

bool StaffSession::may_submit(int64_t now_us) const {
  return state_ == State::Keypad && pin_.size() >= kShortestPin && wait_us(now_us) == 0;
}

std::string StaffSession::submit() {
  std::string pin = pin_;
  go_to(State::Checking);
  return pin;
}

void StaffSession::pin_checked(bool is_right, int64_t now_us) {
  if (is_right) {
    gate_.right();
  } else {
    gate_.wrong(now_us);
  }
  if (state_ == State::Checking) go_to(is_right ? State::Open : State::Keypad);
}

}  // namespace vitrine::staff
