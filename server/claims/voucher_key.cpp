// SPDX-License-Identifier: MIT
#include "server/claims/voucher_key.h"

#include <optional>

#include "server/claims/key_file.h"

namespace vitrine {
namespace {

constexpr char kCure[] =
    "put it back from a backup. Without it the vouchers that are out there have no QR any more, "
    "only their codes; then remove it, and a new one is made";

}  // namespace

std::string voucher_key_path(const std::string& directory) {
  return directory + "/voucher.key";
}

Result<rules::VoucherKey> open_voucher_key(const std::string& directory) {
  const std::string file = voucher_key_path(directory);
  const Result<std::optional<KeyBytes>> found = find_key_file(file, kCure);
  if (!found.ok()) return found.status();
  return found.value() ? Result<KeyBytes>(*found.value()) : make_key_file(file);
}

Result<rules::VoucherKey> read_voucher_key(const std::string& directory) {
  const std::string file = voucher_key_path(directory);
  const Result<std::optional<KeyBytes>> found = find_key_file(file, kCure);
  if (!found.ok()) return found.status();
  if (found.value()) return *found.value();
  return Status(StatusCode::NotFound, file + ": no such file; the server makes it when it starts");
}

}  // namespace vitrine
