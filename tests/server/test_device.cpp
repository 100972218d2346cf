// SPDX-License-Identifier: MIT
#include "tests/server/test_device.h"

#include <sodium.h>

#include <utility>

#include "engine/base/assert.h"
#include "engine/base/hex.h"
#include "engine/protocol/claim_messages.h"
#include "engine/protocol/messages.h"
#include "server/crypto.h"

namespace vitrine::test {

TestDevice TestDevice::make(std::string name) {
  VITRINE_ASSERT(init_crypto());
  TestDevice device;
  device.name = std::move(name);
  crypto_sign_keypair(device.public_key.data(), device.secret_key.data());
  return device;
}

std::string TestDevice::sign(const std::string& text) const {
  std::array<uint8_t, crypto_sign_BYTES> signature;
  crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const uint8_t*>(text.data()),
                       text.size(), secret_key.data());
  return to_hex(signature);
}

std::string TestDevice::claim_hello(const std::string& nonce) const {
  const std::string signature = sign(protocol::claim_signing_text(nonce, name));
  protocol::ClaimHello hello;
  hello.device = name;
  hello.signature = signature;
  hello.campaign = "lip-popup";
  hello.build = "test";
  std::string out;
  protocol::encode_claim_hello(hello, out);
  return out;
}

std::string TestDevice::hello(const std::string& nonce, const Id128& incarnation, uint64_t next,
                              uint64_t oldest) const {
  const std::string signature_hex = sign(protocol::hello_signing_text(nonce, name));
  protocol::Hello hello;
  hello.device = name;
  hello.signature = signature_hex;
  hello.incarnation = incarnation;
  hello.next = next;
  hello.oldest = oldest;
  hello.campaign = "lip-popup";
  hello.build = "test";
  std::string out;
  protocol::encode_hello(hello, out);
  return out;
}

TestDevice enrol_in(DeviceRegistry& registry, const std::string& name, const Clock& clock) {
  TestDevice device = TestDevice::make(name);
  const Result<std::string> code = registry.invite(name, clock.wall_ms());
  VITRINE_ASSERT(code.ok());
  const Result<Device> enrolled = registry.enrol(code.value(), device.public_key, clock.wall_ms());
  VITRINE_ASSERT(enrolled.ok());
  return device;
}

}  // namespace vitrine::test
