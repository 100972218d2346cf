// SPDX-License-Identifier: MIT
#include "engine/app/app_statistics.h"

#include "engine/base/json/json_writer.h"

namespace vitrine::app {

std::string write_statistics(const StatisticsSources& from) {
  const telemetry::OutboxStatistics& outbox = from.outbox;
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.key("network").string(telemetry::outbox_phase_name(outbox.phase));
  writer.key("outbox_rows").integer(static_cast<int64_t>(outbox.held_rows));
  writer.key("outbox_unstored").integer(static_cast<int64_t>(outbox.unstored_rows));
  writer.key("outbox_memory_only").boolean(outbox.memory_only);
  writer.key("recorded").integer(static_cast<int64_t>(outbox.recorded));
  writer.key("settled").integer(static_cast<int64_t>(outbox.settled));
  writer.key("lost").integer(static_cast<int64_t>(outbox.lost));
  writer.key("quarantined").integer(static_cast<int64_t>(outbox.quarantined));
  writer.key("mark").integer(static_cast<int64_t>(outbox.mark));
  writer.key("next_sequence").integer(static_cast<int64_t>(outbox.next_sequence));
  writer.key("incarnation").string(outbox.incarnation.to_hex());
  writer.key("close_code").integer(outbox.close_code);
  writer.key("campaign").string(from.stage.playing() ? from.stage.campaign()->id() : "");
  writer.key("campaign_problem").string(from.campaign_problem);
  writer.key("scene").string(from.stage.scene_id());
  writer.key("language").string(from.stage.language());
  writer.key("engaged").boolean(from.stage.session().engaged());
  writer.key("cleaning").boolean(from.stage.is_cleaning());
  writer.key("graphics").string(from.context.to_string());
  writer.key("frames").integer(static_cast<int64_t>(from.frames));
  writer.key("frame_us").integer(from.frame_us);
  writer.key("quality").integer(from.quality.rung());
  writer.key("quality_name").string(from.quality.quality().name);
  writer.key("quality_reason").string(gfx::quality_reason_name(from.quality.reason()));
  writer.key("draw_calls").integer(from.counters.draw_calls);
  writer.key("pending_images").integer(from.counters.pending_images);
  const AudioStatistics audio = from.sounds.statistics();
  writer.key("audio").string(audio_state_name(audio.state));
  writer.key("audio_played").integer(audio.played);
  writer.key("audio_dropped").integer(audio.dropped);
  writer.key("audio_failed").integer(audio.failed);
  writer.key("volume").integer(from.sounds.muted() ? 0 : from.sounds.volume());
  writer.key("quiet").boolean(from.sounds.quiet());
  writer.key("speech_problem").string(from.speech.problem());
  writer.key("gl_textures").integer(from.gl.textures);
  writer.key("gl_pictures").integer(from.gl.pictures);
  writer.key("gl_others")
      .integer(from.gl.buffers + from.gl.vertex_arrays + from.gl.framebuffers + from.gl.programs);
  writer.end_object();
  return json;
}

}  // namespace vitrine::app
