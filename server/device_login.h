// SPDX-License-Identifier: MIT
// Whether a device is who it says: the key it enrolled with signed the server's nonce.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/protocol/codes.h"
#include "server/store/device_registry.h"

namespace vitrine {

// Who a hello turned out to be.
struct Identity {
  std::string device;                        // "": refused
  std::string campaign = {};                 // its token is good for this one alone; "": any
  std::optional<Ed25519PublicKey> key = {};  // that signed the hello; none: a token did it
  protocol::CloseCode refusal = protocol::CloseCode::NotAuthenticated;
};

// `signature`: 128 hex digits over `text`. One answer for everything that is wrong: nobody learns
// here which devices exist.
Identity identify_device(DeviceRegistry& registry, std::string_view device, std::string_view text,
                         std::string_view signature);

// Whether the key that a device signed with is not its own any more: it was revoked, or enrolled
// again. While the registry cannot be asked, everybody stays.
bool is_cut_off(DeviceRegistry& registry, std::string_view device, const Ed25519PublicKey& key);

}  // namespace vitrine
