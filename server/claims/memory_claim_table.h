// SPDX-License-Identifier: MIT
// The ledger's books in memory. Private to the memory store.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/claims/claim_table.h"

namespace vitrine {

class MemoryClaimTable final : public ClaimTable {
 public:
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

  // What readers look at.
  const std::vector<Claim>& claims() const { return claims_; }  // in the order they were made
  std::vector<Claim> claims_of_holder(std::string_view holder) const;  // in that order
  const std::map<std::string, Pool, std::less<>>& pools() const { return pools_; }
  const std::vector<Payment>& payments() const { return payments_; }  // in the order begun
  std::vector<Consent> consents(const Id128& claim) const;
  const std::vector<MemberLink>& links() const { return links_; }
  const std::vector<ClaimEvent>& events() const { return events_; }

 private:
  using Requests = std::map<std::pair<std::string, std::string>, Id128>;  // by asker and its key
  using Places = std::multimap<std::string, size_t, std::less<>>;  // in claims_

  std::optional<Claim> find_active(const Places& places, std::string_view key,
                                   std::string_view pool) const;

  std::map<std::string, Pool, std::less<>> pools_;
  std::vector<Claim> claims_;
  std::unordered_map<Id128, size_t, Id128Hash> by_id_;
  Places by_holder_, by_member_, by_code_;
  std::set<std::pair<int64_t, size_t>> held_;  // hold_until and place
  std::unordered_map<Id128, std::vector<Consent>, Id128Hash> consents_;
  Requests asked_, redeemed_;
  std::vector<Payment> payments_;
  std::map<std::string, size_t, std::less<>> by_reference_;
  std::vector<MemberLink> links_;
  std::vector<ClaimEvent> events_;
};

}  // namespace vitrine
