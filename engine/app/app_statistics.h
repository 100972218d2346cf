// SPDX-License-Identifier: MIT
// What an App tells of itself, as JSON: for the service panel, the page's window.vitrine and tests.
#pragma once

#include <cstdint>
#include <string>

#include "engine/audio/sounds.h"
#include "engine/base/status.h"
#include "engine/gfx/quality.h"
#include "engine/gfx/renderer.h"
#include "engine/platform/speech.h"
#include "engine/scene/stage.h"
#include "engine/telemetry/outbox.h"

namespace vitrine::app {

// Only read, and only while write_statistics runs.
struct StatisticsSources {
  const telemetry::OutboxStatistics& outbox;
  const scene::Stage& stage;
  const audio::Sounds& sounds;
  const Speech& speech;
  const gfx::QualityLadder& quality;
  gfx::GlObjectCounts gl;
  const gfx::FrameCounters& counters;  // of the last frame
  const Status& context;               // of the graphics context
  const std::string& campaign_problem;
  uint64_t frames = 0;
  int64_t frame_us = 0;  // what the last frame cost
};

// One object, a member a figure; tools and tests read the members by name.
std::string write_statistics(const StatisticsSources& from);

}  // namespace vitrine::app
