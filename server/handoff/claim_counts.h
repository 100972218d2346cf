// SPDX-License-Identifier: MIT
// What the desk counts, since the server started, and what it looks at now. No person, no code.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "server/claims/claim_store.h"

namespace vitrine {

struct ClaimCounts {
  // What was asked here, and how the store answered.
  std::map<std::pair<ClaimVerb, ClaimAnswer>, uint64_t> answers;
  // Lines of the ledger, whoever wrote them: what was done, and how the claim was afterwards.
  std::map<std::tuple<ClaimVerb, ClaimAnswer, rules::ClaimState>, uint64_t> lines;
  uint64_t not_stored = 0;  // commands that the disk or the queue had no room for
  // What the provider told, and why it failed ("" where it did not): names of our own.
  std::map<std::pair<std::string_view, std::string_view>, uint64_t> provider;
};

struct ClaimFigures {
  const ClaimCounts& counts;
  const std::map<std::string, Pool, std::less<>>& pools;
  size_t screens = 0, phones = 0;  // connected
  size_t waiting = 0, linked = 0;  // tickets that are shown, screens with a phone
};

}  // namespace vitrine
