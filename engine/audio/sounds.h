// SPDX-License-Identifier: MIT
// Which sound, how loud, ducked by what. Scenes say what happened; volume, groups, quiet hours and
// making way for speech are decided here. Pure but for the output: time comes by update(). One
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "engine/audio/quiet_hours.h"
#include "engine/audio/sound.h"
#include "engine/base/random.h"
#include "engine/platform/audio_output.h"

namespace vitrine::audio {

// What a campaign or a device asks for.
struct SoundSettings {
  int volume = 80;  // per cent as an ear judges it: the gain is its square
  bool muted = false;
  QuietHours quiet = {};

  friend bool operator==(const SoundSettings&, const SoundSettings&) = default;
};

struct SoundPlay {
  float gain = 1;  // linear, beside the sound's own
  float pan = 0;   // -1 left, 1 right
};

class Sounds {
 public:
  static constexpr size_t kVoices = 10;    // more at once is noise: the oldest ends
  static constexpr int kVolumeStep = 5;    // per cent a key
  static constexpr int kLeastSpeech = 60;  // per cent speech starts with, however low the rest
  static constexpr float kAttackSeconds = 0.06f;  // time constants of making way
  static constexpr float kReleaseSeconds = 0.35f;

  // `output` outlives it.
  explicit Sounds(AudioOutput& output);

  // Asks for every sound; what is played before it came is not heard.
  void load();

  // 0 when it is not heard: too soon after the last of its kind, quiet hours, no device.
  AudioVoice play(Sound sound, const SoundPlay& how = {});
  void stop(AudioVoice voice) { output_.stop(voice); }
  void stop_all() { output_.stop_all(); }

  // From now on; a volume that a shopper chose is forgotten.
  void set_settings(const SoundSettings& settings);
  // Louder (+1) or lower (-1) by a step, speech too; louder ends a mute.
  void step_volume(int direction);
  void toggle_mute() { muted_ = !muted_; }
  // A shopper has gone: nothing plays and the volume is what the settings say.
  void reset();

  // `minute_of_day`: of the place's own time; none: nobody knows it, and no hour is quiet.
  // `speaking`: words are being said.
  void update(float dt, std::optional<int> minute_of_day, bool speaking);
  void suspend(bool suspended) { output_.suspend(suspended); }

  int volume() const { return volume_; }  // per cent, without mute and quiet hours
  int speech_volume() const { return speech_volume_; }
  bool muted() const { return muted_; }
  bool quiet() const { return quiet_; }
  // 0 nothing makes way, 1 fully.
  float ducking() const { return ducking_; }
  // Linear, what the group's sounds are multiplied by.
  float group_gain(Group group) const;
  // Linear. Quiet hours leave speech alone: it is heard only where a person asked for it.
  float speech_gain() const;
  // Left out because the last of its kind was too near.
  uint32_t spaced_out() const { return spaced_out_; }
  AudioStatistics statistics() const { return output_.statistics(); }

 private:
  struct Voice {
    AudioVoice voice = 0;
    bool ducks = false;
  };
  void apply_gains();
  bool ducking_wanted(bool speaking) const;
  void remember(AudioVoice voice, bool ducks);

  AudioOutput& output_;
  SoundSettings settings_;
  Random random_{0x534F554E44};
  std::array<float, kSounds> since_{};  // seconds since each was played, counted up to kLongAgo
  std::array<Voice, kVoices> voices_{};
  size_t next_voice_ = 0;  // the oldest
  std::array<float, kGroups> applied_{-1, -1, -1};
  int volume_ = SoundSettings{}.volume;
  int speech_volume_ = volume_;
  bool muted_ = false;
  bool quiet_ = false;
  float ducking_ = 0;
  uint32_t spaced_out_ = 0;
};

}  // namespace vitrine::audio
