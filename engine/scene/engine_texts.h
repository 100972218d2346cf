// SPDX-License-Identifier: MIT
// Words the engine itself shows over every campaign. A campaign may bring its own under the same
// keys; where it has none these stand in, in Chinese for Chinese and in English for all others.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "engine/campaign/campaign.h"

namespace vitrine::scene {

struct EngineText {
  std::string_view key, chinese, english;
};
std::span<const EngineText> engine_texts();

// The campaign's words, the engine's where it has none, the key where nobody has.
std::string_view text_of(const campaign::Campaign& campaign, std::string_view key,
                         std::string_view language);
// What the campaign promises: its "page.title", else its brand.
std::string_view title_of(const campaign::Campaign& campaign, std::string_view language);

// `text` with {seconds} filled in.
std::string with_seconds(std::string_view text, int seconds);

// A whole number to be drawn, without taking memory.
class NumberText {
 public:
  explicit NumberText(int number);
  std::string_view view() const { return {digits_.data(), size_}; }

 private:
  std::array<char, 12> digits_{};
  size_t size_ = 0;
};

}  // namespace vitrine::scene
