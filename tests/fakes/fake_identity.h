// SPDX-License-Identifier: MIT
// A device with a "key" (the signature is the text's length in every byte) or only a token.
#pragma once

#include <algorithm>
#include <string>

#include "engine/platform/device_identity.h"

namespace vitrine::fakes {

class FakeIdentity : public DeviceIdentity {
 public:
  std::string device() const override { return device_id; }
  std::string token() const override { return token_text; }
  bool sign(std::string_view text, std::span<uint8_t, 64> signature) override {
    signed_text = text;
    std::fill(signature.begin(), signature.end(), static_cast<uint8_t>(text.size()));
    return has_key;
  }

  std::string device_id = "kiosk-1";
  std::string token_text;
  bool has_key = true;
  std::string signed_text;
};

}  // namespace vitrine::fakes
