// SPDX-License-Identifier: MIT
#include "server/crypto.h"

#include <sodium.h>

#include <array>
#include <cstring>

#include "engine/base/hex.h"

namespace vitrine {

bool init_crypto() {
  return sodium_init() >= 0;
}

// The system is asked for some at a time: a call for each name is a tenth of what a claim costs. What
// was given out is wiped, so that nothing in memory says what somebody has.
void random_bytes(void* out, size_t size) {
  thread_local std::array<uint8_t, 1024> drawn;
  thread_local size_t left = 0;
  if (size > drawn.size()) return randombytes_buf(out, size);
  if (size > left) {
    randombytes_buf(drawn.data(), drawn.size());
    left = drawn.size();
  }
  left -= size;
  std::memcpy(out, drawn.data() + left, size);
  sodium_memzero(drawn.data() + left, size);
}

Id128 random_id() {
  Id128 id;
  random_bytes(id.bytes.data(), id.bytes.size());
  return id;
}

std::string random_nonce() {
  return random_id().to_hex() + random_id().to_hex();
}

std::array<uint8_t, 32> hash_secret(std::string_view secret) {
  std::array<uint8_t, 32> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const uint8_t*>(secret.data()),
                     secret.size(), nullptr, 0);
  return hash;
}

std::string keyed_hash(const std::array<uint8_t, 32>& key, std::string_view text) {
  std::array<uint8_t, 32> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const uint8_t*>(text.data()),
                     text.size(), key.data(), key.size());
  return to_hex(hash);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool verify_signature(const std::array<uint8_t, 32>& public_key, std::string_view message,
                      std::string_view signature) {
  if (signature.size() != crypto_sign_BYTES) return false;
  return crypto_sign_verify_detached(reinterpret_cast<const uint8_t*>(signature.data()),
                                     reinterpret_cast<const uint8_t*>(message.data()),
                                     message.size(), public_key.data()) == 0;
}

}  // namespace vitrine
