// SPDX-License-Identifier: MIT
#include "wasm/web_audio.h"

#include "wasm/js_calls.h"

namespace vitrine::wasm {

void WebAudio::load(uint8_t clip, std::string_view name) {
  vitrine_js_audio_load(clip, name.data(), name.size());
}

AudioVoice WebAudio::play(const AudioPlay& play) {
  const AudioVoice voice =
      vitrine_js_audio_play(play.clip, play.bus, play.gain, play.pan, play.rate, play.loop);
  ++(voice != 0 ? counts_.played : counts_.dropped);
  return voice;
}

void WebAudio::stop(AudioVoice voice) {
  if (voice != 0) vitrine_js_audio_stop(voice);
}

void WebAudio::stop_all() {
  vitrine_js_audio_stop(0);
}

bool WebAudio::playing(AudioVoice voice) const {
  return vitrine_js_audio_playing(voice) != 0;
}

void WebAudio::set_bus_gain(uint8_t bus, float gain) {
  vitrine_js_audio_bus_gain(bus, gain);
}

void WebAudio::suspend(bool suspended) {
  vitrine_js_audio_suspend(suspended);
}

AudioStatistics WebAudio::statistics() const {
  int32_t now[4] = {};
  vitrine_js_audio_state(now);
  AudioStatistics statistics = counts_;
  statistics.state = static_cast<AudioState>(now[0]);
  statistics.voices = static_cast<uint32_t>(now[1]);
  statistics.clips = static_cast<uint32_t>(now[2]);
  statistics.failed = static_cast<uint32_t>(now[3]);
  return statistics;
}

}  // namespace vitrine::wasm
