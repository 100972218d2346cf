// SPDX-License-Identifier: MIT
#include "engine/protocol/enrolment_code.h"

#include "engine/base/ascii.h"

namespace vitrine::protocol {
namespace {

char meant(char typed) {
  const char c = ascii_upper(typed);
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

std::optional<std::string> normalise_enrolment_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    const bool known = kEnrolmentAlphabet.find(meant(c)) != std::string_view::npos;
    if (!known || code.size() == kEnrolmentCodeLength) return std::nullopt;
    code += meant(c);
  }
  if (code.size() != kEnrolmentCodeLength) return std::nullopt;
  return code;
}

}  // namespace vitrine::protocol
