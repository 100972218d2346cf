// SPDX-License-Identifier: MIT
// The server's only use of libsodium.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/id128.h"

namespace vitrine {

// Before anything below, once; false when the system gives no randomness. Any thread.
bool init_crypto();

// Expects: whoever forks after its first call execs.
void random_bytes(void* out, size_t size);
Id128 random_id();
// 32 random bytes in 64 hex digits, for a challenge.
std::string random_nonce();

// BLAKE2b-256: for secrets with enough entropy of their own (codes, tokens), not for passwords.
std::array<uint8_t, 32> hash_secret(std::string_view secret);

// BLAKE2b-256 with a key, in 64 hex digits: who has not the key can neither make nor check it.
std::string keyed_hash(const std::array<uint8_t, 32>& key, std::string_view text);

bool equal_in_constant_time(std::string_view a, std::string_view b);

// Ed25519.
bool verify_signature(const std::array<uint8_t, 32>& public_key, std::string_view message,
                      std::string_view signature);

}  // namespace vitrine
