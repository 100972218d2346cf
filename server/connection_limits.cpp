// SPDX-License-Identifier: MIT
#include "server/connection_limits.h"

#include <algorithm>

#include "engine/base/assert.h"

namespace vitrine {

bool ConnectionLimits::try_enter(const PeerAddress& peer, bool is_proxy) {
  if (total_ >= caps_.total) return false;
  size_t& count = by_address_[peer.limit_key()];
  if (count >= caps_.per_address && !is_proxy) return false;
  ++count;
  ++total_;
  return true;
}

bool ConnectionLimits::try_pass(const PeerAddress& from, const PeerAddress& to) {
  if (by_address_[to.limit_key()] >= caps_.per_address) return false;
  leave(from);
  return try_enter(to);
}

void ConnectionLimits::leave(const PeerAddress& peer) {
  const auto found = by_address_.find(peer.limit_key());
  VITRINE_ASSERT(found != by_address_.end() && total_ > 0);
  --total_;
  if (--found->second == 0) by_address_.erase(found);
}

namespace {

// An address scan must not grow the table without bound.
constexpr size_t kMaxBuckets = 50000;

}  // namespace

template <typename Key>
double RateLimiterOf<Key>::level(const Bucket& bucket, int64_t now_us) const {
  const double refilled = double(now_us - bucket.updated_us) * 1e-6 * per_second_;
  return std::min(burst_, bucket.tokens + refilled);
}

template <typename Key>
void RateLimiterOf<Key>::forget_full(int64_t now_us) {
  for (auto it = buckets_.begin(); it != buckets_.end();) {
    it = level(it->second, now_us) >= burst_ ? buckets_.erase(it) : std::next(it);
  }
}

template <typename Key>
bool RateLimiterOf<Key>::allow(const Key& key, int64_t now_us) {
  if (buckets_.size() >= kMaxBuckets) forget_full(now_us);
  if (buckets_.size() >= kMaxBuckets) return false;
  Bucket& bucket = buckets_.try_emplace(key, Bucket{burst_, now_us}).first->second;
  bucket.tokens = level(bucket, now_us);
  bucket.updated_us = now_us;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

template class RateLimiterOf<PeerAddress>;
template class RateLimiterOf<std::string>;

}  // namespace vitrine
