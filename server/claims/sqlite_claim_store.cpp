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
    // A request is a column of its claim; one index of holders; consents without one.
    "ALTER TABLE claim ADD COLUMN request_key TEXT NOT NULL DEFAULT '';"
    "UPDATE claim SET request_key = CASE "
    "  WHEN substr(request.request_key, 1, length(holder) + 1) = holder || ':'"
    "  THEN substr(request.request_key, length(holder) + 2) ELSE request.request_key END "
    "FROM request WHERE request.verb = 'hold' AND request.claim = claim.claim;"
    "DROP INDEX claim_active;"
    "CREATE UNIQUE INDEX claim_holder ON claim ("
    "  holder, pool, CASE WHEN state IN ('held', 'issued', 'redeemed') THEN x'' ELSE claim END"
    ");"
    "CREATE TABLE redeem_request ("
    "  till TEXT NOT NULL, request_key TEXT NOT NULL, claim BLOB NOT NULL,"
    "  PRIMARY KEY (till, request_key)"
    ") WITHOUT ROWID;"
    "INSERT INTO redeem_request (till, request_key, claim) "
    "SELECT asker, request_key, claim FROM request WHERE verb = 'redeem';"
    "DROP TABLE request;"
    "ALTER TABLE consent RENAME TO consent_of_before;"
    "DROP INDEX consent_claim;"
    "CREATE TABLE consent ("
    "  claim BLOB NOT NULL, purpose TEXT NOT NULL, text_version TEXT NOT NULL,"
    "  language TEXT NOT NULL, agreed INTEGER NOT NULL, time INTEGER NOT NULL,"
    "  PRIMARY KEY (claim, purpose)"
    ") WITHOUT ROWID;"
    "INSERT INTO consent (claim, purpose, text_version, language, agreed, time) "
    "SELECT claim, purpose, text_version, language, agreed, time FROM consent_of_before;"
    "DROP TABLE consent_of_before;"
    "PRAGMA user_version = 3;",
};
// Keys that are random lie anywhere in their index: each change writes a page, the smaller the
// better.
constexpr int kPageSize = 4096;
constexpr int kLogBusyMs = 2000;
constexpr uint64_t kRoomBytes = 1 << 20;  // a few groups

class SqliteClaimStore final : public ClaimStore {
 public:
  Status open(SqliteClaimStoreOptions options);

  Status apply(std::span<const ClaimCommand> commands,
               std::vector<ClaimOutcome>& outcomes) override;
  bool has_room() const override;
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
  table_.write_pools();
  status = table_.has_failed() ? database_.fail("apply claims") : database_.commit();
  if (!status.ok()) outcomes.clear();
  return status;
}

bool SqliteClaimStore::has_room() const {
  return free_bytes_in(directory_) >= kRoomBytes;
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
