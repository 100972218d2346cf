// SPDX-License-Identifier: MIT
// Claims that are forgotten when the process ends: for tests, and for measuring everything but the
// disk.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "server/claims/claim_store.h"

namespace vitrine {

struct MemoryClaimStoreOptions {
  // Asked before every apply, on the writer's thread; a failure is what apply() returns. Empty:
  // never fails.
  std::function<Status(std::span<const ClaimCommand>)> before_apply;
};

// Its readers, too, may be used from other threads and outlive it.
std::unique_ptr<ClaimStore> make_memory_claim_store(MemoryClaimStoreOptions options = {});

}  // namespace vitrine
