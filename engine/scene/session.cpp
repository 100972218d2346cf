// SPDX-License-Identifier: MIT
#include "engine/scene/session.h"

#include "engine/base/assert.h"

namespace vitrine::scene {

void Session::set_limits(int64_t idle_us, int64_t warning_us) {
  VITRINE_ASSERT(warning_us >= 0 && warning_us <= idle_us);
  idle_us_ = idle_us;
  warning_us_ = warning_us;
  if (idle_us == 0) warned_ = false;
}

bool Session::touch(int64_t now_us, const Id128& fresh_id) {
  last_input_us_ = now_us;
  warned_ = false;
  if (engaged()) return false;
  VITRINE_ASSERT(!fresh_id.is_none());
  id_ = fresh_id;
  started_us_ = asked_us_ = now_us;
  return true;
}

Session::Phase Session::phase(int64_t now_us, bool held) {
  if (!engaged()) return Phase::Nobody;
  const int64_t passed_us = now_us - asked_us_;
  asked_us_ = now_us;
  if (held && warned_) ends_us_ += passed_us;
  if (held && !warned_) last_input_us_ = now_us;
  if (idle_us_ == 0) return Phase::Engaged;
  if (!warned_) {
    if (now_us - last_input_us_ < idle_us_ - warning_us_) return Phase::Engaged;
    warned_ = true;
    ends_us_ = now_us + warning_us_;
  }
  return now_us < ends_us_ ? Phase::Warned : Phase::Over;
}

void Session::warn_anew(int64_t now_us) {
  ends_us_ = now_us + warning_us_;
}

int64_t Session::end(int64_t now_us) {
  const int64_t lasted_us = engaged() ? now_us - started_us_ : 0;
  id_ = {};
  warned_ = false;
  return lasted_us;
}

}  // namespace vitrine::scene
