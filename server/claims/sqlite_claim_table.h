// SPDX-License-Identifier: MIT
// The ledger's books in claims.sqlite3. Private to the SQLite store of claims.
#pragma once

#include <map>
#include <string>

#include "server/claims/claim_table.h"
#include "server/store/sqlite_db.h"

namespace vitrine {

class SqliteClaimTable final : public ClaimTable {
 public:
  // `db` outlives this.
  Status prepare(SqliteDb& db);

  // A statement failed since the last begin(): db.status() says how.
  bool has_failed() const { return failed_; }
  // To be called with each transaction's beginning, and before its end: pools are read once and
  // written once in between, however many claims change them.
  void begin();
  void write_pools();

  std::optional<Pool> find_pool(std::string_view pool) override;
  void put_pool(const Pool& pool) override;
  std::optional<Claim> find_claim(const Id128& claim) override;
  std::optional<Claim> find_code(std::string_view code) override;
  HolderClaims find_of_holder(std::string_view pool, std::string_view holder,
                              std::string_view request_key) override;
  std::optional<Claim> find_active_of_holder(std::string_view pool,
                                             std::string_view holder) override;
  std::optional<Claim> find_active_of_member(std::string_view pool,
                                             std::string_view member_hash) override;
  std::vector<Claim> find_due(int64_t now, int64_t latest, uint32_t count) override;
  uint32_t move_holds(int64_t by) override;
  bool add_claim(const Claim& claim, std::string_view request_key) override;
  void update_claim(const Claim& claim) override;
  void add_consents(const Id128& claim, std::span<const Consent> consents) override;
  std::optional<Id128> find_redeemed(std::string_view till, std::string_view request_key) override;
  void add_redeemed(std::string_view till, std::string_view request_key,
                    const Id128& claim) override;
  std::optional<Payment> find_payment(std::string_view reference) override;
  void add_payment(const Payment& payment) override;
  void update_payment(const Payment& payment) override;
  void add_link(const MemberLink& link) override;
  uint32_t erase_member(std::string_view provider, std::string_view member,
                        std::string_view member_hash) override;
  uint32_t retire_links(int64_t until, uint32_t count) override;
  void add_event(const ClaimEvent& event) override;

 private:
  Status prepare_claims();
  Status prepare_money();
  Status prepare_people();
  // The bound statement's next row. False: there is none, or it failed, now or before.
  bool has_row(SqliteStatement& statement);
  void run(SqliteStatement& statement);
  std::optional<Claim> one_claim(SqliteStatement& statement);

  SqliteDb* db_ = nullptr;
  bool failed_ = false;
  struct KnownPool {
    Pool pool;
    bool changed = false;
  };
  std::map<std::string, KnownPool, std::less<>> pools_;  // of this transaction
  SqliteStatement find_pool_, put_pool_, find_claim_, find_code_, find_of_holder_, find_holder_,
      find_member_, find_due_, move_holds_, add_claim_, update_claim_, add_consent_,
      find_redeemed_, add_redeemed_,
      find_payment_, add_payment_, update_payment_, add_link_, forget_hash_, erase_links_,
      retire_links_, add_event_;
};

}  // namespace vitrine
