// SPDX-License-Identifier: MIT
// Claims as one would keep them in PostgreSQL, for measuring beside ours: the pool's row counts, a
// claim is a row with its holder and its request key unique. Less than ours keeps: no ledger, no
// consents, no times but one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace vitrine::bench {

enum class PostgresWay : uint8_t {
  Transaction,   // BEGIN; UPDATE ... RETURNING; INSERT; COMMIT: a round trip each
  OneStatement,  // both in one statement that is its own transaction: the least PostgreSQL can do
};

class PostgresClaims {
 public:
  virtual ~PostgresClaims() = default;

  // One thing out of the pool for a holder nobody else has. Returns when it is on the disk. False:
  // it failed. One thread a client at a time; client < clients.
  virtual bool claim(size_t client, PostgresWay way, const std::string& claim,
                     const std::string& holder) = 0;
  // Rows in the claims' table, and what the pool says is taken. -1: it failed.
  virtual int64_t count_claims() = 0;
  virtual int64_t count_taken() = 0;
};

// A PostgreSQL of its own, with a connection a client. nullptr: `why_not` says.
std::unique_ptr<PostgresClaims> start_postgres_claims(size_t clients, std::string& why_not);

}  // namespace vitrine::bench
