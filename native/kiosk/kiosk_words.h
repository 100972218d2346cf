// SPDX-License-Identifier: MIT
// What a kiosk says of itself: to the log, to its service manager, to whoever ran a script.
#pragma once

#include <string>
#include <string_view>

#include "engine/app/app.h"
#include "engine/app/frame_statistics.h"

namespace vitrine {

// A line for the log, on standard error. Any thread.
void say(std::string_view words);

// One line, what `systemctl status` shows: campaign, network, rows that wait.
std::string service_text(const app::App& app);

// {"frame_p50_us": …, "touch_p95_us": …, "late_frames": …}
std::string frames_json(const app::FrameStatistics& frames);

}  // namespace vitrine
