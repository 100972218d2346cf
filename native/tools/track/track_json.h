// SPDX-License-Identifier: MIT
// One frame's result as a line of JSON; docs/vision/track.md describes the members.
#pragma once

#include <cstdint>
#include <string>

#include "engine/vision/face_tracker.h"

namespace vitrine::track {

struct TrackedFrame {
  uint64_t number = 0;      // of the source, from 1; gaps are pictures that were replaced
  double time_seconds = 0;  // of the source
  double milliseconds = 0;  // that the tracker took
};

// Replaces what is in `line`; ends without a line end. Numbers are rounded to what they mean.
void write_frame(const TrackedFrame& frame, const TrackerResult& result, std::string& line);

std::string_view tracker_state_name(TrackerState state);

}  // namespace vitrine::track
