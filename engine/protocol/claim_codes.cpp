// SPDX-License-Identifier: MIT
#include "engine/protocol/claim_codes.h"

#include <cstddef>

namespace vitrine::protocol {
namespace {

#define X(enumerator, name) #name,
constexpr std::string_view kStages[] = {VITRINE_CLAIM_STAGES(X)};
constexpr std::string_view kEnds[] = {VITRINE_CLAIM_ENDS(X)};
constexpr std::string_view kNotices[] = {VITRINE_CLAIM_NOTICES(X)};
#undef X

template <typename Enum, size_t N>
std::optional<Enum> find(const std::string_view (&names)[N], std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view claim_stage_name(ClaimStage stage) {
  return kStages[static_cast<size_t>(stage)];
}
std::optional<ClaimStage> find_claim_stage(std::string_view name) {
  return find<ClaimStage>(kStages, name);
}
std::string_view claim_end_name(ClaimEnd end) {
  return kEnds[static_cast<size_t>(end)];
}
std::optional<ClaimEnd> find_claim_end(std::string_view name) {
  return find<ClaimEnd>(kEnds, name);
}
std::string_view claim_notice_name(ClaimNotice notice) {
  return kNotices[static_cast<size_t>(notice)];
}
std::optional<ClaimNotice> find_claim_notice(std::string_view name) {
  return find<ClaimNotice>(kNotices, name);
}

}  // namespace vitrine::protocol
