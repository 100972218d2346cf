// SPDX-License-Identifier: MIT
// How the starts before this one went, kept in DATA/starts, and what follows for this one: a kiosk
// that dies again and again falls back to what last worked. App's thread; writes once on a thread
// of its own.
#pragma once

#include <cstdint>
#include <filesystem>

#include "engine/base/status.h"
#include "native/worker.h"

namespace vitrine {

enum class StartStep : uint8_t {
  Usual,     // the newest campaign
  LastGood,  // the campaign that last stayed on screen long enough
  Plain,     // no campaign: a plain screen, until another campaign is published
};

// After three short starts in a row the last good campaign, and if that one is short too, none.
StartStep step_after(uint32_t short_starts);

class StartHistory {
 public:
  // `folder`: the kiosk's data folder. `good_after_us`: with frames on screen for so long, a start
  // was no short one.
  StartHistory(const std::filesystem::path& folder, int64_t good_after_us);

  // Counts this start as short until it has proven otherwise, on the disk before anything can go
  // wrong. ResourceExhausted or Unavailable when that could not be written. Once.
  Status begin();
  // How many in a row were short before this one.
  uint32_t short_starts() const { return short_starts_; }

  // A frame is on the display.
  void frame_shown(int64_t now_us);
  // The program ends by its own will, which is no failure however soon.
  void end_well();
  // It ends before its first frame with a reason it names (no display, no font): another start will
  // tell, this one says nothing about campaigns.
  void take_back();

 private:
  Status write(uint32_t short_starts) const;

  const std::filesystem::path file_;
  const int64_t good_after_us_;
  uint32_t short_starts_ = 0;
  int64_t first_frame_us_ = 0;
  bool any_frame_ = false;
  bool good_ = false;
  Worker worker_{Worker::AtEnd::FinishJobs};
};

}  // namespace vitrine
