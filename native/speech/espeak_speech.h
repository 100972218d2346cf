// SPDX-License-Identifier: MIT
// Words made by the program espeak-ng, run once a sentence, and played by our own mixer. A program
// of its own, not its library: espeak-ng is under the GPL, and what is linked with it would be too.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "engine/base/ring.h"
#include "engine/platform/speech.h"
#include "native/audio/pcm_output.h"
#include "native/worker.h"

namespace vitrine {

class EspeakSpeech final : public Speech {
 public:
  // The bus that nothing else plays on.
  static constexpr uint8_t kBus = 3;
  static constexpr size_t kWaiting = 4;

  // `audio` outlives it. `program`: looked for in the PATH now.
  explicit EspeakSpeech(PcmOutput& audio, std::string_view program = "espeak-ng");
  ~EspeakSpeech() override;

  bool available(std::string_view language) const override;
  void say(std::string_view text, std::string_view language, SpeechPriority priority) override;
  void stop() override;
  bool speaking() const override;
  void set_gain(float gain) override { audio_.set_bus_gain(kBus, gain); }
  std::string problem() const override { return problem_; }
  void poll() override;

  // Waits until what was asked for is made; for tests.
  void drain() { worker_.drain(); }

 private:
  struct Words {
    std::string text;
    std::string voice;
  };
  void make_next();
  void take(uint32_t generation, const Status& status, std::shared_ptr<const PcmClip> clip);

  PcmOutput& audio_;
  const std::string program_;  // its file; "" when the system has none
  Ring<Words> waiting_;
  bool making_ = false;
  uint32_t generation_ = 0;  // of what is wanted; stop() begins another
  AudioVoice voice_ = 0;
  std::string problem_;
  // One a making, so that a cancelled one cannot cancel the next.
  std::shared_ptr<std::atomic<bool>> cancel_ = std::make_shared<std::atomic<bool>>(false);
  Worker worker_;  // ends first
};

// The voice of espeak-ng for a language tag ("zh" → "cmn"); "" for what is no tag. Unknown
// languages are tried under their own name.
std::string espeak_voice(std::string_view language);

// `text` cut to at most `bytes` at the end of a character, without what a voice would stumble over
// (line ends, other control characters).
std::string sayable(std::string_view text, size_t bytes);

}  // namespace vitrine
