// SPDX-License-Identifier: MIT
#include "native/kiosk/service_life.h"

#include <utility>

namespace vitrine {
namespace {

constexpr int64_t kTextUs = 5'000'000;

}  // namespace

ServiceLife::ServiceLife(ServiceNotifier notifier, SqliteOutboxStore& store)
    : notifier_(std::move(notifier)), store_(store), watchdog_(notifier_.watchdog_us()) {}

void ServiceLife::frame_shown(int64_t scenes_us, int64_t now_us) {
  if (!notifier_.is_open()) return;
  if (!ready_) ready_ = notifier_.send("READY=1");
  watchdog_.frame_shown(scenes_us);
  if (watchdog_.take_question(now_us)) {
    store_.ask([this, alive = std::weak_ptr(alive_)] {
      if (!alive.expired()) watchdog_.storage_answered();
    });
  }
  if (watchdog_.may_feed(now_us) && notifier_.send("WATCHDOG=1")) watchdog_.fed(now_us);
}

bool ServiceLife::wants_text(int64_t now_us) const {
  return notifier_.is_open() && ready_ && (text_.empty() || now_us - text_at_us_ >= kTextUs);
}

void ServiceLife::set_text(const std::string& text, int64_t now_us) {
  text_at_us_ = now_us;
  if (text != std::exchange(text_, text)) say("STATUS=" + text);
}

void ServiceLife::stopping() {
  say("STOPPING=1");
}

}  // namespace vitrine
