// SPDX-License-Identifier: MIT
#include "server/staff_auth.h"

#include <sodium.h>

#include "server/private_file.h"

namespace vitrine {

namespace {

// 20 letters and digits without look-alikes: 98 bits.
std::string make_password() {
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 5 == 0) password += '-';
    password += kLetters[randombytes_uniform(static_cast<uint32_t>(kLetters.size()))];
  }
  return password;
}

std::string hash_password(const std::string& password) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const int failed = crypto_pwhash_str(hash.data(), password.data(), password.size(),
                                       crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                       crypto_pwhash_MEMLIMIT_INTERACTIVE);
  hash.resize(failed ? 0 : hash.find('\0'));
  return hash;
}

// The password of "Basic BASE64(user:password)"; any user.
std::optional<std::string> password_of(std::string_view authorization) {
  constexpr std::string_view kScheme = "Basic ";
  if (authorization.substr(0, kScheme.size()) != kScheme || authorization.size() > 512) {
    return std::nullopt;
  }
  authorization.remove_prefix(kScheme.size());
  std::string text(authorization.size(), '\0');
  size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(text.data()), text.size(),
                        authorization.data(), authorization.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0) {
    return std::nullopt;
  }
  text.resize(size);
  const size_t colon = text.find(':');
  if (colon == std::string::npos) return std::nullopt;
  return text.substr(colon + 1);
}

std::array<uint8_t, 32> keyed_hash(const std::array<uint8_t, 32>& key, std::string_view text) {
  std::array<uint8_t, 32> out;
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const uint8_t*>(text.data()),
                     text.size(), key.data(), key.size());
  return out;
}

}  // namespace

StaffAuth StaffAuth::open_to_all() { return StaffAuth(); }

StaffAuth::Opened StaffAuth::make_temporary() {
  Opened opened{StaffAuth(), make_password()};
  opened.auth.asks_ = true;
  opened.auth.hash_ = hash_password(opened.new_password);
  randombytes_buf(opened.auth.memory_key_.data(), opened.auth.memory_key_.size());
  return opened;
}

Result<StaffAuth::Opened> StaffAuth::open(const std::string& directory) {
  const std::string file = directory + "/staff-password";
  Result<std::optional<std::string>> hash = read_private_file(file);
  if (!hash.ok()) return hash.status();
  if (hash.value()) {
    Opened opened{StaffAuth(), ""};
    opened.auth.asks_ = true;
    opened.auth.hash_ = *hash.value();
    randombytes_buf(opened.auth.memory_key_.data(), opened.auth.memory_key_.size());
    return opened;
  }
  Opened opened = make_temporary();
  if (opened.auth.hash_.empty()) {
    return Status(StatusCode::ResourceExhausted, "argon2id needs 64 MiB of free memory");
  }
  if (Status status = write_private_file(file, opened.auth.hash_); !status.ok()) return status;
  return opened;
}

bool StaffAuth::is_known(std::string_view authorization) const {
  if (!known_) return false;
  const std::array<uint8_t, 32> hash = keyed_hash(memory_key_, authorization);
  return sodium_memcmp(hash.data(), known_->data(), hash.size()) == 0;
}

void StaffAuth::remember(std::string_view authorization) {
  known_ = keyed_hash(memory_key_, authorization);
}

StaffAuth::Verdict StaffAuth::check(std::string_view authorization, const PeerAddress& peer,
                                    int64_t now_us) {
  if (!asks_ || is_known(authorization)) return Verdict::Welcome;
  const std::optional<std::string> password = password_of(authorization);
  if (!password) return Verdict::AskPassword;
  if (!attempts_.allow(peer, now_us)) return Verdict::TooMany;
  if (crypto_pwhash_str_verify(hash_.c_str(), password->data(), password->size()) != 0) {
    return Verdict::AskPassword;
  }
  remember(authorization);
  return Verdict::Welcome;
}

}  // namespace vitrine
