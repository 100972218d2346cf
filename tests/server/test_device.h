// SPDX-License-Identifier: MIT
// Devices that may record, as a test has them.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "engine/base/clock.h"
#include "engine/base/id128.h"
#include "server/store/device_registry.h"

namespace vitrine::test {

// A key pair and a name.
struct TestDevice {
  std::string name;
  std::array<uint8_t, 32> public_key{};
  std::array<uint8_t, 64> secret_key{};

  static TestDevice make(std::string name);
  std::string sign(const std::string& text) const;  // hex
  std::string claim_hello(const std::string& nonce) const;
  std::string hello(const std::string& nonce, const Id128& incarnation, uint64_t next = 1,
                    uint64_t oldest = 1) const;
};

// A device that is enrolled there, or the end of the program.
TestDevice enrol_in(DeviceRegistry& registry, const std::string& name, const Clock& clock);

}  // namespace vitrine::test
