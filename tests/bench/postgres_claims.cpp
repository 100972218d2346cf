// SPDX-License-Identifier: MIT
#include "tests/bench/postgres_claims.h"

#include <libpq-fe.h>

#include <cstdlib>
#include <vector>

#include "tests/bench/postgres_process.h"

namespace vitrine::bench {
namespace {

constexpr const char* kSchema =
    "CREATE TABLE pool (pool text PRIMARY KEY, stock bigint NOT NULL, taken bigint NOT NULL);"
    "CREATE TABLE claim (claim text PRIMARY KEY, pool text NOT NULL, holder text NOT NULL, "
    "request_key text NOT NULL, held_time timestamptz NOT NULL DEFAULT now(), "
    "UNIQUE (holder, pool), UNIQUE (holder, request_key));"
    "INSERT INTO pool VALUES ('lip-popup/true-red', 1000000000, 0);";

constexpr const char* kTake =
    "UPDATE pool SET taken = taken + 1 WHERE pool = 'lip-popup/true-red' AND taken < stock "
    "RETURNING stock - taken";
constexpr const char* kInsert =
    "INSERT INTO claim (claim, pool, holder, request_key) "
    "VALUES ($1, 'lip-popup/true-red', $2, 'key')";
constexpr const char* kBoth =
    "WITH took AS (UPDATE pool SET taken = taken + 1 WHERE pool = 'lip-popup/true-red' AND "
    "taken < stock RETURNING pool) INSERT INTO claim (claim, pool, holder, request_key) "
    "SELECT $1, pool, $2, 'key' FROM took RETURNING claim";

class Connection {
 public:
  explicit Connection(const std::string& directory)
      : connection_(PQconnectdb(("host=" + directory + " user=bench dbname=postgres").c_str())) {}
  Connection(Connection&& other) noexcept : connection_(other.connection_) {
    other.connection_ = nullptr;
  }
  ~Connection() { PQfinish(connection_); }

  bool prepare() {
    return done(PQprepare(connection_, "take", kTake, 0, nullptr)) &&
           done(PQprepare(connection_, "insert", kInsert, 2, nullptr)) &&
           done(PQprepare(connection_, "both", kBoth, 2, nullptr));
  }

  bool execute(const char* sql) { return done(PQexec(connection_, sql)); }

  bool run(const char* statement, const std::vector<const char*>& values) {
    return done(PQexecPrepared(connection_, statement, int(values.size()), values.data(), nullptr,
                               nullptr, 0));
  }

  int64_t number(const char* sql) {
    PGresult* result = PQexec(connection_, sql);
    const bool found = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;
    const int64_t value = found ? std::atoll(PQgetvalue(result, 0, 0)) : -1;
    PQclear(result);
    return value;
  }

 private:
  // Rows where the statement returns rows: not one, and nothing was taken.
  static bool done(PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    const bool rows = status == PGRES_TUPLES_OK && PQntuples(result) == 1;
    PQclear(result);
    return rows || status == PGRES_COMMAND_OK;
  }

  PGconn* connection_;
};

class RealPostgresClaims final : public PostgresClaims {
 public:
  explicit RealPostgresClaims(size_t clients) : process_(clients) {
    if (!process_.why_not().empty()) return;
    for (size_t i = 0; i < clients; ++i) connections_.emplace_back(process_.directory());
    ready_ = connections_[0].execute(kSchema);
    for (Connection& connection : connections_) ready_ = ready_ && connection.prepare();
  }

  std::string why_not() const {
    return ready_ || !process_.why_not().empty() ? process_.why_not() : "PostgreSQL refused us";
  }

  bool claim(size_t client, PostgresWay way, const std::string& claim,
             const std::string& holder) override {
    Connection& connection = connections_[client];
    const std::vector<const char*> values = {claim.c_str(), holder.c_str()};
    if (way == PostgresWay::OneStatement) return connection.run("both", values);
    return connection.execute("BEGIN") && connection.run("take", {}) &&
           connection.run("insert", values) && connection.execute("COMMIT");
  }

  int64_t count_claims() override { return connections_[0].number("SELECT count(*) FROM claim"); }
  int64_t count_taken() override { return connections_[0].number("SELECT taken FROM pool"); }

 private:
  PostgresProcess process_;
  std::vector<Connection> connections_;  // after the process: they end before it
  bool ready_ = false;
};

}  // namespace

std::unique_ptr<PostgresClaims> start_postgres_claims(size_t clients, std::string& why_not) {
  auto claims = std::make_unique<RealPostgresClaims>(clients);
  why_not = claims->why_not();
  if (!why_not.empty()) return nullptr;
  return claims;
}

}  // namespace vitrine::bench
