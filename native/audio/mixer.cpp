// SPDX-License-Identifier: MIT
#include "native/audio/mixer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vitrine {
namespace {

constexpr size_t kBlock = 64;       // frames in which a gain moves along a straight line
constexpr float kCeiling = 0.966f;  // -0.3 dBFS
constexpr float kLimiterSeconds = 0.08f;
constexpr float kQuarterTurn = 0.78539816f;  // pi / 4
constexpr float kFull = 1.0f / 32768.0f;

// Also for what is no number.
float within(float value, float low, float high) {
  return value >= low ? std::min(value, high) : low;
}

float toward(float from, float to, float step) {
  return from < to ? std::min(from + step, to) : std::max(from - step, to);
}

struct Frame {
  float left, right;
};

Frame frame_at(const PcmClip& clip, uint64_t index) {
  const int16_t* at = clip.samples.data() + index * clip.channels;
  return {at[0] * kFull, at[clip.channels - 1] * kFull};
}

// Between two frames, along a straight line. The one after the last is the first of a loop, or
// silence.
Frame read(const PcmClip& clip, uint64_t position, bool loop) {
  const uint64_t index = position >> 32, frames = clip.frames();
  const float part = static_cast<float>(position & 0xFFFFFFFFu) * 0x1p-32f;
  const Frame a = frame_at(clip, index);
  Frame b{0, 0};
  if (index + 1 < frames)
    b = frame_at(clip, index + 1);
  else if (loop)
    b = frame_at(clip, 0);
  return {a.left + (b.left - a.left) * part, a.right + (b.right - a.right) * part};
}

}  // namespace

void Mixer::set_rate(uint32_t rate) {
  const std::lock_guard lock(mutex_);
  rate_ = rate;
}

void Mixer::collect() {
  for (Voice& voice : voices_) {
    if (voice.ended) voice = {};
  }
}

AudioVoice Mixer::play(std::shared_ptr<const PcmClip> clip, const AudioPlay& play) {
  const std::lock_guard lock(mutex_);
  collect();
  const auto free = std::find_if(voices_.begin(), voices_.end(),
                                 [](const Voice& voice) { return voice.id == 0; });
  if (free == voices_.end() || clip->samples.empty()) return 0;
  const float angle = (within(play.pan, -1, 1) + 1) * kQuarterTurn;
  // Full on both sides in the middle, of the same power everywhere.
  const float gain = within(play.gain, 0, 4) * 1.41421356f;
  if (++last_id_ == 0) ++last_id_;
  free->id = last_id_;
  free->loop = play.loop;
  free->bus = play.bus;
  free->left = gain * std::cos(angle);
  free->right = gain * std::sin(angle);
  free->rate = within(play.rate, 0.25f, 4);
  free->clip = std::move(clip);
  return free->id;
}

void Mixer::stop(AudioVoice id) {
  const std::lock_guard lock(mutex_);
  collect();
  for (Voice& voice : voices_) {
    if (id != 0 && voice.id == id) voice.stopping = true;
  }
}

void Mixer::stop_all() {
  const std::lock_guard lock(mutex_);
  collect();
  for (Voice& voice : voices_) voice.stopping = true;
}

bool Mixer::playing(AudioVoice id) const {
  const std::lock_guard lock(mutex_);
  return id != 0 && std::any_of(voices_.begin(), voices_.end(), [id](const Voice& voice) {
           return voice.id == id && !voice.ended && !voice.stopping;
         });
}

uint32_t Mixer::voices() const {
  const std::lock_guard lock(mutex_);
  return static_cast<uint32_t>(
      std::count_if(voices_.begin(), voices_.end(),
                    [](const Voice& voice) { return voice.id != 0 && !voice.ended; }));
}

void Mixer::set_bus_gain(uint8_t bus, float gain) {
  const std::lock_guard lock(mutex_);
  buses_[bus].target = within(gain, 0, 4);
}

// `bus`: its gain at the first frame, and how much it changes from one to the next.
void Mixer::add(Voice& voice, std::span<float> out, const std::array<float, 2>& bus) {
  const PcmClip& clip = *voice.clip;
  const uint64_t end = clip.frames() << 32;
  const auto step = static_cast<uint64_t>(static_cast<double>(clip.rate) / rate_ *
                                          static_cast<double>(voice.rate) * 0x1p32);
  const float fall = voice.stopping ? 1 / (kRampSeconds * static_cast<float>(rate_)) : 0;
  float gain = bus[0];
  for (size_t i = 0; i < out.size(); i += 2, gain += bus[1]) {
    const Frame frame = read(clip, voice.position, voice.loop);
    out[i] += frame.left * voice.left * voice.level * gain;
    out[i + 1] += frame.right * voice.right * voice.level * gain;
    voice.position += step;
    voice.level -= fall;
    if (voice.loop) voice.position %= end;
    voice.ended = voice.position >= end || voice.level <= 0;
    if (voice.ended) return;
  }
}

// Holds the loudest peak and lets it go slowly: many at once become one that is as loud as may be,
// and nothing is ever beyond full scale.
void Mixer::limit(std::span<float> out) {
  const float release = std::exp(-1 / (kLimiterSeconds * static_cast<float>(rate_)));
  for (size_t i = 0; i < out.size(); i += 2) {
    const float peak = std::max(std::fabs(out[i]), std::fabs(out[i + 1]));
    held_peak_ = std::max(peak, held_peak_ * release);
    if (held_peak_ <= kCeiling) continue;
    const float gain = kCeiling / held_peak_;
    out[i] *= gain;
    out[i + 1] *= gain;
  }
}

void Mixer::mix(std::span<float> out) {
  const std::lock_guard lock(mutex_);
  std::fill(out.begin(), out.end(), 0.0f);
  for (size_t at = 0; at < out.size(); at += 2 * kBlock) {
    const auto block = out.subspan(at, std::min(2 * kBlock, out.size() - at));
    const auto frames = static_cast<float>(block.size() / 2);
    const float most = frames / (kRampSeconds * static_cast<float>(rate_));
    std::array<std::array<float, 2>, AudioOutput::kBuses> gains{};
    for (size_t i = 0; i < buses_.size(); ++i) {
      const float next = toward(buses_[i].gain, buses_[i].target, most);
      gains[i] = {buses_[i].gain, (next - buses_[i].gain) / frames};
      buses_[i].gain = next;
    }
    for (Voice& voice : voices_) {
      if (voice.id != 0 && !voice.ended) add(voice, block, gains[voice.bus]);
    }
  }
  limit(out);
}

}  // namespace vitrine
