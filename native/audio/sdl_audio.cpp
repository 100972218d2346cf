// SPDX-License-Identifier: MIT
#include "native/audio/sdl_audio.h"

#include <SDL.h>

#include <algorithm>
#include <span>
#include <utility>

#include "native/file_assets.h"

namespace vitrine {
namespace {

constexpr int kRate = 48000;
constexpr uint16_t kFrames =
    512;  // 11 ms from a finger to the loudspeaker, beside the system's own
constexpr int64_t kCheckUs = 1'000'000;
constexpr int64_t kFirstPauseUs = 2'000'000;
constexpr int64_t kLongestPauseUs = 30'000'000;
// A device that has asked for nothing in so many checks is gone, whatever it says.
constexpr int kStalledChecks = 4;

}  // namespace

// Everything of SDL's audio. Used by the worker's jobs alone, and by the destructor after them.
struct SdlAudio::Device {
  explicit Device(Mixer& of) : mixer(of) {}

  ~Device() {
    close();
    if (initialised) SDL_AudioQuit();
  }

  static void fill(void* self, Uint8* stream, int size) {
    auto& device = *static_cast<Device*>(self);
    ++device.filled;
    device.mixer.mix({reinterpret_cast<float*>(stream), static_cast<size_t>(size) / sizeof(float)});
  }

  // "" when it is open now, else why not.
  std::string open() {
    if (!initialised && SDL_AudioInit(nullptr) != 0) return SDL_GetError();
    initialised = true;
    SDL_AudioSpec wanted{}, got{};
    wanted.freq = kRate;
    wanted.format = AUDIO_F32SYS;
    wanted.channels = 2;
    wanted.samples = kFrames;
    wanted.callback = fill;
    wanted.userdata = this;
    id = SDL_OpenAudioDevice(nullptr, 0, &wanted, &got, SDL_AUDIO_ALLOW_FREQUENCY_CHANGE);
    if (id == 0) {
      const std::string why = SDL_GetError();
      // Another sound server may have come since the driver was chosen.
      SDL_AudioQuit();
      initialised = false;
      return why;
    }
    mixer.set_rate(static_cast<uint32_t>(got.freq));
    SDL_PauseAudioDevice(id, paused ? 1 : 0);
    stalled = 0;
    return {};
  }

  void close() {
    if (id != 0) SDL_CloseAudioDevice(id);
    id = 0;
  }

  void pause(bool on) {
    paused = on;
    if (id != 0) SDL_PauseAudioDevice(id, on ? 1 : 0);
  }

  bool works() {
    if (id == 0) return false;
    if (SDL_GetAudioDeviceStatus(id) == SDL_AUDIO_STOPPED) return false;
    const uint32_t now = filled;
    stalled = paused || now != seen ? 0 : stalled + 1;
    seen = now;
    return stalled < kStalledChecks;
  }

  Mixer& mixer;
  SDL_AudioDeviceID id = 0;
  bool initialised = false;
  bool paused = false;
  std::atomic<uint32_t> filled{0};
  uint32_t seen = 0;
  int stalled = 0;
};

SdlAudio::SdlAudio(std::filesystem::path sounds, const Clock& clock)
    : folder_(std::move(sounds)), clock_(clock), device_(std::make_unique<Device>(mixer_)) {}

SdlAudio::~SdlAudio() = default;

void SdlAudio::load(uint8_t clip, std::string_view name) {
  started_ = true;
  worker_.post([this, clip, file = std::string(name) + ".wav"]() -> Worker::Report {
    Loaded loaded{clip, nullptr, {}};
    const Result<std::string> bytes = read_asset(folder_, file);
    Status status = bytes.status();
    if (bytes.ok()) {
      const auto* data = reinterpret_cast<const uint8_t*>(bytes.value().data());
      Result<PcmClip> sound = parse_wav({data, bytes.value().size()});
      status = sound.status();
      if (sound.ok()) loaded.sound = std::make_shared<const PcmClip>(std::move(sound).value());
    }
    if (!status.ok()) loaded.problem = (folder_ / file).string() + ": " + status.message();
    return [this, loaded = std::move(loaded)] { take(loaded); };
  });
}

void SdlAudio::take(Loaded loaded) {
  loaded.sound ? ++counts_.clips : ++counts_.failed;
  if (!loaded.sound) problem_ = loaded.problem;
  if (loaded.sound && clips_[loaded.clip]) --counts_.clips;  // replaced
  if (loaded.sound) clips_[loaded.clip] = std::move(loaded.sound);
}

bool SdlAudio::audible() const {
  return was_open_ && !suspended_;
}

AudioVoice SdlAudio::play(const AudioPlay& play) {
  return play_pcm(clips_[play.clip], play);
}

AudioVoice SdlAudio::play_pcm(std::shared_ptr<const PcmClip> clip, const AudioPlay& play) {
  const AudioVoice voice = clip && audible() ? mixer_.play(std::move(clip), play) : 0;
  ++(voice != 0 ? counts_.played : counts_.dropped);
  return voice;
}

void SdlAudio::suspend(bool suspended) {
  if (suspended == suspended_) return;
  suspended_ = suspended;
  if (suspended) mixer_.stop_all();
  if (!started_) return;
  worker_.post([this, suspended]() -> Worker::Report {
    device_->pause(suspended);
    return {};
  });
}

void SdlAudio::look_after_device() {
  checking_ = true;
  worker_.post([this]() -> Worker::Report {
    std::string why;
    bool opened = false;
    if (!device_->works()) {
      device_->close();
      why = device_->open();
      opened = why.empty();
    }
    return [this, why, opened] {
      checking_ = false;
      // Said when it goes, not at each of the attempts that follow.
      if (!why.empty() && pause_us_ == 0) problem_ = "no sound: " + why;
      if (opened && pause_us_ != 0) ++counts_.reopened;
      const int64_t longer = std::clamp(pause_us_ * 2, kFirstPauseUs, kLongestPauseUs);
      pause_us_ = why.empty() ? 0 : longer;
      if (!why.empty()) mixer_.stop_all();
      was_open_ = why.empty();
      next_check_us_ = clock_.monotonic_us() + (pause_us_ != 0 ? pause_us_ : kCheckUs);
    };
  });
}

AudioStatistics SdlAudio::statistics() const {
  AudioStatistics now = counts_;
  now.voices = mixer_.voices();
  now.state = suspended_  ? AudioState::Suspended
              : was_open_ ? AudioState::Running
                          : AudioState::Silent;
  return now;
}

void SdlAudio::poll() {
  worker_.poll();
  if (!started_ || checking_ || clock_.monotonic_us() < next_check_us_) return;
  look_after_device();
}

std::string SdlAudio::take_problem() {
  return std::exchange(problem_, {});
}

}  // namespace vitrine
