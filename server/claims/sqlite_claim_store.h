// SPDX-License-Identifier: MIT
// The default store of claims: one SQLite file, DIRECTORY/claims.sqlite3 (claims.sql has the
// tables), durable as the store of interactions is (server/store/durable_database.h). Nothing is
// remembered between two transactions, so another process that writes the file too is no danger.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/claims/claim_store.h"
#include "server/store/durable_database.h"

namespace vitrine {

struct SqliteClaimStoreOptions {
  std::string directory;  // created when it is not there, for the owner only
  CheckpointMode checkpoints = CheckpointMode::Background;
  int checkpoint_pages = 4000;  // 16 MiB
  // As DurableOptions::on_disk_error.
  std::function<void(const Status&)> on_disk_error = {};
};

// InvalidArgument: the file belongs to another program or a newer version. DataLoss: it is damaged.
Result<std::unique_ptr<ClaimStore>> open_sqlite_claim_store(SqliteClaimStoreOptions options);

// Copies what the log has into the file and empties the log, so that what was erased is in neither.
// While the server runs too. False: somebody was writing or reading just then; the log begins anew
// by itself, later. NotFound: no claims in that directory.
Result<bool> empty_sqlite_claims_log(const std::string& directory);

// For other processes too, while the server runs and after. NotFound: no claims in that directory.
// InvalidArgument: the file is of another version.
Result<std::unique_ptr<ClaimReader>> open_sqlite_claim_reader(const std::string& directory);

}  // namespace vitrine
