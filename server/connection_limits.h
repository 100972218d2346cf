// SPDX-License-Identifier: MIT
// How many may be connected, in all and from one address. Loose on purpose: everybody in a shopping
// mall shares one address. Pure; one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "server/listen_address.h"

namespace vitrine {

struct ConnectionCaps {
  size_t total = 20000;
  size_t per_address = 6000;
};

class ConnectionLimits {
 public:
  explicit ConnectionLimits(const ConnectionCaps& caps) : caps_(caps) {}

  // Counts one more, or says no. A proxy has as many as there are in all.
  bool try_enter(const PeerAddress& peer, bool is_proxy = false);
  // Counts one of `from` as `to`'s from now on, or says no. Expects a successful try_enter of it.
  bool try_pass(const PeerAddress& from, const PeerAddress& to);
  // Expects: a successful try_enter for the same peer.
  void leave(const PeerAddress& peer);

  size_t total() const { return total_; }

 private:
  ConnectionCaps caps_;
  size_t total_ = 0;
  std::map<PeerAddress, size_t> by_address_;
};

// So many at once, refilled at a steady rate; one bucket a key, forgotten when full again. For
// things that cost something or can be guessed: tokens, enrolment codes, passwords.
template <typename Key>
class RateLimiterOf {
 public:
  RateLimiterOf(double burst, double per_second) : burst_(burst), per_second_(per_second) {}

  // Whether `key` may do it once more now. `now_us` never goes back.
  bool allow(const Key& key, int64_t now_us);

 private:
  struct Bucket {
    double tokens = 0;
    int64_t updated_us = 0;
  };
  void forget_full(int64_t now_us);
  double level(const Bucket& bucket, int64_t now_us) const;

  double burst_;
  double per_second_;
  std::map<Key, Bucket> buckets_;
};

class RateLimiter {  // by address, as far as addresses are told apart
 public:
  RateLimiter(double burst, double per_second) : buckets_(burst, per_second) {}
  bool allow(const PeerAddress& peer, int64_t now_us) {
    return buckets_.allow(peer.limit_key(), now_us);
  }

 private:
  RateLimiterOf<PeerAddress> buckets_;
};

extern template class RateLimiterOf<PeerAddress>;
extern template class RateLimiterOf<std::string>;

}  // namespace vitrine
