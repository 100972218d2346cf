// SPDX-License-Identifier: MIT
#include "server/ingest/batch.h"

#include <algorithm>
#include <cstring>

namespace vitrine {

namespace {
constexpr size_t kLeastChunk = 256;
}

void TextArena::reserve(size_t bytes) {
  if (bytes <= free_) return;
  // Not make_unique: it would write zeros first, once for every frame.
  chunks_.emplace_back(new char[bytes]);
  next_ = chunks_.back().get();
  free_ = bytes;
  bytes_ += bytes;
}

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > free_) reserve(std::max({text.size(), bytes_, kLeastChunk}));
  const std::string_view kept(next_, text.size());
  std::memcpy(next_, text.data(), text.size());
  next_ += text.size();
  free_ -= text.size();
  return kept;
}

}  // namespace vitrine
