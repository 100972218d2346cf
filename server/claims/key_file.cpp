// SPDX-License-Identifier: MIT
#include "server/claims/key_file.h"

#include <sys/stat.h>

#include <algorithm>

#include "server/crypto.h"
#include "server/private_file.h"

namespace vitrine {

Result<std::optional<KeyBytes>> find_key_file(const std::string& file, std::string_view cure) {
  const Result<std::optional<std::string>> bytes = read_private_file(file);
  if (!bytes.ok()) return bytes.status();
  if (!bytes.value()) return std::optional<KeyBytes>();
  KeyBytes key;
  if (bytes.value()->size() != key.size()) {
    return Status(StatusCode::DataLoss, file + ": damaged; " + std::string(cure));
  }
  std::copy(bytes.value()->begin(), bytes.value()->end(), key.begin());
  return std::optional<KeyBytes>(key);
}

Status write_key_file(const std::string& file, const KeyBytes& key) {
  return write_private_file(
      file, std::string_view(reinterpret_cast<const char*>(key.data()), key.size()));
}

Result<KeyBytes> make_key_file(const std::string& file) {
  KeyBytes key;
  random_bytes(key.data(), key.size());
  const Status written = write_key_file(file, key);
  if (!written.ok()) return written;
  return key;
}

bool is_read_by_others(const std::string& file) {
  struct stat info {};
  return ::stat(file.c_str(), &info) == 0 && (info.st_mode & 077) != 0;
}

}  // namespace vitrine
