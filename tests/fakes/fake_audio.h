// SPDX-License-Identifier: MIT
// An output that notes what it was asked to play, and ends or loses voices when told to.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "engine/platform/audio_output.h"
#include "engine/platform/speech.h"

namespace vitrine::fakes {

class FakeAudio final : public AudioOutput {
 public:
  // Room from the start: what the fake notes must not count as what the engine takes.
  FakeAudio() {
    constexpr size_t kRoom = 256;
    played.reserve(kRoom);
    names.reserve(kRoom);
    voices.reserve(kRoom);
  }
  void load(uint8_t clip, std::string_view name) override {
    loaded.emplace_back(name);
    clips[clip] = name;
    fail_loads ? ++counts.failed : ++counts.clips;
  }
  AudioVoice play(const AudioPlay& play) override {
    if (counts.state != AudioState::Running || fail_loads || clips[play.clip].empty()) {
      ++counts.dropped;
      return 0;
    }
    ++counts.played;
    played.push_back(play);
    names.push_back(clips[play.clip]);
    voices.push_back(++last_voice);
    return last_voice;
  }
  void stop(AudioVoice voice) override { end(voice); }
  void stop_all() override { voices.clear(); }
  bool playing(AudioVoice voice) const override {
    return voice != 0 && std::find(voices.begin(), voices.end(), voice) != voices.end();
  }
  void set_bus_gain(uint8_t bus, float gain) override {
    gains[bus] = gain;
    ++gain_changes;
  }
  void suspend(bool on) override { suspended = on; }
  AudioStatistics statistics() const override {
    AudioStatistics now = counts;
    now.voices = static_cast<uint32_t>(voices.size());
    if (suspended) now.state = AudioState::Suspended;
    return now;
  }
  void poll() override { ++polls; }

  // It came to its end by itself.
  void end(AudioVoice voice) {
    voices.erase(std::remove(voices.begin(), voices.end(), voice), voices.end());
  }
  // How often the sound of this name was begun.
  int times(std::string_view name) const {
    return static_cast<int>(std::count(names.begin(), names.end(), name));
  }

  AudioStatistics counts{.state = AudioState::Running};  // set state to be locked or silent
  bool fail_loads = false;
  bool suspended = false;
  std::array<std::string, kClips> clips;
  std::vector<std::string> loaded;
  std::vector<AudioPlay> played;
  std::vector<std::string> names;  // of `played`
  std::vector<AudioVoice> voices;  // sounding now
  std::array<float, kBuses> gains{1, 1, 1, 1};
  int gain_changes = 0;
  int polls = 0;
  AudioVoice last_voice = 0;
};

// A voice that talks until the test says it has finished.
class FakeSpeech final : public Speech {
 public:
  bool available(std::string_view language) const override {
    return !missing && language != unknown_language;
  }
  void say(std::string_view text, std::string_view language, SpeechPriority priority) override {
    if (!available(language)) return;
    if (priority == SpeechPriority::Interrupt) said_now.clear();
    said_now.emplace_back(text);
    said.emplace_back(text);
    languages.emplace_back(language);
  }
  void stop() override {
    said_now.clear();
    ++stops;
  }
  bool speaking() const override { return !said_now.empty(); }
  void set_gain(float to) override { gain = to; }
  std::string problem() const override { return missing ? "no voice" : ""; }
  void poll() override {}

  void finish() { said_now.clear(); }

  bool missing = false;
  std::string unknown_language;
  std::vector<std::string> said;       // everything
  std::vector<std::string> said_now;   // being said or waiting
  std::vector<std::string> languages;  // of `said`
  float gain = -1;
  int stops = 0;
};

}  // namespace vitrine::fakes
