// SPDX-License-Identifier: MIT
#include "native/kiosk/kiosk_words.h"

#include <cstdio>

#include "engine/base/json/json.h"
#include "engine/base/json/json_writer.h"

namespace vitrine {

void say(std::string_view words) {
  std::fprintf(stderr, "vitrine-kiosk: %.*s\n", static_cast<int>(words.size()), words.data());
}

std::string service_text(const app::App& app) {
  const std::string text = app.statistics_json();
  JsonDocument statistics;
  statistics.parse(text);
  const auto words = [&](const char* key) {
    return std::string(statistics.root().find(key).string().value_or(""));
  };
  const std::string campaign = words("campaign");
  std::string line = campaign.empty() ? "no campaign" : "shows " + campaign;
  if (const std::string problem = words("campaign_problem"); !problem.empty()) {
    line += " (a newer one is refused: " + problem + ")";
  }
  line += ", network " + words("network") + ", " +
          std::to_string(statistics.root().find("outbox_rows").integer().value_or(0)) +
          " rows wait";
  if (statistics.root().find("outbox_memory_only").boolean().value_or(false)) {
    line += " in memory only: the disk takes nothing";
  }
  return line;
}

std::string frames_json(const app::FrameStatistics& frames) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  const auto spread = [&](std::string_view p50, std::string_view p95, std::string_view worst,
                          const app::Spread& values) {
    writer.key(p50).integer(values.p50_us);
    writer.key(p95).integer(values.p95_us);
    writer.key(worst).integer(values.worst_us);
  };
  spread("frame_p50_us", "frame_p95_us", "frame_worst_us", frames.frame_times());
  spread("touch_p50_us", "touch_p95_us", "touch_worst_us", frames.touch_latency());
  writer.key("late_frames").integer(static_cast<int64_t>(frames.late_frames()));
  writer.end_object();
  return json;
}

}  // namespace vitrine
