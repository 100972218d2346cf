// SPDX-License-Identifier: MIT
#include "server/claims/memory_claim_store.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <utility>

#include "server/claims/claim_ledger.h"
#include "server/claims/memory_claim_table.h"

namespace vitrine {
namespace {

// What the store and its readers share.
struct Contents {
  std::mutex mutex;
  MemoryClaimTable table;  // protected by mutex
};

void take_newest(const std::vector<Claim>& from, size_t limit, std::vector<Claim>& claims) {
  const size_t count = std::min(limit, from.size());
  claims.assign(from.rbegin(), from.rbegin() + static_cast<long>(count));
}

template <typename Row, typename Is>
void take_all(const std::vector<Row>& from, std::vector<Row>& rows, Is is) {
  rows.clear();
  std::copy_if(from.begin(), from.end(), std::back_inserter(rows), is);
}

PaymentPlace place_of(const Payment& payment) {
  return {payment.begun_time, payment.reference};
}

class MemoryClaimReader final : public ClaimReader {
 public:
  explicit MemoryClaimReader(std::shared_ptr<Contents> contents) : contents_(std::move(contents)) {}

  Result<std::optional<Claim>> find_claim(const Id128& claim) override {
    const std::lock_guard lock(contents_->mutex);
    return table().find_claim(claim);
  }

  Result<std::optional<Claim>> find_code(std::string_view code) override {
    const std::lock_guard lock(contents_->mutex);
    return table().find_code(code);
  }

  Status read_holder(std::string_view holder, size_t limit, std::vector<Claim>& claims) override {
    const std::lock_guard lock(contents_->mutex);
    take_newest(table().claims_of_holder(holder), limit, claims);
    return {};
  }

  Status read_newest(size_t limit, std::vector<Claim>& claims) override {
    const std::lock_guard lock(contents_->mutex);
    take_newest(table().claims(), limit, claims);
    return {};
  }

  Status read_pools(std::vector<Pool>& pools) override {
    const std::lock_guard lock(contents_->mutex);
    pools.clear();
    for (const auto& [name, pool] : table().pools()) pools.push_back(pool);
    return {};
  }

  Result<std::map<std::string, int64_t>> count_held() override {
    const std::lock_guard lock(contents_->mutex);
    std::map<std::string, int64_t> held;
    for (const Claim& claim : table().claims()) {
      if (claim.state == rules::ClaimState::Held) ++held[claim.pool];
    }
    return held;
  }

  Result<std::optional<Payment>> find_payment(std::string_view reference) override {
    const std::lock_guard lock(contents_->mutex);
    return table().find_payment(reference);
  }

  Status read_payments(rules::PaymentState state, const PaymentPlace& after, int64_t before,
                       size_t limit, std::vector<Payment>& payments) override {
    const std::lock_guard lock(contents_->mutex);
    payments.clear();
    for (const Payment& payment : table().payments()) {
      const bool is_then = place_of(payment) > after && payment.begun_time < before;
      if (payment.state == state && is_then) payments.push_back(payment);
    }
    std::sort(payments.begin(), payments.end(),
              [](const Payment& a, const Payment& b) { return place_of(a) < place_of(b); });
    if (payments.size() > limit) payments.resize(limit);
    return {};
  }

  Result<PaymentCount> count_payments(rules::PaymentState state) override {
    const std::lock_guard lock(contents_->mutex);
    PaymentCount count;
    for (const Payment& payment : table().payments()) {
      if (payment.state != state) continue;
      const bool is_first = count.payments++ == 0;
      const int64_t time = payment.changed_time;
      count.oldest_time = is_first ? time : std::min(count.oldest_time, time);
    }
    return count;
  }

  Status read_consents(const Id128& claim, std::vector<Consent>& consents) override {
    const std::lock_guard lock(contents_->mutex);
    consents = table().consents(claim);
    return {};
  }

  Status read_member(std::string_view provider, std::string_view member,
                     std::vector<MemberLink>& links) override {
    const std::lock_guard lock(contents_->mutex);
    links.clear();
    for (const MemberLink& link : table().links()) {
      if (link.provider == provider && link.member == member) links.push_back(link);
    }
    return {};
  }

  Status read_links(const Id128& claim, std::vector<MemberLink>& links) override {
    const std::lock_guard lock(contents_->mutex);
    take_all(table().links(), links, [&](const MemberLink& link) { return link.claim == claim; });
    return {};
  }

  Status read_claim_payments(const Id128& claim, std::vector<Payment>& payments) override {
    const std::lock_guard lock(contents_->mutex);
    take_all(table().payments(), payments,
             [&](const Payment& payment) { return payment.claim == claim; });
    return {};
  }

  Status read_member_claims(std::string_view member_hash, std::vector<Claim>& claims) override {
    const std::lock_guard lock(contents_->mutex);
    take_all(table().claims(), claims,
             [&](const Claim& claim) { return claim.member_hash == member_hash; });
    return {};
  }

  Result<uint64_t> newest_event() override {
    const std::lock_guard lock(contents_->mutex);
    return uint64_t{table().events().size()};
  }

  Result<uint64_t> read_events(uint64_t after, size_t limit,
                               std::vector<ClaimEvent>& events) override {
    const std::lock_guard lock(contents_->mutex);
    events.clear();
    const std::vector<ClaimEvent>& all = table().events();
    for (uint64_t at = after; at < all.size() && events.size() < limit; ++at) {
      events.push_back(all[at]);  // the first has position 1
    }
    return events.empty() ? after : events.back().position;
  }

 private:
  MemoryClaimTable& table() { return contents_->table; }

  std::shared_ptr<Contents> contents_;
};

class MemoryClaimStore final : public ClaimStore {
 public:
  explicit MemoryClaimStore(MemoryClaimStoreOptions options)
      : options_(std::move(options)), contents_(std::make_shared<Contents>()) {}

  Status apply(std::span<const ClaimCommand> commands,
               std::vector<ClaimOutcome>& outcomes) override {
    outcomes.clear();
    Status status = options_.before_apply ? options_.before_apply(commands) : Status();
    if (!status.ok()) return status;
    const std::lock_guard lock(contents_->mutex);
    for (const ClaimCommand& command : commands) {
      outcomes.push_back(apply_claim_command(contents_->table, command));
    }
    return {};
  }

  Result<std::unique_ptr<ClaimReader>> open_reader() override {
    return std::unique_ptr<ClaimReader>(std::make_unique<MemoryClaimReader>(contents_));
  }

 private:
  MemoryClaimStoreOptions options_;
  std::shared_ptr<Contents> contents_;
};

}  // namespace

std::unique_ptr<ClaimStore> make_memory_claim_store(MemoryClaimStoreOptions options) {
  return std::make_unique<MemoryClaimStore>(std::move(options));
}

}  // namespace vitrine
