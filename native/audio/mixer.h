// SPDX-License-Identifier: MIT
// Adds up what plays: resampling, gains without steps, a limiter. Knows no device. Calls from the
// App's thread and mix() from a device's thread share one short lock: mix() holds it for the few
// microseconds a block takes, the others for less.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>

#include "engine/platform/audio_output.h"
#include "native/audio/wav.h"

namespace vitrine {

class Mixer {
 public:
  static constexpr uint32_t kVoices = AudioOutput::kVoices;
  static constexpr float kRampSeconds = 0.01f;  // of a gain from nothing to 1, and of a stop

  // Frames a second of what mix() gives. Nothing plays yet.
  explicit Mixer(uint32_t rate = 48000) : rate_(rate) {}
  // The device's, which may change from one to the next; what plays goes on.
  void set_rate(uint32_t rate);

  // 0 when every voice is taken. `clip` may be shared with anybody. Gains and rates out of range,
  // or no numbers at all, are brought into it. Expects: clip is not null, play.bus < kBuses.
  AudioVoice play(std::shared_ptr<const PcmClip> clip, const AudioPlay& play);
  void stop(AudioVoice voice);
  void stop_all();
  bool playing(AudioVoice voice) const;
  uint32_t voices() const;
  void set_bus_gain(uint8_t bus, float gain);

  // Fills `out`: left and right in turns, each -1..1. Never allocates or frees. Expects: an even
  // size.
  void mix(std::span<float> out);

 private:
  struct Voice {
    AudioVoice id = 0;   // 0: free
    bool ended = false;  // heard to its end; its clip is let go by the App's thread
    bool loop = false;
    uint8_t bus = 0;
    float left = 0, right = 0;
    float rate = 1;
    float level = 1;  // falls to 0 when stopped
    bool stopping = false;
    uint64_t position = 0;  // frames, with 32 binary places
    std::shared_ptr<const PcmClip> clip;
  };
  struct Bus {
    float gain = 1;
    float target = 1;
  };
  void collect();
  void add(Voice& voice, std::span<float> out, const std::array<float, 2>& bus);
  void limit(std::span<float> out);

  mutable std::mutex mutex_;
  // All below is protected by mutex_.
  uint32_t rate_;
  std::array<Voice, kVoices> voices_;
  std::array<Bus, AudioOutput::kBuses> buses_;
  AudioVoice last_id_ = 0;
  float held_peak_ = 0;  // of the limiter
};

}  // namespace vitrine
