// SPDX-License-Identifier: MIT
// Where PostgreSQL's client library is not installed.
#include "tests/bench/postgres_claims.h"

namespace vitrine::bench {

std::unique_ptr<PostgresClaims> start_postgres_claims(size_t, std::string& why_not) {
  why_not = "built without PostgreSQL's client library (package libpq-dev)";
  return nullptr;
}

}  // namespace vitrine::bench
