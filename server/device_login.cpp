// SPDX-License-Identifier: MIT
#include "server/device_login.h"

#include <array>

#include "engine/base/hex.h"
#include "server/crypto.h"

namespace vitrine {

using protocol::CloseCode;

Identity identify_device(DeviceRegistry& registry, std::string_view device, std::string_view text,
                         std::string_view signature) {
  Identity identity;
  if (!is_device_name(device)) return identity;
  const Result<std::optional<Device>> found = registry.find(device);
  if (!found.ok()) {
    identity.refusal = CloseCode::StorageUnavailable;
    return identity;
  }
  if (!found.value() || !found.value()->public_key) return identity;
  std::array<uint8_t, 64> bytes;
  if (!from_hex(signature, bytes)) return identity;
  const std::string_view signed_with(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!verify_signature(*found.value()->public_key, text, signed_with)) return identity;
  if (found.value()->state == DeviceState::Revoked) {
    identity.refusal = CloseCode::Revoked;
    return identity;
  }
  identity.device = found.value()->name;
  identity.key = found.value()->public_key;
  return identity;
}

bool is_cut_off(DeviceRegistry& registry, std::string_view device, const Ed25519PublicKey& key) {
  const Result<std::optional<Device>> found = registry.find(device);
  if (!found.ok() || !found.value()) return false;
  return found.value()->state == DeviceState::Revoked || found.value()->public_key != key;
}

}  // namespace vitrine
