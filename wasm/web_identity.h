// SPDX-License-Identifier: MIT
// A phone is named by the anonymous token its page was given; it has no key.
#pragma once

#include "engine/platform/device_identity.h"
#include "wasm/web_system.h"

namespace vitrine::wasm {

class WebIdentity final : public DeviceIdentity {
 public:
  std::string device() const override { return ""; }
  std::string token() const override { return page_option("token"); }
  bool sign(std::string_view, std::span<uint8_t, 64>) override { return false; }
};

}  // namespace vitrine::wasm
