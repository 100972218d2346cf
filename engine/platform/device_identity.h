// SPDX-License-Identifier: MIT
// How a device proves who it is. A kiosk signs the server's nonce with the key it made at enrolment
// (libsodium, in native/); a phone shows the token its page was given. The key never leaves the
// implementation.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vitrine {

class DeviceIdentity {
 public:
  virtual ~DeviceIdentity() = default;

  // The id given at enrolment; "" for phones, whose token names them.
  virtual std::string device() const = 0;

  // The anonymous token of a phone, "" for devices that sign. May change between connections; asked
  // once a hello.
  virtual std::string token() const = 0;

  // Ed25519 over `text`, on the App's thread, at once. False when there is no key: the token is
  // shown instead.
  virtual bool sign(std::string_view text, std::span<uint8_t, 64> signature) = 0;
};

}  // namespace vitrine
