// SPDX-License-Identifier: MIT
// Forgets words for good.
#pragma once

#include <cstddef>
#include <string>

namespace vitrine {

// Empties `text` and overwrites all the memory it has, which it keeps.
inline void wipe(std::string& text) {
  text.resize(text.capacity());
  // Volatile, or the compiler leaves out what nobody reads.
  volatile char* bytes = text.data();
  for (size_t i = 0; i < text.size(); ++i) bytes[i] = 0;
  text.clear();
}

}  // namespace vitrine
