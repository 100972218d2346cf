// SPDX-License-Identifier: MIT
// What the ledger keeps its books in: rows by their keys, nothing decided. A store provides it;
// nobody else has one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "server/claims/claim_store.h"

namespace vitrine {

// What a holder has. One claim may be both.
struct HolderClaims {
  std::optional<Claim> of_request;  // what this request became, in whatever state it is now
  std::optional<Claim> active;      // of that pool
};

// Everything happens within the store's transaction, on its thread. A table whose disk failed finds
// nothing, keeps nothing and says so to its store, which throws the whole transaction away.
//
// *Active* is a claim that takes stock (rules::takes_stock).
class ClaimTable {
 public:
  virtual ~ClaimTable() = default;

  virtual std::optional<Pool> find_pool(std::string_view pool) = 0;
  virtual void put_pool(const Pool& pool) = 0;  // a new one, or the same again

  virtual std::optional<Claim> find_claim(const Id128& claim) = 0;
  virtual std::optional<Claim> find_code(std::string_view code) = 0;
  // `request_key` is the holder's own: keys of two holders never meet.
  virtual HolderClaims find_of_holder(std::string_view pool, std::string_view holder,
                                      std::string_view request_key) = 0;
  // A holder has at most one active claim of a pool, and so has a member.
  virtual std::optional<Claim> find_active_of_holder(std::string_view pool,
                                                     std::string_view holder) = 0;
  virtual std::optional<Claim> find_active_of_member(std::string_view pool,
                                                     std::string_view member_hash) = 0;
  // Held ones with hold_until <= now or hold_until > latest, the longest overdue first, at most
  // `count`.
  virtual std::vector<Claim> find_due(int64_t now, int64_t latest, uint32_t count) = 0;
  // Adds `by` to held_time and hold_until of all that are held. Returns how many.
  virtual uint32_t move_holds(int64_t by) = 0;
  // By that request of its holder. False: there is a claim of this name; nothing is added.
  virtual bool add_claim(const Claim& claim, std::string_view request_key) = 0;
  // Expects: it was added; claim, pool, holder, product, session, price, valid_ms and provider
  // are as they were.
  virtual void update_claim(const Claim& claim) = 0;
  virtual void add_consents(const Id128& claim, std::span<const Consent> consents) = 0;

  // What a till's request redeemed. Keys of two tills never meet.
  virtual std::optional<Id128> find_redeemed(std::string_view till,
                                             std::string_view request_key) = 0;
  virtual void add_redeemed(std::string_view till, std::string_view request_key,
                            const Id128& claim) = 0;

  virtual std::optional<Payment> find_payment(std::string_view reference) = 0;
  virtual void add_payment(const Payment& payment) = 0;
  virtual void update_payment(const Payment& payment) = 0;  // expects: it was added

  virtual void add_link(const MemberLink& link) = 0;
  // Removes the person's links, and the hash from the claims that these name and from those that
  // have `member_hash` (where it is not ""). Returns how many links and claims were changed.
  virtual uint32_t erase_member(std::string_view provider, std::string_view member,
                                std::string_view member_hash) = 0;
  // Removes links with time < until, at most `count`, the oldest first. Returns how many.
  virtual uint32_t retire_links(int64_t until, uint32_t count) = 0;

  virtual void add_event(const ClaimEvent& event) = 0;  // gives it its position
};

}  // namespace vitrine
