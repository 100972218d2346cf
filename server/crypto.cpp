// SPDX-License-Identifier: MIT
#include "server/crypto.h"

#include <sodium.h>

#include "engine/base/hex.h"

namespace vitrine {

bool init_crypto() {
  return sodium_init() >= 0;
}

void random_bytes(void* out, size_t size) {
  randombytes_buf(out, size);
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
