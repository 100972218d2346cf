// SPDX-License-Identifier: MIT
// The seams of sound where nothing is to be heard: pictures, scripts without a device, goldens.
#pragma once

#include "engine/platform/audio_output.h"
#include "engine/platform/speech.h"

namespace vitrine {

class SilentAudio final : public AudioOutput {
 public:
  void load(uint8_t, std::string_view) override {}
  AudioVoice play(const AudioPlay&) override {
    ++statistics_.dropped;
    return 0;
  }
  void stop(AudioVoice) override {}
  void stop_all() override {}
  bool playing(AudioVoice) const override { return false; }
  void set_bus_gain(uint8_t, float) override {}
  void suspend(bool) override {}
  AudioStatistics statistics() const override { return statistics_; }
  void poll() override {}

 private:
  AudioStatistics statistics_;
};

class SilentSpeech : public Speech {
 public:
  bool available(std::string_view) const override { return false; }
  void say(std::string_view, std::string_view, SpeechPriority) override {}
  void stop() override {}
  bool speaking() const override { return false; }
  void set_gain(float) override {}
  std::string problem() const override { return {}; }
  void poll() override {}
};

}  // namespace vitrine
