// SPDX-License-Identifier: MIT
#include "native/kiosk/watchdog.h"

namespace vitrine {
namespace {

// Feeds within the time the manager waits. Half is what systemd recommends; a third leaves room for
// a question that takes a slow disk's while.
constexpr int64_t kFeedsAPatience = 3;

}  // namespace

bool Watchdog::is_due(int64_t now_us) const {
  if (patience_us_ <= 0) return false;
  return !ever_fed_ || now_us - fed_at_us_ >= patience_us_ / kFeedsAPatience;
}

void Watchdog::frame_shown(int64_t scenes_us) {
  scenes_us_ = scenes_us;
}

bool Watchdog::take_question(int64_t now_us) {
  if (storage_ != Storage::NotAsked || !is_due(now_us)) return false;
  storage_ = Storage::Asked;
  return true;
}

bool Watchdog::may_feed(int64_t now_us) const {
  return is_due(now_us) && scenes_us_ > fed_scenes_us_ && storage_ == Storage::Answered;
}

void Watchdog::fed(int64_t now_us) {
  ever_fed_ = true;
  fed_at_us_ = now_us;
  fed_scenes_us_ = scenes_us_;
  storage_ = Storage::NotAsked;
}

}  // namespace vitrine
