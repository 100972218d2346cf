// SPDX-License-Identifier: MIT
// Decides when the service manager may be told that the kiosk lives. Pure; App's thread.
//
// A feed is a proof, not a timer: since the feed before, a frame was shown whose scenes were later
// than those of that feed, and the storage thread answered a question asked after it. A picture
// that stands still, a clock that does, or a disk that does not come back all end the feeding.
#pragma once

#include <cstdint>
#include <optional>

namespace vitrine {

class Watchdog {
 public:
  // How long the service manager waits for a feed before it ends the program, microseconds; 0: it
  // does not watch, and nothing here is ever due.
  explicit Watchdog(int64_t patience_us) : patience_us_(patience_us) {}

  // A frame is on the display. `scenes_us`: how long what it shows has moved since start, scenes
  // (app::FrameReport::scenes_us) or a calibration.
  void frame_shown(int64_t scenes_us);

  // Whether to ask the storage thread now: once for each feed, in time for it.
  bool take_question(int64_t now_us);
  // It answered the question asked last.
  void storage_answered() { storage_ = Storage::Answered; }

  // Whether all of it is proven since the last feed. Not yet a feed: telling may fail.
  bool may_feed(int64_t now_us) const;
  // The service manager was told.
  void fed(int64_t now_us);

 private:
  enum class Storage : uint8_t { NotAsked, Asked, Answered };

  bool is_due(int64_t now_us) const;

  const int64_t patience_us_;
  int64_t fed_at_us_ = 0;
  bool ever_fed_ = false;
  int64_t fed_scenes_us_ = 0;  // of the last feed
  int64_t scenes_us_ = 0;      // of the last frame shown
  Storage storage_ = Storage::NotAsked;
};

}  // namespace vitrine
