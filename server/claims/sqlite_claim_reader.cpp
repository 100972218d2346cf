// SPDX-License-Identifier: MIT
// Reading claims beside the writer. Every call is one short transaction: a reader that kept a
// snapshot open would keep the write-ahead log from ever starting over.
#include <filesystem>
#include <utility>

#include "server/claims/sqlite_claim_rows.h"
#include "server/claims/sqlite_claim_store.h"
#include "server/store/sqlite_db.h"

namespace vitrine {
namespace {

constexpr int kBusyTimeoutMs = 5000;

#define VITRINE_LINK_COLUMNS "session, claim, provider, member, time"

MemberLink read_link(const SqliteStatement& columns) {
  return {id_of(columns.blob(0)), id_of(columns.blob(1)), std::string(columns.text(2)),
          std::string(columns.text(3)), columns.integer(4)};
}

// Only a store that may write brings a file up to this version.
Status check_version(SqliteDb& db, const std::string& path) {
  const Result<int64_t> found = db.query_integer("PRAGMA user_version");
  if (!found.ok()) {
    return {StatusCode::NotFound,
            path + ": no claims can be read here: " + found.status().message()};
  }
  const std::string schema = " (schema " + std::to_string(found.value()) + ", this program knows " +
                             std::to_string(kClaimsSchemaVersion) + "); ";
  if (found.value() > kClaimsSchemaVersion) {
    return {StatusCode::InvalidArgument,
            path + ": written by a newer version" + schema + "update this program"};
  }
  if (found.value() > 0 && found.value() < kClaimsSchemaVersion) {
    return {StatusCode::InvalidArgument, path + ": written by an older version" + schema +
                                             "start the vitrine-server of this version once"};
  }
  return {};
}

class SqliteClaimReader final : public ClaimReader {
 public:
  Status open(const std::string& directory);

  Result<std::optional<Claim>> find_claim(const Id128& claim) override;
  Result<std::optional<Claim>> find_code(std::string_view code) override;
  Status read_holder(std::string_view holder, size_t limit, std::vector<Claim>& claims) override;
  Status read_newest(size_t limit, std::vector<Claim>& claims) override;
  Status read_pools(std::vector<Pool>& pools) override;
  Result<std::map<std::string, int64_t>> count_held() override;
  Result<std::optional<Payment>> find_payment(std::string_view reference) override;
  Status read_payments(rules::PaymentState state, const PaymentPlace& after, int64_t before,
                       size_t limit, std::vector<Payment>& payments) override;
  Result<PaymentCount> count_payments(rules::PaymentState state) override;
  Status read_consents(const Id128& claim, std::vector<Consent>& consents) override;
  Status read_member(std::string_view provider, std::string_view member,
                     std::vector<MemberLink>& links) override;
  Status read_links(const Id128& claim, std::vector<MemberLink>& links) override;
  Status read_claim_payments(const Id128& claim, std::vector<Payment>& payments) override;
  Status read_member_claims(std::string_view member_hash, std::vector<Claim>& claims) override;
  Result<uint64_t> newest_event() override;
  Result<uint64_t> read_events(uint64_t after, size_t limit,
                               std::vector<ClaimEvent>& events) override;

 private:
  // Every row of a bound statement as a value of `rows` (cleared first).
  template <typename Row, typename Read>
  Status read_all(SqliteStatement& statement, Read read, std::vector<Row>& rows);
  template <typename Row, typename Read>
  Result<std::optional<Row>> read_one(SqliteStatement& statement, Read read);

  SqliteDb db_;
  SqliteStatement claim_, code_, holder_, newest_, pools_, held_, payment_, payments_, count_, consents_,
      member_, links_, claim_payments_, member_claims_, events_;
};

Status SqliteClaimReader::open(const std::string& directory) {
  const std::string path = sqlite_claims_path(directory);
  std::error_code error;
  if (!std::filesystem::exists(directory, error)) {
    return {StatusCode::NotFound, directory + ": no such data directory"};
  }
  Status status = db_.open(path, SqliteOpen::ReadOnly, kBusyTimeoutMs);
  if (!status.ok()) {
    return {StatusCode::NotFound, path + ": no claims can be read here: " + status.message()};
  }
  status = check_version(db_, path);
  if (!status.ok()) return status;
  return db_.prepare_all({
      {claim_, "SELECT " VITRINE_CLAIM_COLUMNS " FROM claim WHERE claim = ?1"},
      {code_, "SELECT " VITRINE_CLAIM_COLUMNS " FROM claim WHERE code = ?1 AND code <> ''"},
      {holder_, "SELECT " VITRINE_CLAIM_COLUMNS
                " FROM claim WHERE holder = ?1 ORDER BY position DESC LIMIT ?2"},
      {newest_, "SELECT " VITRINE_CLAIM_COLUMNS " FROM claim ORDER BY position DESC LIMIT ?1"},
      {pools_, "SELECT " VITRINE_POOL_COLUMNS " FROM pool ORDER BY pool"},
      {held_, "SELECT pool, count(*) FROM claim WHERE state = 'held' GROUP BY pool"},
      {payment_, "SELECT " VITRINE_PAYMENT_COLUMNS " FROM payment WHERE reference = ?1"},
      {payments_,
       "SELECT " VITRINE_PAYMENT_COLUMNS " FROM payment WHERE state = ?1 AND begun_time < ?2 AND "
       "(begun_time, reference) > (?4, ?5) ORDER BY begun_time, reference LIMIT ?3"},
      {count_, "SELECT count(*), ifnull(min(changed_time), 0) FROM payment WHERE state = ?1"},
      {consents_,
       "SELECT purpose, text_version, language, agreed, time FROM consent WHERE claim = ?1 "
       "ORDER BY purpose"},
      {member_, "SELECT " VITRINE_LINK_COLUMNS
                " FROM member_link WHERE provider = ?1 AND member = ?2 ORDER BY rowid"},
      {links_, "SELECT " VITRINE_LINK_COLUMNS " FROM member_link WHERE claim = ?1 ORDER BY rowid"},
      {claim_payments_, "SELECT " VITRINE_PAYMENT_COLUMNS
                        " FROM payment WHERE claim = ?1 ORDER BY begun_time, reference"},
      {member_claims_,
       "SELECT " VITRINE_CLAIM_COLUMNS
       " FROM claim WHERE member_hash = ?1 AND member_hash <> '' ORDER BY position"},
      {events_, "SELECT position, " VITRINE_EVENT_COLUMNS
                " FROM event WHERE position > ?1 ORDER BY position LIMIT ?2"},
  });
}

template <typename Row, typename Read>
Status SqliteClaimReader::read_all(SqliteStatement& statement, Read read, std::vector<Row>& rows) {
  rows.clear();
  const SqliteReset reset(statement);
  SqliteStep next = statement.step();
  for (; next == SqliteStep::Row; next = statement.step()) rows.push_back(read(statement));
  return next == SqliteStep::Error ? db_.status("read claims") : Status();
}

template <typename Row, typename Read>
Result<std::optional<Row>> SqliteClaimReader::read_one(SqliteStatement& statement, Read read) {
  const SqliteReset reset(statement);
  const SqliteStep found = statement.step();
  if (found == SqliteStep::Error) return db_.status("read claims");
  if (found == SqliteStep::Done) return std::optional<Row>();
  return std::optional<Row>(read(statement));
}

Result<std::optional<Claim>> SqliteClaimReader::find_claim(const Id128& claim) {
  return read_one<Claim>(claim_.bind_blob(1, blob_of(claim)), read_claim);
}

Result<std::optional<Claim>> SqliteClaimReader::find_code(std::string_view code) {
  return read_one<Claim>(code_.bind_text(1, code), read_claim);
}

Status SqliteClaimReader::read_holder(std::string_view holder, size_t limit,
                                      std::vector<Claim>& claims) {
  holder_.bind_text(1, holder).bind(2, static_cast<int64_t>(limit));
  return read_all(holder_, read_claim, claims);
}

Status SqliteClaimReader::read_newest(size_t limit, std::vector<Claim>& claims) {
  return read_all(newest_.bind(1, static_cast<int64_t>(limit)), read_claim, claims);
}

Status SqliteClaimReader::read_pools(std::vector<Pool>& pools) {
  return read_all(pools_, read_pool, pools);
}

Result<std::map<std::string, int64_t>> SqliteClaimReader::count_held() {
  std::map<std::string, int64_t> held;
  const SqliteReset reset(held_);
  SqliteStep next = held_.step();
  for (; next == SqliteStep::Row; next = held_.step()) {
    held[std::string(held_.text(0))] = held_.integer(1);
  }
  if (next == SqliteStep::Error) return db_.status("count claims");
  return held;
}

Result<std::optional<Payment>> SqliteClaimReader::find_payment(std::string_view reference) {
  return read_one<Payment>(payment_.bind_text(1, reference), read_payment);
}

Status SqliteClaimReader::read_payments(rules::PaymentState state, const PaymentPlace& after,
                                        int64_t before, size_t limit,
                                        std::vector<Payment>& payments) {
  payments_.bind_text(1, rules::payment_state_name(state));
  payments_.bind(2, before).bind(3, static_cast<int64_t>(limit));
  payments_.bind(4, after.begun_time).bind_text(5, after.reference);
  return read_all(payments_, read_payment, payments);
}

Result<PaymentCount> SqliteClaimReader::count_payments(rules::PaymentState state) {
  const SqliteReset reset(count_);
  if (count_.bind_text(1, rules::payment_state_name(state)).step() != SqliteStep::Row) {
    return db_.status("count payments");
  }
  return PaymentCount{count_.integer(0), count_.integer(1)};
}

Status SqliteClaimReader::read_consents(const Id128& claim, std::vector<Consent>& consents) {
  const auto read = [](const SqliteStatement& columns) {
    return Consent{std::string(columns.text(0)), std::string(columns.text(1)),
                   std::string(columns.text(2)), columns.integer(3) != 0, columns.integer(4)};
  };
  return read_all(consents_.bind_blob(1, blob_of(claim)), read, consents);
}

Status SqliteClaimReader::read_member(std::string_view provider, std::string_view member,
                                      std::vector<MemberLink>& links) {
  return read_all(member_.bind_text(1, provider).bind_text(2, member), read_link, links);
}

Status SqliteClaimReader::read_links(const Id128& claim, std::vector<MemberLink>& links) {
  return read_all(links_.bind_blob(1, blob_of(claim)), read_link, links);
}

Status SqliteClaimReader::read_claim_payments(const Id128& claim, std::vector<Payment>& payments) {
  return read_all(claim_payments_.bind_blob(1, blob_of(claim)), read_payment, payments);
}

Status SqliteClaimReader::read_member_claims(std::string_view member_hash,
                                             std::vector<Claim>& claims) {
  return read_all(member_claims_.bind_text(1, member_hash), read_claim, claims);
}

Result<uint64_t> SqliteClaimReader::newest_event() {
  const Result<int64_t> position = db_.query_integer("SELECT max(position) FROM event");
  if (!position.ok()) return position.status();
  return static_cast<uint64_t>(position.value());
}

Result<uint64_t> SqliteClaimReader::read_events(uint64_t after, size_t limit,
                                                std::vector<ClaimEvent>& events) {
  const auto read = [](const SqliteStatement& columns) {
    ClaimEvent event = read_claim_event(columns, 1);
    event.position = static_cast<uint64_t>(columns.integer(0));
    return event;
  };
  events_.bind(1, static_cast<int64_t>(after)).bind(2, static_cast<int64_t>(limit));
  Status status = read_all(events_, read, events);
  if (!status.ok()) return status;
  return events.empty() ? after : events.back().position;
}

}  // namespace

Result<std::unique_ptr<ClaimReader>> open_sqlite_claim_reader(const std::string& directory) {
  auto reader = std::make_unique<SqliteClaimReader>();
  Status status = reader->open(directory);
  if (!status.ok()) return status;
  return std::unique_ptr<ClaimReader>(std::move(reader));
}

}  // namespace vitrine
