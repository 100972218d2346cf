// SPDX-License-Identifier: MIT
// The kiosk's voice: Speech Dispatcher where its daemon answers, else espeak-ng through our mixer.
#pragma once

#include <string>

#include "engine/base/clock.h"
#include "native/speech/espeak_speech.h"
#include "native/speech/speech_dispatcher.h"

namespace vitrine {

class NativeSpeech final : public Speech {
 public:
  // Both outlive it.
  NativeSpeech(PcmOutput& audio, const Clock& clock) : dispatcher_(clock), espeak_(audio) {}

  bool available(std::string_view language) const override;
  void say(std::string_view text, std::string_view language, SpeechPriority priority) override;
  void stop() override;
  bool speaking() const override { return dispatcher_.speaking() || espeak_.speaking(); }
  void set_gain(float gain) override;
  std::string problem() const override { return espeak_.problem(); }
  void poll() override;

 private:
  SpeechDispatcher dispatcher_;
  EspeakSpeech espeak_;
};

}  // namespace vitrine
