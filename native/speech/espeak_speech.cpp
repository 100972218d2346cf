// SPDX-License-Identifier: MIT
#include "native/speech/espeak_speech.h"

#include <utility>

#include "engine/base/ascii.h"
#include "engine/base/utf8.h"
#include "native/speech/child.h"

namespace vitrine {
namespace {

constexpr const char* kWordsPerMinute = "160";  // its own 175 is hurried in a loud shop

Result<PcmClip> render(const std::string& program, const std::string& text,
                       const std::string& voice, const std::atomic<bool>& cancel) {
  const Result<std::string> wav = run_child(
      {program, "--stdin", "--stdout", "-b", "1", "-z", "-s", kWordsPerMinute, "-v", voice}, text,
      {}, cancel);
  if (!wav.ok()) return wav.status();
  const auto* data = reinterpret_cast<const uint8_t*>(wav.value().data());
  return parse_wav({data, wav.value().size()});
}

bool is_tag_character(char c) {
  return (c >= 'a' && c <= 'z') || c == '-';
}

}  // namespace

std::string espeak_voice(std::string_view language) {
  if (language.empty() || language.size() > 16 || language.front() == '-') return {};
  std::string voice;
  for (const char c : language) {
    voice += ascii_lower(c);
    if (!is_tag_character(voice.back())) return {};
  }
  return voice == "zh" || voice.substr(0, 3) == "zh-" ? "cmn" : voice;
}

std::string sayable(std::string_view text, size_t bytes) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const char32_t point = next_code_point(text, at);
    if (result.size() + (at - start) > bytes) break;
    if (point < 0x20 || point == 0x7F) {
      result += ' ';
    } else if (point != 0xFFFD) {
      result.append(text.substr(start, at - start));
    }
  }
  return result;
}

EspeakSpeech::EspeakSpeech(PcmOutput& audio, std::string_view program)
    : audio_(audio), program_(find_program(program)) {}

EspeakSpeech::~EspeakSpeech() {
  *cancel_ = true;
}

bool EspeakSpeech::available(std::string_view language) const {
  return !program_.empty() && !espeak_voice(language).empty();
}

void EspeakSpeech::say(std::string_view text, std::string_view language, SpeechPriority priority) {
  if (program_.empty()) {
    problem_ = "nothing can be read aloud: install espeak-ng, or start speech-dispatcher";
  }
  if (!available(language)) return;
  if (priority == SpeechPriority::Interrupt) stop();
  Words words{sayable(text, kMostBytes), espeak_voice(language)};
  if (words.text.empty()) return;
  if (waiting_.size() == kWaiting) waiting_.pop_front();
  waiting_.push_back(std::move(words));
  make_next();
}

// One after the other: the next is made when the last was heard.
void EspeakSpeech::make_next() {
  if (making_ || waiting_.empty() || audio_.playing(voice_)) return;
  making_ = true;
  Words words = std::move(waiting_.front());
  waiting_.pop_front();
  cancel_ = std::make_shared<std::atomic<bool>>(false);
  worker_.post([this, words = std::move(words), cancel = cancel_,
                generation = generation_]() -> Worker::Report {
    Result<PcmClip> made = render(program_, words.text, words.voice, *cancel);
    std::shared_ptr<const PcmClip> clip;
    Status status = made.status();
    if (made.ok()) clip = std::make_shared<const PcmClip>(std::move(made).value());
    return [this, generation, status, clip] { take(generation, status, clip); };
  });
}

void EspeakSpeech::take(uint32_t generation, const Status& status,
                        std::shared_ptr<const PcmClip> clip) {
  making_ = false;
  if (generation != generation_) return;
  problem_ = status.ok() ? "" : status.message();
  AudioPlay play;
  play.bus = kBus;
  voice_ = audio_.play_pcm(std::move(clip), play);
}

void EspeakSpeech::stop() {
  ++generation_;
  *cancel_ = true;
  waiting_.clear();
  audio_.stop(std::exchange(voice_, 0));
}

bool EspeakSpeech::speaking() const {
  return !waiting_.empty() || (making_ && !*cancel_) || audio_.playing(voice_);
}

void EspeakSpeech::poll() {
  worker_.poll();
  make_next();
}

}  // namespace vitrine
