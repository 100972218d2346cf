// SPDX-License-Identifier: MIT
#include "engine/audio/sounds.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <string>

#include "tests/fakes/fake_audio.h"

using namespace vitrine;
using namespace vitrine::audio;

namespace {

constexpr int kNoon = 12 * 60;
constexpr float kFrame = 1.0f / 60;

struct Playing {
  fakes::FakeAudio output;
  Sounds sounds{output};

  Playing() { sounds.load(); }
  void pass(float seconds, bool speaking = false, std::optional<int> minute = kNoon,
            float step = kFrame) {
    for (float left = seconds; left > 1e-4f; left -= step) sounds.update(step, minute, speaking);
  }
  float gain(Group group) const { return output.gains[static_cast<size_t>(group)]; }
};

float decibels(float gain) {
  return 20 * std::log10(gain);
}

}  // namespace

TEST_CASE("every sound has a name of its own and is asked for once") {
  Playing playing;
  CHECK(playing.output.loaded.size() == kSounds);
  CHECK(std::set<std::string>(playing.output.loaded.begin(), playing.output.loaded.end()).size() ==
        kSounds);
  CHECK(playing.output.clips[static_cast<size_t>(Sound::Soft)] == "soft");
}

TEST_CASE("a sound is played on its group's bus, panned as asked") {
  Playing playing;
  CHECK(playing.sounds.play(Sound::Burst, {0.5f, -1}) != 0);
  const AudioPlay& play = playing.output.played.at(0);
  CHECK(play.bus == static_cast<uint8_t>(Group::Ambience));
  CHECK(play.pan == -1);
  CHECK(play.gain == Approx(0.5f * sound_shape(Sound::Burst).gain));
  CHECK(play.rate == 1);
}

TEST_CASE("repeated ticks keep their distance and differ a little") {
  Playing playing;
  std::set<float> rates;
  for (int i = 0; i < 100; ++i) {
    playing.sounds.play(Sound::Tick);
    playing.pass(0.01f, false, kNoon, 0.01f);
  }
  const auto heard = static_cast<int>(playing.output.played.size());
  CHECK(heard >= 20);
  CHECK(heard <= 1 + static_cast<int>(1 / sound_shape(Sound::Tick).spacing));
  CHECK(static_cast<int>(playing.sounds.spaced_out()) == 100 - heard);
  for (const AudioPlay& play : playing.output.played) {
    rates.insert(play.rate);
    CHECK(std::fabs(play.rate - 1) <= sound_shape(Sound::Tick).variation);
  }
  CHECK(rates.size() > 10);
}

TEST_CASE("the distance is time, whatever the frame rate") {
  for (const float step : {1.0f / 20, 1.0f / 60, 1.0f / 120}) {
    Playing playing;
    playing.sounds.play(Sound::Soft);
    playing.pass(0.9f, false, kNoon, step);
    CHECK(playing.sounds.play(Sound::Soft) == 0);
    playing.pass(0.2f, false, kNoon, step);
    CHECK(playing.sounds.play(Sound::Soft) != 0);
  }
}

TEST_CASE("one sound's distance is not another's") {
  Playing playing;
  CHECK(playing.sounds.play(Sound::Tick) != 0);
  CHECK(playing.sounds.play(Sound::Slide) != 0);
}

TEST_CASE("speech makes the rest go down quickly and come back slowly") {
  Playing playing;
  playing.pass(0.1f);
  const float before = playing.gain(Group::Ambience);
  playing.pass(kFrame, true);
  const float after_a_frame = playing.gain(Group::Ambience);
  CHECK(after_a_frame < before);
  CHECK(after_a_frame > before * 0.5f);  // no step
  playing.pass(0.5f, true);
  CHECK(decibels(playing.gain(Group::Ambience) / before) == Approx(-15).margin(0.3));
  CHECK(decibels(playing.gain(Group::Interface) / before) == Approx(-9).margin(0.3));
  CHECK(playing.gain(Group::Voice) == before);
  playing.pass(0.1f);
  CHECK(playing.gain(Group::Ambience) < before * 0.6f);
  playing.pass(3);
  CHECK(playing.gain(Group::Ambience) == Approx(before).margin(0.01));
}

TEST_CASE("ducking takes the same path at 20 and at 120 frames a second") {
  float gains[2];
  for (int i = 0; i < 2; ++i) {
    Playing playing;
    playing.pass(0.1f, true, kNoon, i == 0 ? 1.0f / 20 : 1.0f / 120);
    gains[i] = playing.sounds.ducking();
  }
  CHECK(gains[0] == Approx(gains[1]).margin(1e-3));
}

TEST_CASE("the question whether anybody is there ducks until it has ended") {
  Playing playing;
  const AudioVoice voice = playing.sounds.play(Sound::Soft);
  playing.pass(0.5f);
  CHECK(playing.sounds.ducking() > 0.95f);
  playing.output.end(voice);
  playing.pass(3);
  CHECK(playing.sounds.ducking() < 0.01f);
}

TEST_CASE("in quiet hours sounds are silent or low, speech is not") {
  Playing playing;
  playing.sounds.set_settings({.volume = 100, .quiet = {22 * 60, 8 * 60, 0}});
  playing.pass(0.1f, false, 23 * 60);
  CHECK(playing.sounds.quiet());
  CHECK(playing.gain(Group::Interface) == 0);
  CHECK(playing.sounds.play(Sound::Tick) == 0);
  CHECK(playing.sounds.speech_gain() == 1);
  playing.sounds.set_settings({.volume = 100, .quiet = {22 * 60, 8 * 60, 0.5f}});
  playing.pass(0.1f, false, 23 * 60);
  CHECK(playing.gain(Group::Interface) == Approx(0.25f));
  CHECK(playing.sounds.play(Sound::Tick) != 0);
  playing.pass(0.1f, false, kNoon);
  CHECK(playing.gain(Group::Interface) == 1);
  // A clock nobody has set knows no night.
  playing.sounds.set_settings({.volume = 100, .quiet = {22 * 60, 8 * 60, 0}});
  playing.pass(0.1f, false, std::nullopt);
  CHECK_FALSE(playing.sounds.quiet());
}

TEST_CASE("no more voices than an ear can follow: the oldest ends") {
  Playing playing;
  const AudioVoice first = playing.sounds.play(Sound::Tick);
  for (size_t i = 0; i < 3 * Sounds::kVoices; ++i) {
    playing.pass(0.05f, false, kNoon, 0.05f);
    playing.sounds.play(Sound::Tick);
  }
  CHECK(playing.output.voices.size() == Sounds::kVoices);
  CHECK_FALSE(playing.output.playing(first));
  CHECK(playing.output.playing(playing.output.last_voice));
}

TEST_CASE("volume keys move sounds and speech by a step and stop at the ends") {
  Playing playing;
  playing.sounds.set_settings({.volume = 90});
  playing.sounds.step_volume(+1);
  CHECK(playing.sounds.volume() == 95);
  CHECK(playing.sounds.speech_gain() == Approx(0.95f * 0.95f));
  for (int i = 0; i < 50; ++i) playing.sounds.step_volume(+1);
  CHECK(playing.sounds.volume() == 100);
  for (int i = 0; i < 50; ++i) playing.sounds.step_volume(-1);
  CHECK(playing.sounds.volume() == 0);
  playing.pass(0.1f);
  CHECK(playing.gain(Group::Voice) == 0);
  CHECK(playing.sounds.speech_gain() == 0);
}

TEST_CASE("speech is heard on a screen whose sounds are off by its settings") {
  Playing playing;
  playing.sounds.set_settings({.volume = 0});
  CHECK(playing.sounds.group_gain(Group::Interface) == 0);
  CHECK(playing.sounds.speech_gain() > 0.3f);
}

TEST_CASE("mute silences everything, and louder ends it") {
  Playing playing;
  playing.sounds.toggle_mute();
  playing.pass(0.1f);
  CHECK(playing.gain(Group::Interface) == 0);
  CHECK(playing.sounds.speech_gain() == 0);
  playing.sounds.step_volume(+1);
  CHECK_FALSE(playing.sounds.muted());
  CHECK(playing.sounds.speech_gain() > 0);
}

TEST_CASE("a shopper's volume and sounds end with their session") {
  Playing playing;
  playing.sounds.set_settings({.volume = 70});
  for (int i = 0; i < 4; ++i) playing.sounds.step_volume(-1);
  playing.sounds.toggle_mute();
  playing.sounds.play(Sound::Burst);
  playing.sounds.reset();
  CHECK(playing.sounds.volume() == 70);
  CHECK_FALSE(playing.sounds.muted());
  CHECK(playing.output.voices.empty());
}

TEST_CASE("without a device everything goes on, counted") {
  Playing playing;
  playing.output.counts.state = AudioState::Silent;
  for (int i = 0; i < 5; ++i) {
    CHECK(playing.sounds.play(Sound::Burst) == 0);
    playing.pass(0.5f);
  }
  CHECK(playing.sounds.statistics().dropped == 5);
  playing.output.counts.state = AudioState::Running;
  CHECK(playing.sounds.play(Sound::Burst) != 0);
}

TEST_CASE("sounds that could not be loaded are dropped, not waited for") {
  fakes::FakeAudio output;
  output.fail_loads = true;
  Sounds sounds(output);
  sounds.load();
  CHECK(sounds.play(Sound::Chime) == 0);
  CHECK(sounds.statistics().failed == kSounds);
}

TEST_CASE("a steady moment tells the output nothing") {
  Playing playing;
  playing.pass(0.1f);
  const int changes = playing.output.gain_changes;
  playing.pass(5);
  CHECK(playing.output.gain_changes == changes);
}

TEST_CASE("wild settings are brought into range") {
  Playing playing;
  playing.sounds.set_settings({.volume = 4000});
  CHECK(playing.sounds.volume() == 100);
  playing.sounds.set_settings({.volume = -5});
  CHECK(playing.sounds.volume() == 0);
}
