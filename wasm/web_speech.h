// SPDX-License-Identifier: MIT
// Words by speechSynthesis; see js/library_speech.js.
#pragma once

#include "engine/platform/speech.h"

namespace vitrine::wasm {

class WebSpeech final : public Speech {
 public:
  bool available(std::string_view language) const override;
  void say(std::string_view text, std::string_view language, SpeechPriority priority) override;
  void stop() override;
  bool speaking() const override;
  void set_gain(float gain) override;
  std::string problem() const override;
  void poll() override {}
};

}  // namespace vitrine::wasm
