// SPDX-License-Identifier: MIT
#include "server/claims/sqlite_claim_store.h"

#include <utility>

#include "server/claims/claim_ledger.h"
#include "server/claims/sqlite_claim_rows.h"
#include "server/claims/sqlite_claim_table.h"
#include "server/store/claims_sql.h"
#include "server/store/sqlite_files.h"

namespace vitrine {
namespace {

constexpr int64_t kApplicationId = 1447646275;  // "VITC"
// What those of before agreed to is not known: the campaign goes on saying it.
constexpr const char* kUpgrades[] = {
    "ALTER TABLE claim ADD COLUMN valid_ms INTEGER NOT NULL DEFAULT -1;"
    "ALTER TABLE claim ADD COLUMN provider TEXT NOT NULL DEFAULT '';"
    "PRAGMA user_version = 2;",
};
// Keys that are random lie anywhere in their index: each change writes a page, the smaller the
// better.
constexpr int kPageSize = 4096;
constexpr int kLogBusyMs = 2000;

class SqliteClaimStore final : public ClaimStore {
 public:
  Status open(SqliteClaimStoreOptions options);

  Status apply(std::span<const ClaimCommand> commands,
               std::vector<ClaimOutcome>& outcomes) override;
  Result<std::unique_ptr<ClaimReader>> open_reader() override {
    return open_sqlite_claim_reader(directory_);
  }

 private:
  std::string directory_;
  DurableDatabase database_;  // before the table: its statements are finalized first
  SqliteClaimTable table_;
};

Status SqliteClaimStore::open(SqliteClaimStoreOptions options) {
  directory_ = options.directory;
  Status status = make_data_directory(directory_);
  if (!status.ok()) return status;
  status = database_.open({sqlite_claims_path(directory_), options.checkpoints,
                           options.checkpoint_pages, kPageSize, std::move(options.on_disk_error)},
                          kClaimsSchema, kApplicationId, kClaimsSchemaVersion, kUpgrades);
  return status.ok() ? table_.prepare(database_.db()) : status;
}

Status SqliteClaimStore::apply(std::span<const ClaimCommand> commands,
                               std::vector<ClaimOutcome>& outcomes) {
  outcomes.clear();
  Status status = database_.begin();
  if (!status.ok()) return status;
  table_.begin();
  for (const ClaimCommand& command : commands) {
    outcomes.push_back(apply_claim_command(table_, command));
    if (table_.has_failed()) break;
  }
  status = table_.has_failed() ? database_.fail("apply claims") : database_.commit();
  if (!status.ok()) outcomes.clear();
  return status;
}

}  // namespace

Result<bool> empty_sqlite_claims_log(const std::string& directory) {
  SqliteDb db;
  const Status status = db.open(sqlite_claims_path(directory), SqliteOpen::ReadWrite, kLogBusyMs);
  if (!status.ok()) return status;
  const Result<int64_t> busy = db.query_integer("PRAGMA wal_checkpoint(TRUNCATE)");
  if (!busy.ok()) return busy.status();
  return busy.value() == 0;
}

Result<std::unique_ptr<ClaimStore>> open_sqlite_claim_store(SqliteClaimStoreOptions options) {
  auto store = std::make_unique<SqliteClaimStore>();
  Status status = store->open(std::move(options));
  if (!status.ok()) return status;
  return std::unique_ptr<ClaimStore>(std::move(store));
}

}  // namespace vitrine
