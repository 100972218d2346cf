// SPDX-License-Identifier: MIT
#include "native/speech/native_speech.h"

namespace vitrine {

bool NativeSpeech::available(std::string_view language) const {
  return dispatcher_.available(language) || espeak_.available(language);
}

void NativeSpeech::say(std::string_view text, std::string_view language, SpeechPriority priority) {
  // What the other one says must not go on beside it.
  if (priority == SpeechPriority::Interrupt) stop();
  const bool by_dispatcher = dispatcher_.available(language);
  by_dispatcher ? dispatcher_.say(text, language, SpeechPriority::Queue)
                : espeak_.say(text, language, SpeechPriority::Queue);
}

void NativeSpeech::stop() {
  dispatcher_.stop();
  espeak_.stop();
}

void NativeSpeech::set_gain(float gain) {
  dispatcher_.set_gain(gain);
  espeak_.set_gain(gain);
}

void NativeSpeech::poll() {
  dispatcher_.poll();
  espeak_.poll();
}

}  // namespace vitrine
