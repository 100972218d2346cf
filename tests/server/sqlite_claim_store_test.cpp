// SPDX-License-Identifier: MIT
// What only claims on disk have: starting again, their file, other processes, indices.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "server/claims/sqlite_claim_store.h"
#include "server/store/sqlite_db.h"
#include "tests/server/claim_commands.h"
#include "tests/server/claim_invariants.h"
#include "tests/server/old_claims.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::unique_ptr<ClaimStore> open(const std::string& directory) {
  SqliteClaimStoreOptions options;
  options.directory = directory;
  Result<std::unique_ptr<ClaimStore>> store = open_sqlite_claim_store(options);
  INFO(store.status().to_string());
  REQUIRE(store.ok());
  return std::move(store).value();
}

ClaimOutcome apply(ClaimStore& store, const ClaimCommand& command) {
  std::vector<ClaimOutcome> outcomes;
  REQUIRE(store.apply({&command, 1}, outcomes).ok());
  return outcomes[0];
}

std::vector<std::string> sql_blocks(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      inside = line == "```sql";
      if (inside) blocks.emplace_back();
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

}  // namespace

TEST_CASE("claims that are opened again go on where they were, and a retry gets the same code") {
  const TemporaryDirectory directory;
  {
    const auto store = open(directory.path());
    apply(*store, set_pool(2));
    apply(*store, hold(1, "phone-1", "key"));
    apply(*store, follow(1, "li"));
    apply(*store, issue(1, 1));
  }
  const auto store = open(directory.path());
  const ClaimOutcome again = apply(*store, hold(2, "phone-1", "key"));
  CHECK(again.answer == ClaimAnswer::Repeated);
  CHECK(again.claim->code == code_of(1));
  CHECK(check_claims(*store->open_reader().value()) == "");
}

TEST_CASE("claims of the version before are all there, and go on") {
  const TemporaryDirectory directory;
  REQUIRE(make_claims_of_version_1(directory.path()));
  const auto store = open(directory.path());
  const auto reader = std::move(store->open_reader()).value();
  CHECK(check_claims(*reader) == "");
  const Claim held = *reader->find_claim(claim_id(1)).value();
  CHECK(held.holder == "phone-1");
  CHECK(held.price == kPrice);
  CHECK(held.member_hash == "hash-of-li");
  CHECK(held.payment_reference == "pay-1");
  CHECK(held.hold_until == kNow + kHoldMs);
  CHECK(held.valid_ms == kValidityNotKept);
  CHECK(held.provider.empty());
  CHECK(reader->find_code(code_of(2)).value()->valid_until == kNow + kHoldMs);
  std::vector<Consent> consents;
  REQUIRE(reader->read_consents(claim_id(1), consents).ok());
  CHECK(consents.size() == 1);
  std::vector<MemberLink> links;
  REQUIRE(reader->read_member("sandbox", "li", links).ok());
  CHECK(links.size() == 1);
  CHECK(reader->newest_event().value() == 1);
  // Nobody wrote down when its voucher ends: whoever issues it says so.
  CHECK(apply(*store, hold(3, "phone-1", "key")).answer == ClaimAnswer::Repeated);
  ClaimCommand paid = pay("pay-1", 1);
  paid.until = kNow + 1000;
  CHECK(apply(*store, paid).claim->valid_until == kNow + 1000);
  ClaimCommand asked = hold(4, "phone-4", "key");
  asked.provider = "acme";
  CHECK(apply(*store, asked).claim->provider == "acme");
  CHECK(reader->find_claim(claim_id(4)).value()->provider == "acme");
}

TEST_CASE("a file that was brought up to this version is as a new one, and stays so") {
  const TemporaryDirectory old, fresh;
  REQUIRE(make_claims_of_version_1(old.path()));
  for (int times = 0; times < 2; ++times) open(old.path());
  open(fresh.path());
  const auto columns = [](const std::string& directory) {
    SqliteDb db;
    REQUIRE(db.open(directory + "/claims.sqlite3", SqliteOpen::ReadOnly, 1000).ok());
    std::string all = std::to_string(db.query_integer("PRAGMA user_version").value()) + "\n";
    auto asked = db.prepare(
        "SELECT listed.name, of.name, of.type, of.\"notnull\", of.pk, of.dflt_value "
        "FROM pragma_table_list listed, pragma_table_info(listed.name) of "
        "WHERE listed.schema = 'main' ORDER BY listed.name, of.cid");
    REQUIRE(asked.ok());
    while (asked.value().step() == SqliteStep::Row) {
      for (int column = 0; column < 6; ++column) {
        all.append(asked.value().text(column)).append(" ");
      }
      all += "\n";
    }
    auto indices =
        db.prepare("SELECT name || tbl_name FROM sqlite_schema WHERE type = 'index' ORDER BY name");
    REQUIRE(indices.ok());
    while (indices.value().step() == SqliteStep::Row) {
      all.append(indices.value().text(0)).append("\n");
    }
    return all;
  };
  CHECK(columns(old.path()).rfind("3\n", 0) == 0);
  CHECK(columns(old.path()) == columns(fresh.path()));
}

TEST_CASE("claims of a newer version are refused and left as they are, older ones are not read") {
  const TemporaryDirectory directory;
  const auto set_version = [&](int version) {
    SqliteDb db;
    REQUIRE(db.open(directory.path() + "/claims.sqlite3", SqliteOpen::ReadWrite, 1000).ok());
    REQUIRE(db.execute(("PRAGMA user_version = " + std::to_string(version)).c_str()).ok());
  };
  open(directory.path());
  set_version(4);
  SqliteClaimStoreOptions options;
  options.directory = directory.path();
  const std::string newer = "written by a newer version (schema 4, this program knows 3); update";
  const Status refused = open_sqlite_claim_store(options).status();
  CHECK(refused.code() == StatusCode::InvalidArgument);
  CHECK(refused.message().find(newer) != std::string::npos);
  const Status unread = open_sqlite_claim_reader(directory.path()).status();
  CHECK(unread.code() == StatusCode::InvalidArgument);
  CHECK(unread.message().find(newer) != std::string::npos);
  set_version(1);
  const Status older = open_sqlite_claim_reader(directory.path()).status();
  CHECK(older.code() == StatusCode::InvalidArgument);
  CHECK(older.message().find("start the vitrine-server of this version once") != std::string::npos);
}

TEST_CASE("two processes that claim the last thing agree who has it") {
  const TemporaryDirectory directory;
  const auto one = open(directory.path());
  const auto other = open(directory.path());
  apply(*one, set_pool(1));
  CHECK(apply(*other, hold(1, "phone-1", "key")).answer == ClaimAnswer::Done);
  CHECK(apply(*one, hold(2, "phone-2", "key")).answer == ClaimAnswer::SoldOut);
  CHECK(apply(*one, hold(3, "phone-1", "key")).claim->claim == claim_id(1));
}

TEST_CASE("a reader finds no claims where there are none, and makes none") {
  const TemporaryDirectory directory;
  CHECK(open_sqlite_claim_reader(directory.path()).status().code() == StatusCode::NotFound);
  CHECK(open_sqlite_claim_reader(directory.path() + "/no").status().code() == StatusCode::NotFound);
  CHECK(std::filesystem::is_empty(directory.path()));
  const auto store = open(directory.path());
  apply(*store, set_pool(2));
  std::vector<Pool> pools;
  REQUIRE(open_sqlite_claim_reader(directory.path()).value()->read_pools(pools).ok());
  CHECK(pools.size() == 1);
}

TEST_CASE("another program's file is refused and left as it is") {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/claims.sqlite3";
  std::ofstream(file) << std::string(4096, 'x');
  SqliteClaimStoreOptions options;
  options.directory = directory.path();
  CHECK_FALSE(open_sqlite_claim_store(options).ok());
  CHECK(std::filesystem::file_size(file) == 4096);
}

TEST_CASE("a claim that is written where nobody finds it is not answered") {
  const TemporaryDirectory directory;
  SqliteClaimStoreOptions options;
  options.directory = directory.path() + "/data";
  std::string told;
  options.on_disk_error = [&](const Status& error) { told = error.message(); };
  const auto store = open_sqlite_claim_store(options).value();
  apply(*store, set_pool(2));
  std::filesystem::rename(options.directory, directory.path() + "/elsewhere");
  const ClaimCommand command = hold(1, "phone-1", "key");
  std::vector<ClaimOutcome> outcomes;
  CHECK(store->apply({&command, 1}, outcomes).code() == StatusCode::DataLoss);
  CHECK(outcomes.empty());
  CHECK(told == "the store's file was moved or deleted while it was open");
}

TEST_CASE("a second claim of one holder cannot be written even behind the ledger's back") {
  const TemporaryDirectory directory;
  const auto store = open(directory.path());
  apply(*store, set_pool(2));
  apply(*store, hold(1, "phone-1", "key"));
  SqliteDb db;
  REQUIRE(db.open(directory.path() + "/claims.sqlite3", SqliteOpen::ReadWrite, 1000).ok());
  CHECK_FALSE(db.execute("INSERT INTO claim SELECT NULL, randomblob(16), pool, holder, product, "
                         "session, state, reason, price_minor, price_currency, needs_follow, "
                         "followed, member_hash, payment, payment_reference, code, held_time, "
                         "hold_until, issued_time, valid_until, ended_time, valid_ms, provider "
                         "FROM claim")
                  .ok());
  CHECK_FALSE(db.execute("UPDATE pool SET taken = 3").ok());
  CHECK_FALSE(db.execute("UPDATE pool SET taken = -1").ok());
}

// One that is not used would make a claim slower by the number of all claims.
TEST_CASE("what is looked up has its index") {
  const TemporaryDirectory directory;
  const auto store = open(directory.path());
  SqliteDb db;
  REQUIRE(db.open(directory.path() + "/claims.sqlite3", SqliteOpen::ReadOnly, 1000).ok());
  const std::string active = " AND state IN ('held', 'issued', 'redeemed')";
  const std::pair<std::string, std::string> lookups[] = {
      {"claim WHERE holder = ?1 AND pool = ?2" + active, "claim_holder"},
      {"claim WHERE member_hash = ?1 AND member_hash <> '' AND pool = ?2" + active, "claim_member"},
      {"claim WHERE code = ?1 AND code <> ''", "claim_code"},
      {"claim WHERE state = 'held' AND hold_until <= ?1 ORDER BY hold_until, position LIMIT 5",
       "claim_due"},
      {"payment WHERE state = ?1 AND begun_time < ?2 AND (begun_time, reference) > (?3, ?4) ORDER "
       "BY begun_time, reference LIMIT 5",
       "payment_state"},
      {"member_link WHERE time < ?1 ORDER BY time LIMIT 5", "member_link_time"},
  };
  for (const auto& [lookup, index] : lookups) {
    INFO(lookup);
    auto plan = db.prepare("EXPLAIN QUERY PLAN SELECT * FROM " + lookup);
    REQUIRE(plan.ok());
    REQUIRE(plan.value().step() == SqliteStep::Row);
    INFO(plan.value().text(3));
    CHECK(plan.value().text(3).find(index) != std::string_view::npos);
    CHECK(plan.value().step() == SqliteStep::Done);  // no sorting besides
  }
}

// As whoever runs a store would ask them, of books that balance and of books that do not.
TEST_CASE("the questions of docs/claims.md can be asked, and find what is wrong") {
  const TemporaryDirectory directory;
  const auto store = open(directory.path());
  apply(*store, set_pool(2, kPrice));
  apply(*store, hold(1, "phone-1", "key"));
  apply(*store, follow(1, "li"));
  apply(*store, begin_payment(1, "pay-1"));
  SqliteDb db;
  REQUIRE(db.open(directory.path() + "/claims.sqlite3", SqliteOpen::ReadWrite, 1000).ok());
  const std::vector<std::string> questions = sql_blocks("docs/claims.md");
  REQUIRE(questions.size() == 6);
  const auto rows = [&](size_t question) {
    auto asked = db.prepare(questions[question]);
    INFO(questions[question] << asked.status().to_string());
    REQUIRE(asked.ok());
    int count = 0;
    while (asked.value().step() == SqliteStep::Row) ++count;
    return count;
  };
  CHECK(rows(0) == 1);
  CHECK(rows(5) == 1);  // begun long ago, by the clock of this machine
  apply(*store, pay("pay-1", 1));
  CHECK(rows(1) == 0);
  CHECK(rows(2) == 0);
  CHECK(rows(3) == 0);
  CHECK(rows(4) == 1);
  REQUIRE(db.execute("UPDATE pool SET taken = 2; UPDATE payment SET state = 'refund_due'").ok());
  CHECK(rows(1) == 1);
  CHECK(rows(2) == 1);
  CHECK(rows(3) == 1);
}
