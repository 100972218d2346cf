// SPDX-License-Identifier: MIT
#include "engine/audio/sounds.h"

#include <algorithm>

#include "engine/base/geometry.h"

namespace vitrine::audio {
namespace {

// What is left of each group while something that has to be heard plays: -9 and -15 dB.
constexpr std::array<float, kGroups> kDucked = {0.355f, 0.178f, 1.0f};
constexpr float kLongAgo = 60;
// Two gains nearer than this sound the same; the output need not hear of it.
constexpr float kSameGain = 0.001f;

float gain_of(int percent) {
  const float part = static_cast<float>(percent) * 0.01f;
  return part * part;
}

int stepped(int percent, int direction) {
  return std::clamp(percent + direction * Sounds::kVolumeStep, 0, 100);
}

}  // namespace

Sounds::Sounds(AudioOutput& output) : output_(output) {
  since_.fill(kLongAgo);
}

void Sounds::load() {
  for (uint8_t i = 0; i < kSounds; ++i) output_.load(i, sound_name(static_cast<Sound>(i)));
}

AudioVoice Sounds::play(Sound sound, const SoundPlay& how) {
  const auto index = static_cast<size_t>(sound);
  const SoundShape& shape = sound_shape(sound);
  if (since_[index] < shape.spacing) {
    ++spaced_out_;
    return 0;
  }
  if (group_gain(shape.group) <= 0) return 0;
  since_[index] = 0;
  AudioPlay play;
  play.clip = static_cast<uint8_t>(index);
  play.bus = static_cast<uint8_t>(shape.group);
  play.gain = shape.gain * how.gain;
  play.pan = how.pan;
  play.rate = 1 + shape.variation * (2 * random_.unit() - 1);
  const AudioVoice voice = output_.play(play);
  if (voice != 0) remember(voice, shape.ducks);
  return voice;
}

void Sounds::remember(AudioVoice voice, bool ducks) {
  Voice& oldest = voices_[next_voice_];
  if (output_.playing(oldest.voice)) output_.stop(oldest.voice);
  oldest = {voice, ducks};
  next_voice_ = (next_voice_ + 1) % kVoices;
}

void Sounds::set_settings(const SoundSettings& settings) {
  settings_ = settings;
  settings_.volume = std::clamp(settings.volume, 0, 100);
  volume_ = settings_.volume;
  speech_volume_ = std::max(volume_, kLeastSpeech);
  muted_ = settings_.muted;
}

void Sounds::step_volume(int direction) {
  if (direction > 0) muted_ = false;
  volume_ = stepped(volume_, direction);
  speech_volume_ = stepped(speech_volume_, direction);
}

void Sounds::reset() {
  output_.stop_all();
  set_settings(settings_);
}

bool Sounds::ducking_wanted(bool speaking) const {
  if (speaking) return true;
  return std::any_of(voices_.begin(), voices_.end(), [this](const Voice& voice) {
    return voice.ducks && output_.playing(voice.voice);
  });
}

void Sounds::update(float dt, std::optional<int> minute_of_day, bool speaking) {
  for (float& since : since_) since = std::min(since + dt, kLongAgo);
  quiet_ = minute_of_day && settings_.quiet.contain(*minute_of_day);
  const float target = ducking_wanted(speaking) ? 1.0f : 0.0f;
  const float constant = target > ducking_ ? kAttackSeconds : kReleaseSeconds;
  ducking_ = lerp(target, ducking_, decay(dt / constant));
  apply_gains();
}

float Sounds::group_gain(Group group) const {
  if (muted_) return 0;
  const float quiet = quiet_ ? settings_.quiet.volume * settings_.quiet.volume : 1.0f;
  return gain_of(volume_) * quiet * lerp(1, kDucked[static_cast<size_t>(group)], ducking_);
}

float Sounds::speech_gain() const {
  return muted_ ? 0 : gain_of(speech_volume_);
}

void Sounds::apply_gains() {
  for (uint8_t i = 0; i < kGroups; ++i) {
    const float gain = group_gain(static_cast<Group>(i));
    const float step = gain - applied_[i];
    if (step < kSameGain && step > -kSameGain && (gain > 0 || applied_[i] <= 0)) continue;
    applied_[i] = gain;
    output_.set_bus_gain(i, gain);
  }
}

}  // namespace vitrine::audio
