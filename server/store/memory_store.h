// SPDX-License-Identifier: MIT
// A store that forgets when the process ends: for tests, and for measuring everything but the disk.
#pragma once

#include <functional>
#include <memory>

#include "server/store/store.h"

namespace vitrine {

struct MemoryStoreOptions {
  // Asked before every append, on the writer's thread; a failure is what append() returns. Empty:
  // never fails.
  std::function<Status(const Group&)> before_append;
};

// Its readers, too, may be used from other threads and outlive it.
std::unique_ptr<Store> make_memory_store(MemoryStoreOptions options = {});

}  // namespace vitrine
