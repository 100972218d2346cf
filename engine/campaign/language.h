// SPDX-License-Identifier: MIT
// What a language's tag (BCP 47) says of how it is written: "zh-Hant-TW" is Chinese as "zh" is.
#pragma once

#include <string_view>

namespace vitrine::campaign {

constexpr std::string_view primary_subtag(std::string_view language) {
  return language.substr(0, language.find('-'));
}

constexpr bool is_chinese(std::string_view language) {
  return primary_subtag(language) == "zh";
}

// In letters as high as the line, which therefore stand further apart than Latin ones do.
constexpr bool is_written_in_han(std::string_view language) {
  return is_chinese(language) || primary_subtag(language) == "ja";
}

}  // namespace vitrine::campaign
