// SPDX-License-Identifier: MIT
// An index with a generation: what others hold instead of pointers to pooled things. Zero is null.
// A stale handle is recognised because its slot's generation has moved on.
#pragma once

#include <cstdint>

namespace vitrine {

template <typename Tag>
struct Handle {
  uint32_t index = 0;  // slot + 1; 0 is null
  uint32_t generation = 0;

  explicit operator bool() const { return index != 0; }
  friend bool operator==(Handle, Handle) = default;
};

}  // namespace vitrine
