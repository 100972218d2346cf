// SPDX-License-Identifier: MIT
#include "engine/claim/statistics_choice.h"

#include <string>
#include <utility>

namespace vitrine::claim {
namespace {

constexpr std::string_view kName = "claim.statistics", kYes = "yes", kNo = "no";
constexpr std::string_view kTried = "claim.tried";

}  // namespace

std::optional<bool> StatisticsChoice::agreed() {
  if (std::exchange(loaded_, true)) return agreed_;
  const std::string kept = keepsakes_.get(kName);
  // What cannot be read was an answer, and nobody may take it for a yes.
  if (!kept.empty()) {
    agreed_ = kept == kYes;
  } else if (!agreed_ && !keeps()) {
    agreed_ = false;
  }
  return agreed_;
}

bool StatisticsChoice::keeps() {
  return keepsakes_.set(kTried, kYes) && keepsakes_.set(kTried, "");
}

void StatisticsChoice::keep(bool agreed) {
  loaded_ = true;
  agreed_ = agreed;
  keepsakes_.set(kName, agreed ? kYes : kNo);
}

bool StatisticsChoice::allows_all() {
  return !refused_ && agreed().value_or(true);
}

// Another tab may have been answered since.
void StatisticsChoice::came_by_code() {
  loaded_ = false;
  if (!agreed()) keep(false);
}

bool StatisticsChoice::choose(bool agreed) {
  keep(agreed && !refused_);
  return *agreed_;
}

}  // namespace vitrine::claim
