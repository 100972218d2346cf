// SPDX-License-Identifier: MIT
#include "server/claims/voucher_key.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "server/crypto.h"
#include "server/private_file.h"

namespace vitrine {
namespace {

std::string file_in(const std::string& directory) {
  return directory + "/voucher.key";
}

Result<std::optional<rules::VoucherKey>> find_key(const std::string& file) {
  const Result<std::optional<std::string>> bytes = read_private_file(file);
  if (!bytes.ok()) return bytes.status();
  if (!bytes.value()) return std::optional<rules::VoucherKey>();
  rules::VoucherKey key;
  if (bytes.value()->size() != key.size()) {
    return Status(StatusCode::DataLoss,
                  file +
                      ": damaged; put it back from a backup. Without it the vouchers that are out "
                      "there have no QR any more, only their codes; then remove it, and a new one "
                      "is made");
  }
  std::copy(bytes.value()->begin(), bytes.value()->end(), key.begin());
  return std::optional<rules::VoucherKey>(key);
}

}  // namespace

Result<rules::VoucherKey> open_voucher_key(const std::string& directory) {
  const std::string file = file_in(directory);
  const Result<std::optional<rules::VoucherKey>> found = find_key(file);
  if (!found.ok()) return found.status();
  if (found.value()) return *found.value();
  rules::VoucherKey key;
  random_bytes(key.data(), key.size());
  const Status written = write_private_file(
      file, std::string_view(reinterpret_cast<const char*>(key.data()), key.size()));
  if (!written.ok()) return written;
  return key;
}

Result<rules::VoucherKey> read_voucher_key(const std::string& directory) {
  const std::string file = file_in(directory);
  const Result<std::optional<rules::VoucherKey>> found = find_key(file);
  if (!found.ok()) return found.status();
  if (found.value()) return *found.value();
  return Status(StatusCode::NotFound, file + ": no such file; the server makes it when it starts");
}

}  // namespace vitrine
