// SPDX-License-Identifier: MIT
// The kiosk's life as its service manager hears of it: ready after the first frame, fed while it
// lives (watchdog.h), a line of text that `systemctl status` shows. App's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "native/kiosk/watchdog.h"
#include "native/service_notifier.h"
#include "native/sqlite_outbox_store.h"

namespace vitrine {

class ServiceLife {
 public:
  // `store` outlives this; the storage thread is asked through it.
  ServiceLife(ServiceNotifier notifier, SqliteOutboxStore& store);

  // A frame is on the display, `scenes_us` into the life of what it shows.
  void frame_shown(int64_t scenes_us, int64_t now_us);
  // Whether it is time for a new text, every few seconds: making one costs.
  bool wants_text(int64_t now_us) const;
  // One line, for people; said when it differs from the last.
  void set_text(const std::string& text, int64_t now_us);
  // The program ends by its own will.
  void stopping();

 private:
  void say(const std::string& lines) const { (void)notifier_.send(lines); }

  const ServiceNotifier notifier_;
  SqliteOutboxStore& store_;
  Watchdog watchdog_;
  std::string text_;
  bool ready_ = false;
  int64_t text_at_us_ = 0;
  // The store may answer after this object is gone.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace vitrine
