// SPDX-License-Identifier: MIT
#include "engine/base/fill_in.h"

#include "engine/base/assert.h"

namespace vitrine {

void fill_in(std::string& text, std::string_view mark, std::string_view with) {
  VITRINE_ASSERT(!mark.empty());
  size_t at = text.find(mark);
  while (at != std::string::npos) {
    text.replace(at, mark.size(), with);
    at = text.find(mark, at + with.size());
  }
}

}  // namespace vitrine
