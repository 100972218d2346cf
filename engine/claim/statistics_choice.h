// SPDX-License-Identifier: MIT
// Whether a phone may record more than its claims need. Whoever came by a screen's code is asked,
// and until they agreed only claims are recorded; whoever just opened the page is not asked. The
// answer is kept on the phone, for this campaign; a phone that keeps nothing cannot tell a way back
// from a first visit, so there nobody's more is recorded before they agree. One thread.
#pragma once

#include <optional>

#include "engine/platform/keepsakes.h"

namespace vitrine::claim {

class StatisticsChoice {
 public:
  // `keepsakes` outlives it, and is not asked before the first call. `refused`: the browser says no
  // for its person (Global Privacy Control), and whatever they choose here does not change that.
  StatisticsChoice(Keepsakes& keepsakes, bool refused) : keepsakes_(keepsakes), refused_(refused) {}

  bool refused() const { return refused_; }
  // False: only what a claim needs.
  bool allows_all();
  // By a screen's code. Who agreed before need not agree again.
  void came_by_code();
  // What a person said when asked; returns what holds.
  bool choose(bool agreed);

 private:
  std::optional<bool> agreed();
  void keep(bool agreed);
  bool keeps();

  Keepsakes& keepsakes_;
  bool refused_;
  bool loaded_ = false;
  std::optional<bool> agreed_;  // none: nobody was asked
};

}  // namespace vitrine::claim
