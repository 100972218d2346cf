// SPDX-License-Identifier: MIT
#include "server/claims/claim_keys.h"

#include <filesystem>
#include <optional>

#include "server/claims/key_file.h"
#include "server/claims/sqlite_claim_rows.h"
#include "server/claims/voucher_key.h"
#include "server/store/sqlite_db.h"

namespace vitrine {
namespace {

constexpr int kBusyTimeoutMs = 2000;
constexpr char kHolderCure[] =
    "put it back from a backup: by another key every phone is unknown and everybody may have "
    "everything once more";

std::string holder_key_path(const std::string& directory) {
  return directory + "/holder.key";
}

bool is_there(const std::string& file) {
  std::error_code unknown;
  return std::filesystem::exists(file, unknown);
}

Result<SqliteDb> open_claims(const std::string& directory) {
  SqliteDb db;
  const Status status =
      db.open(sqlite_claims_path(directory), SqliteOpen::ReadOnly, kBusyTimeoutMs);
  if (!status.ok()) return status;
  return db;
}

Result<bool> has_claims(const std::string& directory) {
  if (!is_there(sqlite_claims_path(directory))) return false;
  Result<SqliteDb> db = open_claims(directory);
  if (!db.ok()) return db.status();
  const Result<int64_t> any = db.value().query_integer("SELECT EXISTS (SELECT 1 FROM claim)");
  if (!any.ok()) return any.status();
  return any.value() != 0;
}

// Whether the newest person that is known by name is kept under this key. True where nobody is.
Result<bool> fits_people(const std::string& directory, const HolderKey& key) {
  Result<SqliteDb> db = open_claims(directory);
  if (!db.ok()) return db.status();
  Result<SqliteStatement> newest = db.value().prepare(
      "SELECT member_link.provider, member_link.member, claim.member_hash FROM member_link JOIN claim USING (claim)"
      " WHERE claim.member_hash <> '' ORDER BY member_link.time DESC LIMIT 1");
  if (!newest.ok()) return newest.status();
  SqliteStatement& row = newest.value();
  const SqliteStep step = row.step();
  if (step == SqliteStep::Error) return db.value().status("read member_link");
  if (step == SqliteStep::Done) return true;
  return row.text(2) == HolderTokens(key).member_hash(row.text(0), row.text(1));
}

Status missing(const std::string& directory, const std::string& more) {
  return {StatusCode::NotFound, holder_key_path(directory) + ": missing beside claims; " +
                                    std::string(kHolderCure) + more};
}

// Where there is no holder.key: the key that was both before there were two. nullopt: no server was
// ever started here.
Result<std::optional<HolderKey>> key_of_before(const std::string& directory) {
  const Result<bool> claims = has_claims(directory);
  if (!claims.ok()) return claims.status();
  const Result<rules::VoucherKey> voucher = read_voucher_key(directory);
  if (voucher.status().code() == StatusCode::NotFound) {
    if (claims.value()) return missing(directory, ". voucher.key is missing, too");
    return std::optional<HolderKey>();
  }
  if (!voucher.ok()) return voucher.status();
  if (!claims.value()) return std::optional<HolderKey>(voucher.value());
  const Result<bool> fits = fits_people(directory, voucher.value());
  if (!fits.ok()) return fits.status();
  if (fits.value()) return std::optional<HolderKey>(voucher.value());
  return missing(directory,
                 ". voucher.key is not the key they were made by; where there is no backup, copy "
                 "it to holder.key to go on all the same");
}

Result<HolderKey> open_holder_key(const std::string& directory, std::vector<std::string>& notes) {
  const std::string file = holder_key_path(directory);
  const Result<std::optional<KeyBytes>> found = find_key_file(file, kHolderCure);
  if (!found.ok()) return found.status();
  if (found.value()) return *found.value();
  const Result<std::optional<HolderKey>> before = key_of_before(directory);
  if (!before.ok()) return before.status();
  if (!before.value()) return make_key_file(file);
  const Status written = write_key_file(file, *before.value());
  if (!written.ok()) return written;
  notes.push_back(file + ": made as a copy of voucher.key, which did its work before; back it up");
  return *before.value();
}

}  // namespace

Status check_claims_are_there(const std::string& directory, bool new_claims,
                              std::vector<std::string>& notes) {
  const std::string file = sqlite_claims_path(directory);
  std::error_code none;
  const auto size = std::filesystem::file_size(file, none);
  if (!none && size > 0) {
    if (new_claims) {
      notes.push_back("--new-claims: " + file +
                      " is there, nothing is begun anew; take the option away, or the loss of that "
                      "file will go unnoticed");
    }
    return {};
  }
  const bool was_here =
      is_there(voucher_key_path(directory)) || is_there(holder_key_path(directory));
  if (!was_here || new_claims) return {};
  return {StatusCode::NotFound,
          file + (none ? ": missing" : ": empty") +
              ", but the keys beside it say that things were handed out here; put it back from a "
              "backup. Without it everything is handed out once more: where that is meant, start "
              "once with --new-claims"};
}

// The holder's first: where a first start is cut off between the two, none is the other's copy.
Result<ClaimKeys> open_claim_keys(const std::string& directory, std::vector<std::string>& notes) {
  const bool is_first = !is_there(holder_key_path(directory));
  const bool is_new_voucher_key = !is_there(voucher_key_path(directory));
  const Result<HolderKey> holder = open_holder_key(directory, notes);
  if (!holder.ok()) return holder.status();
  const Result<rules::VoucherKey> voucher = open_voucher_key(directory);
  if (!voucher.ok()) return voucher.status();
  if (is_new_voucher_key && !is_first) {
    notes.push_back(voucher_key_path(directory) +
                    ": was missing, a new one is made; the QR of vouchers that are out is good "
                    "again once their phone was online, and tills that verify by themselves need "
                    "it (vitrine voucher key)");
  }
  for (const std::string& file : {voucher_key_path(directory), holder_key_path(directory)}) {
    if (is_read_by_others(file)) notes.push_back(file + ": others may read this key; chmod 600");
  }
  return ClaimKeys{voucher.value(), holder.value()};
}

Result<HolderKey> read_holder_key(const std::string& directory) {
  const std::string file = holder_key_path(directory);
  const Result<std::optional<KeyBytes>> found = find_key_file(file, kHolderCure);
  if (!found.ok()) return found.status();
  if (found.value()) return *found.value();
  const Result<std::optional<HolderKey>> before = key_of_before(directory);
  if (!before.ok()) return before.status();
  if (before.value()) return *before.value();
  return Status(StatusCode::NotFound, file + ": no such file; the server makes it when it starts");
}

}  // namespace vitrine
