// SPDX-License-Identifier: MIT
#include "engine/scene/session.h"

#include "engine/base/assert.h"

namespace vitrine::scene {

bool Session::touch(int64_t now_us, const Id128& fresh_id) {
  last_input_us_ = now_us;
  if (engaged()) return false;
  VITRINE_ASSERT(!fresh_id.is_none());
  id_ = fresh_id;
  started_us_ = now_us;
  return true;
}

bool Session::is_idle(int64_t now_us, bool held) {
  if (!engaged()) return false;
  if (held) last_input_us_ = now_us;
  return idle_limit_us_ > 0 && now_us - last_input_us_ >= idle_limit_us_;
}

int64_t Session::end(int64_t now_us) {
  const int64_t lasted_us = engaged() ? now_us - started_us_ : 0;
  id_ = {};
  return lasted_us;
}

}  // namespace vitrine::scene
