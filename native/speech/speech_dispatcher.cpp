// SPDX-License-Identifier: MIT
#include "native/speech/speech_dispatcher.h"

#include <speech-dispatcher/libspeechd.h>

#include <cstdlib>
#include <utility>

#include "engine/base/ascii.h"
#include "native/speech/espeak_speech.h"

namespace vitrine {
namespace {

constexpr int64_t kAttemptUs = 30'000'000;
// A slow voice: nobody waits longer than this for a word that the daemon forgot to end.
constexpr int64_t kUsAByte = 150'000;

// The newest message that ended or was cancelled, told from the library's own thread. The daemon's
// numbers only grow while it lives; each connection begins anew.
std::atomic<int> g_finished{0};

void note_finished(size_t message, size_t, SPDNotificationType) {
  const auto number = static_cast<int>(message);
  if (number > g_finished) g_finished = number;
}

std::string primary_tag(std::string_view language) {
  std::string tag;
  for (const char c : language) {
    if (c == '-' || c == '_') break;
    tag += ascii_lower(c);
  }
  return tag == "cmn" ? "zh" : tag;
}

}  // namespace

bool speaks(std::string_view voice_language, std::string_view language) {
  const std::string tag = primary_tag(language);
  return !tag.empty() && primary_tag(voice_language) == tag;
}

struct SpeechDispatcher::Connection {
  ~Connection() {
    if (spd != nullptr) spd_close(spd);
  }

  std::vector<std::string> open() {
    g_finished = 0;
    char* why = nullptr;
    spd = spd_open2("vitrine", "main", nullptr, SPD_MODE_THREADED, nullptr, 0, &why);
    std::free(why);
    if (spd == nullptr) return {};
    spd->callback_end = spd->callback_cancel = note_finished;
    spd_set_notification_on(spd, SPD_END);
    spd_set_notification_on(spd, SPD_CANCEL);
    std::vector<std::string> languages;
    SPDVoice** voices = spd_list_synthesis_voices(spd);
    for (SPDVoice** voice = voices; voice != nullptr && *voice != nullptr; ++voice) {
      if ((*voice)->language != nullptr) languages.emplace_back((*voice)->language);
    }
    if (voices != nullptr) free_spd_voices(voices);
    return languages;
  }

  // The message's number; below 0 when the daemon does not answer.
  int say(const std::string& words, const std::string& language, int volume) {
    if (spd == nullptr) return -1;
    spd_set_language(spd, language.c_str());
    spd_set_volume(spd, volume);
    return spd_say(spd, SPD_MESSAGE, words.c_str());
  }

  SPDConnection* spd = nullptr;
};

SpeechDispatcher::SpeechDispatcher(const Clock& clock)
    : clock_(clock), connection_(std::make_unique<Connection>()) {}

SpeechDispatcher::~SpeechDispatcher() = default;

void SpeechDispatcher::connect() {
  connecting_ = true;
  last_said_ = 0;
  worker_.post([this]() -> Worker::Report {
    connection_ = std::make_unique<Connection>();
    std::vector<std::string> languages = connection_->open();
    return [this, languages = std::move(languages)] {
      connecting_ = false;
      languages_ = languages;
      connected_ = !languages_.empty();
      lost_ = false;
      next_attempt_us_ = clock_.monotonic_us() + kAttemptUs;
    };
  });
}

void SpeechDispatcher::poll() {
  worker_.poll();
  if (lost_) connected_ = false;
  if (connected_ || connecting_ || clock_.monotonic_us() < next_attempt_us_) return;
  connect();
}

bool SpeechDispatcher::available(std::string_view language) const {
  if (!connected_) return false;
  for (const std::string& spoken : languages_) {
    if (speaks(spoken, language)) return true;
  }
  return false;
}

void SpeechDispatcher::say(std::string_view text, std::string_view language,
                           SpeechPriority priority) {
  if (!available(language) || muted_) return;
  if (priority == SpeechPriority::Interrupt) stop();
  std::string words = sayable(text, kMostBytes);
  if (words.empty()) return;
  const int64_t now = clock_.monotonic_us();
  const int64_t longest = kUsAByte * static_cast<int64_t>(words.size()) + 2'000'000;
  silent_by_us_ = (speaking() ? silent_by_us_ : now) + longest;
  ++on_their_way_;
  worker_.post([this, words = std::move(words), tag = primary_tag(language),
                volume = volume_]() -> Worker::Report {
    const int number = connection_->say(words, tag, volume);
    if (number < 0) lost_ = true;
    if (number > 0) last_said_ = number;
    --on_their_way_;
    return {};
  });
}

void SpeechDispatcher::stop() {
  silent_by_us_ = 0;
  if (!connected_) return;
  worker_.post([this]() -> Worker::Report {
    if (connection_->spd != nullptr && spd_cancel(connection_->spd) < 0) lost_ = true;
    return {};
  });
}

bool SpeechDispatcher::speaking() const {
  if (!connected_ || clock_.monotonic_us() >= silent_by_us_) return false;
  return on_their_way_ > 0 || last_said_ > g_finished;
}

// The daemon's -100 is barely heard, not silence, and 100 is full.
void SpeechDispatcher::set_gain(float gain) {
  muted_ = gain <= 0;
  if (muted_) stop();
  volume_ = static_cast<int>(gain * 200) - 100;
}

}  // namespace vitrine
