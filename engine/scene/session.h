// SPDX-License-Identifier: MIT
// The session of a shopper: from the first input until nobody has touched for a while and nobody
// answered the question whether anybody is still there. Pure: times and random ids come from
// outside.
//
//   Nobody → touch → Engaged → nobody touches → Warned → nobody answers → Over → end → Nobody
//                       ↑______ touch _____________|
#pragma once

#include <cstdint>

#include "engine/base/id128.h"

namespace vitrine::scene {

class Session {
 public:
  enum class Phase : uint8_t {
    Nobody,  // nobody is engaged
    Engaged,
    Warned,  // asks whether anybody is still there; left_us() runs down
    Over,    // nobody answered: end() it
  };

  // It asks after `idle_us - warning_us` without input and is over `warning_us` later. An `idle_us`
  // of 0: never by itself. Expects: 0 <= warning_us <= idle_us.
  void set_limits(int64_t idle_us, int64_t warning_us);

  bool engaged() const { return !id_.is_none(); }
  // None while nobody is engaged.
  const Id128& id() const { return id_; }

  // Somebody did something: the full time begins anew, however often. Begins a session under
  // `fresh_id` when there is none; true then. Expects: fresh_id is not none.
  bool touch(int64_t now_us, const Id128& fresh_id);
  // Where it stands at `now_us`, which never goes back. `held`: a finger is down; that is input as
  // long as it is engaged, and stops the clock while it is warned. However late it is asked, Warned
  // comes before Over: who was not asked could not answer.
  Phase phase(int64_t now_us, bool held);
  // Until it is over, while it is warned.
  int64_t left_us(int64_t now_us) const { return ends_us_ - now_us; }
  int64_t warning_us() const { return warning_us_; }
  // Somebody is reading the question but has not answered: its time begins anew.
  void warn_anew(int64_t now_us);
  // Ends it; returns how long it lasted, in microseconds.
  int64_t end(int64_t now_us);

 private:
  int64_t idle_us_ = 0;
  int64_t warning_us_ = 0;
  int64_t started_us_ = 0;
  int64_t last_input_us_ = 0;
  int64_t asked_us_ = 0;  // when phase() was asked last
  int64_t ends_us_ = 0;   // while warned
  bool warned_ = false;
  Id128 id_;
};

}  // namespace vitrine::scene
