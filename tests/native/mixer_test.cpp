// SPDX-License-Identifier: MIT
#include "native/audio/mixer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

using namespace vitrine;

namespace {

constexpr uint32_t kRate = 48000;

using Clip = std::shared_ptr<const PcmClip>;

Clip constant(int16_t value, size_t frames, uint32_t rate = kRate, uint32_t channels = 1) {
  auto clip = std::make_shared<PcmClip>();
  clip->rate = rate;
  clip->channels = channels;
  clip->samples.assign(frames * channels, value);
  return clip;
}

Clip sine(float frequency, size_t frames, uint32_t rate, float gain = 0.5f) {
  auto clip = std::make_shared<PcmClip>();
  clip->rate = rate;
  for (size_t i = 0; i < frames; ++i) {
    const float angle = 6.2831853f * frequency * static_cast<float>(i) / static_cast<float>(rate);
    clip->samples.push_back(static_cast<int16_t>(std::sin(angle) * gain * 32767));
  }
  return clip;
}

std::vector<float> mixed(Mixer& mixer, size_t frames, size_t piece = 512) {
  std::vector<float> out(frames * 2);
  for (size_t at = 0; at < out.size(); at += piece * 2) {
    mixer.mix(std::span(out).subspan(at, std::min(piece * 2, out.size() - at)));
  }
  return out;
}

float loudest(const std::vector<float>& out) {
  float peak = 0;
  for (const float value : out) peak = std::max(peak, std::fabs(value));
  return peak;
}

// The largest step from one left sample to the next.
float roughest(const std::vector<float>& out) {
  float step = 0;
  for (size_t i = 2; i < out.size(); i += 2) step = std::max(step, std::fabs(out[i] - out[i - 2]));
  return step;
}

}  // namespace

TEST_CASE("nothing playing is exact silence") {
  Mixer mixer(kRate);
  CHECK(loudest(mixed(mixer, 1000)) == 0);
}

TEST_CASE("what plays at once is added up, on both sides") {
  Mixer mixer(kRate);
  mixer.play(constant(4096, 1000), {});
  mixer.play(constant(8192, 1000), {});
  const std::vector<float> out = mixed(mixer, 900);
  CHECK(out[100] == Approx(0.375f));
  CHECK(out[101] == Approx(0.375f));
}

TEST_CASE("a sound ends by itself and its voice is free again") {
  Mixer mixer(kRate);
  const AudioVoice voice = mixer.play(constant(4096, 100), {});
  CHECK(mixer.playing(voice));
  const std::vector<float> out = mixed(mixer, 300);
  CHECK_FALSE(mixer.playing(voice));
  CHECK(mixer.voices() == 0);
  CHECK(out[2 * 99] > 0);
  CHECK(out[2 * 101] == 0);
}

TEST_CASE("another sampling rate keeps length and pitch") {
  for (const uint32_t rate : {8000u, 22050u, 24000u, 44100u, 96000u}) {
    Mixer mixer(kRate);
    const AudioVoice voice = mixer.play(sine(440, rate / 10, rate), {});
    const std::vector<float> out = mixed(mixer, kRate / 10 - 100);
    CHECK(mixer.playing(voice));
    int crossings = 0;
    for (size_t i = 2; i < out.size(); i += 2) crossings += out[i - 2] < 0 && out[i] >= 0;
    CHECK(std::abs(crossings - 43) <= 1);
    CHECK(loudest(out) == Approx(0.5f).margin(0.01));
    mixed(mixer, 300);
    CHECK_FALSE(mixer.playing(voice));
  }
}

TEST_CASE("a device of another rate hears the same pitch") {
  Mixer mixer(kRate);
  mixer.set_rate(16000);
  const AudioVoice voice = mixer.play(constant(1000, kRate), {});
  mixed(mixer, 15900);
  CHECK(mixer.playing(voice));
  mixed(mixer, 200);
  CHECK_FALSE(mixer.playing(voice));
}

TEST_CASE("a higher rate is shorter") {
  Mixer mixer(kRate);
  AudioPlay play;
  play.rate = 2;
  const AudioVoice voice = mixer.play(constant(1000, 1000), play);
  mixed(mixer, 520);
  CHECK_FALSE(mixer.playing(voice));
}

TEST_CASE("panning keeps the power and moves it") {
  for (const float pan : {-1.0f, -0.4f, 0.0f, 0.7f, 1.0f}) {
    Mixer mixer(kRate);
    AudioPlay play;
    play.pan = pan;
    mixer.play(constant(8192, 1000), play);
    const std::vector<float> out = mixed(mixer, 100);
    CHECK(out[20] * out[20] + out[21] * out[21] == Approx(2 * 0.25f * 0.25f));
    if (pan < 0) CHECK(out[20] > out[21]);
    if (pan == -1) CHECK(out[21] == Approx(0).margin(1e-6));
  }
}

TEST_CASE("two channels stay on their sides") {
  auto clip = std::make_shared<PcmClip>();
  clip->rate = kRate;
  clip->channels = 2;
  for (int i = 0; i < 500; ++i) clip->samples.insert(clip->samples.end(), {8192, 0});
  Mixer mixer(kRate);
  mixer.play(clip, {});
  const std::vector<float> out = mixed(mixer, 100);
  CHECK(out[40] == Approx(0.25f));
  CHECK(out[41] == 0);
}

TEST_CASE("a loop has no gap and goes on until it is stopped") {
  Mixer mixer(kRate);
  AudioPlay play;
  play.loop = true;
  const AudioVoice voice = mixer.play(sine(480, 100, kRate), play);  // one whole swing
  const std::vector<float> out = mixed(mixer, 20000);
  CHECK(mixer.playing(voice));
  CHECK(roughest(out) < 0.04f);
  mixer.stop(voice);
  mixed(mixer, 1000);
  CHECK(mixer.voices() == 0);
}

TEST_CASE("stopping is a fade, not a click") {
  Mixer mixer(kRate);
  const AudioVoice voice = mixer.play(constant(16384, kRate), {});
  mixed(mixer, 256);
  mixer.stop(voice);
  CHECK_FALSE(mixer.playing(voice));
  const std::vector<float> out = mixed(mixer, 1000);
  CHECK(out[0] > 0.49f);
  CHECK(roughest(out) < 0.002f);
  CHECK(out[2 * 500] == 0);
}

TEST_CASE("a gain that jumps is heard as a line, whatever the size of the device's buffer") {
  for (const size_t piece : {1u, 17u, 64u, 512u, 4096u}) {
    Mixer mixer(kRate);
    mixer.play(constant(16384, kRate), {});
    mixed(mixer, 64, piece);
    mixer.set_bus_gain(0, 0);
    const std::vector<float> out = mixed(mixer, 960, piece);
    CHECK(roughest(out) < 0.0025f);
    CHECK(out[2 * 900] == 0);
    CHECK(out[2 * 240] == Approx(0.25f).margin(0.01));
  }
}

TEST_CASE("a bus is turned down for its own sounds alone") {
  Mixer mixer(kRate);
  AudioPlay play;
  play.bus = 1;
  mixer.play(constant(8192, kRate), play);
  mixer.set_bus_gain(0, 0);
  mixed(mixer, 2000);
  CHECK(mixed(mixer, 10)[0] == Approx(0.25f));
}

TEST_CASE("64 loud voices never pass full scale, and the 65th is refused") {
  Mixer mixer(kRate);
  for (uint32_t i = 0; i < Mixer::kVoices; ++i) {
    CHECK(mixer.play(sine(300 + 7.0f * static_cast<float>(i), kRate, kRate, 1), {}) != 0);
  }
  CHECK(mixer.play(constant(1, 1), {}) == 0);
  CHECK(mixer.voices() == Mixer::kVoices);
  const std::vector<float> out = mixed(mixer, kRate / 2);
  CHECK(loudest(out) <= 1);
  CHECK(loudest(out) > 0.9f);
}

TEST_CASE("after a peak the limiter lets go and leaves quiet sounds alone") {
  Mixer mixer(kRate);
  for (int i = 0; i < 8; ++i) mixer.play(constant(32767, 500), {});
  mixed(mixer, kRate);
  mixer.play(constant(8192, kRate), {});
  CHECK(mixed(mixer, 10)[10] == Approx(0.25f));
}

TEST_CASE("wild wishes are brought into range and no sum is ever not a number") {
  const float inf = std::numeric_limits<float>::infinity();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  Mixer mixer(kRate);
  for (const float wild : {inf, -inf, nan, 1e30f, -1e30f, 0.0f}) {
    AudioPlay play;
    play.gain = play.pan = play.rate = wild;
    CHECK(mixer.play(constant(30000, 100), play) != 0);
    mixer.set_bus_gain(0, wild);
    for (const float value : mixed(mixer, 600)) CHECK(std::fabs(value) <= 1);
  }
  mixed(mixer, 1000);
  CHECK(mixer.voices() == 0);
}

TEST_CASE("a clip of one frame, looped at four times its speed, does no harm") {
  Mixer mixer(kRate);
  AudioPlay play;
  play.loop = true;
  play.rate = 4;
  mixer.play(constant(8192, 1, 96000), play);
  CHECK(loudest(mixed(mixer, 1000)) == Approx(0.25f));
}

TEST_CASE("numbers of voices that ended mean nobody") {
  Mixer mixer(kRate);
  const AudioVoice old = mixer.play(constant(8192, 10), {});
  mixed(mixer, 100);
  const AudioVoice now = mixer.play(constant(8192, 1000), {});
  CHECK(now != old);
  mixer.stop(old);
  mixer.stop(0);
  CHECK(mixer.playing(now));
  CHECK_FALSE(mixer.playing(0));
}
