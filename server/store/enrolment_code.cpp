// SPDX-License-Identifier: MIT
#include "server/store/enrolment_code.h"

#include "engine/protocol/enrolment_code.h"
#include "server/crypto.h"

namespace vitrine {

std::string make_enrolment_code() {
  std::array<uint8_t, protocol::kEnrolmentCodeLength> random{};
  random_bytes(random.data(), random.size());
  std::string code;
  for (size_t i = 0; i < random.size(); ++i) {
    if (i > 0 && i % 4 == 0) code += '-';
    code += kBase32Digits[random[i] % kBase32Digits.size()];
  }
  return code;
}

std::array<uint8_t, 32> spent_code_hash(std::string_view code, const std::array<uint8_t, 32>& key) {
  std::string both(code);
  both.append(reinterpret_cast<const char*>(key.data()), key.size());
  return hash_secret(both);
}

}  // namespace vitrine
