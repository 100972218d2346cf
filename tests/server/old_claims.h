// SPDX-License-Identifier: MIT
// A file of claims as the first version made it, with somebody's hold, voucher and money in it.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "server/store/sqlite_db.h"
#include "tests/server/claim_commands.h"

namespace vitrine::test {

// Claim 1 is held by phone-1, followed, and pay-1 is on its way; claim 2 has code_of(2).
inline std::string rows_of_version_1() {
  const std::string now = std::to_string(kNow), until = std::to_string(kNow + kHoldMs);
  const auto id = [](uint64_t number) { return "x'" + claim_id(number).to_hex() + "'"; };
  const std::string none = "x'" + Id128().to_hex() + "'";
  return "INSERT INTO pool VALUES ('" + kPool + "', 5, 2, 1, 9900, 'CNY');" +
         "INSERT INTO claim VALUES (1, " + id(1) + ", '" + kPool + "', 'phone-1', 'true-red', " +
         none + ", 'held', '', 9900, 'CNY', 1, 1, 'hash-of-li', 'pending', 'pay-1', '', " + now +
         ", " + until + ", 0, 0, 0);" +  //
         "INSERT INTO claim VALUES (2, " + id(2) + ", '" + kPool + "', 'phone-2', 'true-red', " +
         none + ", 'issued', '', 0, '', 1, 1, 'hash-of-wang', 'none', '', '" + code_of(2) + "', " +
         now + ", " + until + ", " + now + ", " + until + ", 0);" +  //
         "INSERT INTO request VALUES ('phone-1', 'key', 'hold', " + id(1) + ");" +
         "INSERT INTO request VALUES ('phone-2', 'key', 'hold', " + id(2) + ");" +
         "INSERT INTO payment VALUES ('pay-1', " + id(1) + ", 9900, 'CNY', 'pending', " + now +
         ", " + now + ");" + "INSERT INTO consent VALUES (" + id(1) +
         ", 'terms', '2026-11', 'zh', 1, " + now + ");" +
         "INSERT INTO member_link VALUES ('sandbox', 'li', " + id(1) + ", " + none + ", " + now +
         ");" + "INSERT INTO event VALUES (1, " + now + ", 'hold', 'done', " + id(1) + ", '" +
         kPool + "', 'held', 'none', 9900, 'CNY', 5, 2, '', 'phone');";
}

inline bool make_claims_of_version_1(const std::string& directory) {
  std::ostringstream schema;
  schema << std::ifstream("tests/server/claims_version_1.sql").rdbuf();
  SqliteDb db;
  return db.open(directory + "/claims.sqlite3", SqliteOpen::ReadWriteCreate, 1000).ok() &&
         db.execute("PRAGMA synchronous = EXTRA; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE")
             .ok() &&
         db.execute(schema.str().c_str()).ok() && db.execute(rows_of_version_1().c_str()).ok() &&
         db.execute("COMMIT").ok();
}

}  // namespace vitrine::test
