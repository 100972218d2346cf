// SPDX-License-Identifier: MIT
// Sounds by WebAudio; see js/library_audio.js. The browser looks after its devices itself.
#pragma once

#include "engine/platform/audio_output.h"

namespace vitrine::wasm {

class WebAudio final : public AudioOutput {
 public:
  void load(uint8_t clip, std::string_view name) override;
  AudioVoice play(const AudioPlay& play) override;
  void stop(AudioVoice voice) override;
  void stop_all() override;
  bool playing(AudioVoice voice) const override;
  void set_bus_gain(uint8_t bus, float gain) override;
  void suspend(bool suspended) override;
  AudioStatistics statistics() const override;
  void poll() override {}

 private:
  AudioStatistics counts_;
};

}  // namespace vitrine::wasm
