// SPDX-License-Identifier: MIT
#include "server/ingest/batch.h"

#include <cstring>

namespace vitrine {

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) return {};
  bytes_ += text.size();
  if (text.size() > kChunk / 4) {
    // A chunk of its own, behind the one in use.
    auto own = std::make_unique<char[]>(text.size());
    std::memcpy(own.get(), text.data(), text.size());
    const std::string_view kept(own.get(), text.size());
    chunks_.insert(chunks_.begin(), std::move(own));
    return kept;
  }
  if (used_ + text.size() > kChunk) {
    chunks_.push_back(std::make_unique<char[]>(kChunk));
    used_ = 0;
  }
  char* place = chunks_.back().get() + used_;
  std::memcpy(place, text.data(), text.size());
  used_ += text.size();
  return {place, text.size()};
}

}  // namespace vitrine
