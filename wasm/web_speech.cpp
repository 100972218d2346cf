// SPDX-License-Identifier: MIT
#include "wasm/web_speech.h"

#include "engine/base/utf8.h"
#include "wasm/js_calls.h"

namespace vitrine::wasm {

bool WebSpeech::available(std::string_view language) const {
  return vitrine_js_speech_available(language.data(), language.size()) != 0;
}

void WebSpeech::say(std::string_view text, std::string_view language, SpeechPriority priority) {
  if (!available(language)) return;
  if (priority == SpeechPriority::Interrupt) stop();
  vitrine_js_speech_say(text.data(), whole_code_points(text, kMostBytes), language.data(),
                        language.size());
}

void WebSpeech::stop() {
  vitrine_js_speech_stop();
}

bool WebSpeech::speaking() const {
  return vitrine_js_speech_speaking() != 0;
}

std::string WebSpeech::problem() const {
  return available("") ? "" : "no speechSynthesis";
}

void WebSpeech::set_gain(float gain) {
  vitrine_js_speech_volume(gain);
}

}  // namespace vitrine::wasm
