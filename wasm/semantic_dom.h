// SPDX-License-Identifier: MIT
// Mirrors the semantic tree into the page's elements; see js/library_semantics.js.
#pragma once

#include <cstdint>
#include <string>

#include "engine/ui/semantics.h"

namespace vitrine::wasm {

class SemanticDom {
 public:
  // Touches the page only when something changed, and at most ten times a second: a screen reader
  // has no use for every step of a movement. Allocates nothing.
  void sync(const ui::SemanticTree& tree, int64_t now_us);

 private:
  uint64_t shown_ = 0;  // fingerprint of what the page has
  int64_t last_us_ = 0;
};

}  // namespace vitrine::wasm
