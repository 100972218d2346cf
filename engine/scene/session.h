// SPDX-License-Identifier: MIT
// The session of a shopper: from the first input until nobody has touched for a while. Pure: times
// and random ids come from outside.
#pragma once

#include <cstdint>

#include "engine/base/id128.h"

namespace vitrine::scene {

class Session {
 public:
  // After how long without input it ends; 0: never by itself.
  void set_idle_limit_us(int64_t limit_us) { idle_limit_us_ = limit_us; }

  bool engaged() const { return !id_.is_none(); }
  // None while nobody is engaged.
  const Id128& id() const { return id_; }

  // Somebody did something. Begins a session under `fresh_id` when there is none; true then.
  // Expects: fresh_id is not none.
  bool touch(int64_t now_us, const Id128& fresh_id);
  // Whether it is over: nobody touched for the limit. A finger that is held down is a touch.
  bool is_idle(int64_t now_us, bool held);
  // Ends it; returns how long it lasted, in microseconds.
  int64_t end(int64_t now_us);

 private:
  int64_t idle_limit_us_ = 0;
  int64_t started_us_ = 0;
  int64_t last_input_us_ = 0;
  Id128 id_;
};

}  // namespace vitrine::scene
