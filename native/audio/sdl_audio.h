// SPDX-License-Identifier: MIT
// The kiosk's sound: our mixer into SDL's audio. Whatever may wait (a sound server that starts, a
// disk) happens on one worker; SDL calls the mixer from a thread of its own. A device that is not
// there, or goes, is looked for again: after 2 seconds, then ever more rarely, every 30 at last.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "engine/base/clock.h"
#include "native/audio/mixer.h"
#include "native/audio/pcm_output.h"
#include "native/worker.h"

namespace vitrine {

class SdlAudio final : public PcmOutput {
 public:
  // `sounds`: the folder of the WAV files. Nothing is opened before the first load(). `clock`
  // outlives it.
  SdlAudio(std::filesystem::path sounds, const Clock& clock);
  ~SdlAudio() override;
  SdlAudio(const SdlAudio&) = delete;
  SdlAudio& operator=(const SdlAudio&) = delete;

  void load(uint8_t clip, std::string_view name) override;
  AudioVoice play(const AudioPlay& play) override;
  void stop(AudioVoice voice) override { mixer_.stop(voice); }
  void stop_all() override { mixer_.stop_all(); }
  bool playing(AudioVoice voice) const override { return mixer_.playing(voice); }
  void set_bus_gain(uint8_t bus, float gain) override { mixer_.set_bus_gain(bus, gain); }
  void suspend(bool suspended) override;
  AudioStatistics statistics() const override;
  void poll() override;

  AudioVoice play_pcm(std::shared_ptr<const PcmClip> clip, const AudioPlay& play) override;

  // What staff should hear of since the last call, for the log; "" mostly. Once a trouble.
  std::string take_problem();

 private:
  struct Device;
  struct Loaded {
    uint8_t clip;
    std::shared_ptr<const PcmClip> sound;  // null: failed, `problem` says why
    std::string problem;
  };
  bool audible() const;
  void look_after_device();
  void take(Loaded loaded);

  const std::filesystem::path folder_;
  const Clock& clock_;
  Mixer mixer_;
  std::unique_ptr<Device> device_;  // touched by the worker alone while jobs run
  std::array<std::shared_ptr<const PcmClip>, kClips> clips_;
  AudioStatistics counts_;
  std::string problem_;
  bool started_ = false;
  bool checking_ = false;  // the worker is at it
  bool was_open_ = false;
  bool suspended_ = false;
  int64_t next_check_us_ = 0;
  int64_t pause_us_ = 0;  // between two attempts to open
  Worker worker_;         // ends first
};

}  // namespace vitrine
