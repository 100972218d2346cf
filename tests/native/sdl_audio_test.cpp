// SPDX-License-Identifier: MIT
// SDL's dummy driver takes sound at its pace and plays it to nobody; a driver that does not exist
// is a machine without a device. A test waits for what must come, at most a minute.
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "native/audio/sdl_audio.h"
#include "native/system_clock.h"
#include "tests/fakes/fake_clock.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;

namespace {

struct Heard {
  explicit Heard(const char* driver, const std::filesystem::path& sounds = "assets/sounds",
                 const Clock* clock = nullptr)
      : audio((setenv("SDL_AUDIODRIVER", driver, 1), sounds), clock ? *clock : system_clock) {}

  bool wait_until(const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!done() && std::chrono::steady_clock::now() < end) {
      audio.poll();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return done();
  }
  bool wait_for(AudioState state) {
    return wait_until([&] { return audio.statistics().state == state; });
  }
  std::string wait_for_problem() {
    std::string problem;
    wait_until([&] {
      if (problem.empty()) problem = audio.take_problem();
      return !problem.empty();
    });
    return problem;
  }
  void load(std::string_view name, uint8_t clip = 0) {
    audio.load(clip, name);
    const AudioStatistics before = audio.statistics();
    wait_until([&] {
      const AudioStatistics now = audio.statistics();
      return now.clips + now.failed > before.clips + before.failed;
    });
  }

  SystemClock system_clock;
  SdlAudio audio;
};

}  // namespace

TEST_CASE("nothing is opened before a sound is asked for") {
  Heard heard("dummy");
  heard.audio.poll();
  CHECK(heard.audio.statistics().state == AudioState::Silent);
  CHECK(heard.audio.play({}) == 0);
  CHECK(heard.audio.statistics().dropped == 1);
}

TEST_CASE("a sound is loaded, heard and over") {
  Heard heard("dummy");
  heard.load("tick");
  REQUIRE(heard.wait_for(AudioState::Running));
  CHECK(heard.audio.statistics().clips == 1);
  const AudioVoice voice = heard.audio.play({});
  REQUIRE(voice != 0);
  CHECK(heard.wait_until([&] { return !heard.audio.playing(voice); }));
  CHECK(heard.audio.statistics().played == 1);
  CHECK(heard.audio.take_problem().empty());
}

TEST_CASE("a screen that sleeps plays nothing and wakes up") {
  Heard heard("dummy");
  heard.load("burst");
  REQUIRE(heard.wait_for(AudioState::Running));
  const AudioVoice voice = heard.audio.play({});
  heard.audio.suspend(true);
  CHECK_FALSE(heard.audio.playing(voice));
  CHECK(heard.audio.play({}) == 0);
  CHECK(heard.audio.statistics().state == AudioState::Suspended);
  heard.audio.suspend(false);
  CHECK(heard.wait_for(AudioState::Running));
  CHECK(heard.audio.play({}) != 0);
}

TEST_CASE("without a device everything is accepted, nothing heard, and it is said once") {
  fakes::FakeClock clock;
  Heard heard("no-such-driver", "assets/sounds", &clock);
  heard.load("tick");
  CHECK(heard.wait_for_problem().find("no sound: ") == 0);
  CHECK(heard.audio.statistics().state == AudioState::Silent);
  CHECK(heard.audio.play({}) == 0);
  for (int i = 0; i < 20; ++i) {
    clock.advance_ms(60'000);
    heard.audio.poll();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  CHECK(heard.audio.take_problem().empty());
}

TEST_CASE("a device that comes later is found, and that is counted") {
  fakes::FakeClock clock;
  Heard heard("no-such-driver", "assets/sounds", &clock);
  heard.load("tick");
  REQUIRE_FALSE(heard.wait_for_problem().empty());
  setenv("SDL_AUDIODRIVER", "dummy", 1);
  for (int i = 0; i < 10; ++i) heard.audio.poll();
  CHECK(heard.audio.statistics().state == AudioState::Silent);  // not at every frame
  clock.advance_ms(2'001);
  REQUIRE(heard.wait_for(AudioState::Running));
  CHECK(heard.audio.statistics().reopened == 1);
  CHECK(heard.audio.play({}) != 0);
}

TEST_CASE("a sound that is not there or broken is named with its file, the others play") {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "tick.wav") << "RIFF but no sound";
  Heard heard("dummy", folder.path());
  heard.load("tick");
  CHECK(heard.audio.statistics().failed == 1);
  CHECK(heard.audio.take_problem().find("tick.wav: WAV: not a WAV file") != std::string::npos);
  heard.load("nothing");
  CHECK(heard.audio.take_problem().find("nothing.wav") != std::string::npos);
  heard.load("../../../etc/passwd");
  CHECK(heard.audio.statistics().failed == 3);
  std::filesystem::copy("assets/sounds/click.wav", folder.path());
  heard.load("click", 1);
  REQUIRE(heard.wait_for(AudioState::Running));
  AudioPlay click;
  click.clip = 1;
  CHECK(heard.audio.play(click) != 0);
  CHECK(heard.audio.play({}) == 0);
}

TEST_CASE("what was made on the spot is heard beside the sounds") {
  Heard heard("dummy");
  heard.load("tick");
  REQUIRE(heard.wait_for(AudioState::Running));
  auto words = std::make_shared<PcmClip>();
  words->rate = 22050;
  words->samples.assign(2000, 1000);
  AudioPlay play;
  play.bus = 3;
  const AudioVoice voice = heard.audio.play_pcm(words, play);
  CHECK(voice != 0);
  CHECK(heard.wait_until([&] { return !heard.audio.playing(voice); }));
  CHECK(heard.audio.play_pcm(nullptr, play) == 0);
}
