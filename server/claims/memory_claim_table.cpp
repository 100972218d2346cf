// SPDX-License-Identifier: MIT
#include "server/claims/memory_claim_table.h"

#include <algorithm>

namespace vitrine {

std::optional<Pool> MemoryClaimTable::find_pool(std::string_view pool) {
  const auto found = pools_.find(pool);
  if (found == pools_.end()) return std::nullopt;
  return found->second;
}

void MemoryClaimTable::put_pool(const Pool& pool) {
  pools_[pool.pool] = pool;
}

std::optional<Claim> MemoryClaimTable::find_claim(const Id128& claim) {
  const auto found = by_id_.find(claim);
  if (found == by_id_.end()) return std::nullopt;
  return claims_[found->second];
}

std::optional<Claim> MemoryClaimTable::find_code(std::string_view code) {
  const auto found = by_code_.find(code);
  if (found == by_code_.end()) return std::nullopt;
  return claims_[found->second];
}

std::optional<Claim> MemoryClaimTable::find_active(const Places& places, std::string_view key,
                                                   std::string_view pool) const {
  for (auto [at, end] = places.equal_range(key); at != end; ++at) {
    const Claim& claim = claims_[at->second];
    if (claim.pool == pool && rules::takes_stock(claim.state)) return claim;
  }
  return std::nullopt;
}

HolderClaims MemoryClaimTable::find_of_holder(std::string_view pool, std::string_view holder,
                                              std::string_view request_key) {
  HolderClaims found;
  const auto asked = asked_.find({std::string(holder), std::string(request_key)});
  if (asked != asked_.end()) found.of_request = find_claim(asked->second);
  found.active = find_active_of_holder(pool, holder);
  return found;
}

std::optional<Claim> MemoryClaimTable::find_active_of_holder(std::string_view pool,
                                                             std::string_view holder) {
  return find_active(by_holder_, holder, pool);
}

std::optional<Claim> MemoryClaimTable::find_active_of_member(std::string_view pool,
                                                             std::string_view member_hash) {
  return find_active(by_member_, member_hash, pool);
}

std::vector<Claim> MemoryClaimTable::find_due(int64_t now, int64_t latest, uint32_t count) {
  std::vector<Claim> due;
  for (const auto& [hold_until, place] : held_) {
    const bool is_due = hold_until <= now || hold_until > latest;
    if (is_due && due.size() < count) due.push_back(claims_[place]);
  }
  return due;
}

uint32_t MemoryClaimTable::move_holds(int64_t by) {
  std::set<std::pair<int64_t, size_t>> moved;
  for (const auto& [hold_until, place] : held_) {
    claims_[place].held_time += by;
    claims_[place].hold_until += by;
    moved.emplace(claims_[place].hold_until, place);
  }
  held_ = std::move(moved);
  return static_cast<uint32_t>(held_.size());
}

bool MemoryClaimTable::add_claim(const Claim& claim, std::string_view request_key) {
  const size_t place = claims_.size();
  if (!by_id_.emplace(claim.claim, place).second) return false;
  claims_.push_back(claim);
  by_holder_.emplace(claim.holder, place);
  held_.emplace(claim.hold_until, place);
  asked_[{claim.holder, std::string(request_key)}] = claim.claim;
  return true;
}

void MemoryClaimTable::update_claim(const Claim& claim) {
  const size_t place = by_id_.at(claim.claim);
  Claim& kept = claims_[place];
  if (kept.member_hash != claim.member_hash) by_member_.emplace(claim.member_hash, place);
  if (kept.code != claim.code) by_code_.emplace(claim.code, place);
  kept = claim;
  if (claim.state != rules::ClaimState::Held) held_.erase({claim.hold_until, place});
}

void MemoryClaimTable::add_consents(const Id128& claim, std::span<const Consent> consents) {
  std::vector<Consent>& kept = consents_[claim];
  kept.assign(consents.begin(), consents.end());
  std::sort(kept.begin(), kept.end(),
            [](const Consent& a, const Consent& b) { return a.purpose < b.purpose; });
}

std::optional<Id128> MemoryClaimTable::find_redeemed(std::string_view till,
                                                     std::string_view request_key) {
  const auto found = redeemed_.find({std::string(till), std::string(request_key)});
  if (found == redeemed_.end()) return std::nullopt;
  return found->second;
}

void MemoryClaimTable::add_redeemed(std::string_view till, std::string_view request_key,
                                    const Id128& claim) {
  redeemed_[{std::string(till), std::string(request_key)}] = claim;
}

std::optional<Payment> MemoryClaimTable::find_payment(std::string_view reference) {
  const auto found = by_reference_.find(reference);
  if (found == by_reference_.end()) return std::nullopt;
  return payments_[found->second];
}

void MemoryClaimTable::add_payment(const Payment& payment) {
  by_reference_[payment.reference] = payments_.size();
  payments_.push_back(payment);
}

void MemoryClaimTable::update_payment(const Payment& payment) {
  payments_[by_reference_.at(payment.reference)] = payment;
}

void MemoryClaimTable::add_link(const MemberLink& link) {
  links_.push_back(link);
}

uint32_t MemoryClaimTable::erase_member(std::string_view provider, std::string_view member,
                                        std::string_view member_hash) {
  uint32_t changed = 0;
  const auto forget = [&](size_t place) {
    if (claims_[place].member_hash.empty()) return;
    claims_[place].member_hash.clear();
    ++changed;
  };
  for (const MemberLink& link : links_) {
    if (link.provider == provider && link.member == member) forget(by_id_.at(link.claim));
  }
  if (!member_hash.empty()) {
    for (auto [at, end] = by_member_.equal_range(member_hash); at != end; ++at) forget(at->second);
  }
  std::erase_if(by_member_, [&](const auto& entry) {
    return claims_[entry.second].member_hash != entry.first;
  });
  changed += static_cast<uint32_t>(std::erase_if(links_, [&](const MemberLink& link) {
    return link.provider == provider && link.member == member;
  }));
  return changed;
}

uint32_t MemoryClaimTable::retire_links(int64_t until, uint32_t count) {
  std::vector<int64_t> times;
  for (const MemberLink& link : links_) {
    if (link.time < until) times.push_back(link.time);
  }
  std::sort(times.begin(), times.end());
  if (times.size() > count) times.resize(count);
  uint32_t left = static_cast<uint32_t>(times.size());
  std::erase_if(links_, [&](const MemberLink& link) {
    const bool old = left > 0 && link.time <= times.back();
    if (old) --left;
    return old;
  });
  return static_cast<uint32_t>(times.size());
}

void MemoryClaimTable::add_event(const ClaimEvent& event) {
  events_.push_back(event);
  events_.back().position = events_.size();
}

std::vector<Claim> MemoryClaimTable::claims_of_holder(std::string_view holder) const {
  std::vector<Claim> claims;
  for (auto [at, end] = by_holder_.equal_range(holder); at != end; ++at) {
    claims.push_back(claims_[at->second]);
  }
  return claims;
}

std::vector<Consent> MemoryClaimTable::consents(const Id128& claim) const {
  const auto found = consents_.find(claim);
  return found == consents_.end() ? std::vector<Consent>() : found->second;
}

}  // namespace vitrine
