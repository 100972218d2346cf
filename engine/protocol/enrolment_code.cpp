// SPDX-License-Identifier: MIT
#include "engine/protocol/enrolment_code.h"

namespace vitrine::protocol {

std::optional<std::string> normalise_enrolment_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (is_base32_gap(c)) continue;
    const bool known = kBase32Digits.find(base32_meant(c)) != std::string_view::npos;
    if (!known || code.size() == kEnrolmentCodeLength) return std::nullopt;
    code += base32_meant(c);
  }
  if (code.size() != kEnrolmentCodeLength) return std::nullopt;
  return code;
}

}  // namespace vitrine::protocol
