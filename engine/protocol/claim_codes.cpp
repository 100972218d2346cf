// SPDX-License-Identifier: MIT
#include "engine/protocol/claim_codes.h"

#include <cstddef>

#include "engine/base/enum_names.h"

namespace vitrine::protocol {
namespace {

#define X(enumerator, name) #name,
constexpr std::string_view kStages[] = {VITRINE_CLAIM_STAGES(X)};
constexpr std::string_view kEnds[] = {VITRINE_CLAIM_ENDS(X)};
constexpr std::string_view kNotices[] = {VITRINE_CLAIM_NOTICES(X)};
constexpr std::string_view kQueueStages[] = {VITRINE_QUEUE_STAGES(X)};
#undef X

}  // namespace

std::string_view claim_stage_name(ClaimStage stage) {
  return kStages[static_cast<size_t>(stage)];
}
std::optional<ClaimStage> find_claim_stage(std::string_view name) {
  return find_enum<ClaimStage>(kStages, name);
}
std::string_view claim_end_name(ClaimEnd end) {
  return kEnds[static_cast<size_t>(end)];
}
std::optional<ClaimEnd> find_claim_end(std::string_view name) {
  return find_enum<ClaimEnd>(kEnds, name);
}
std::string_view claim_notice_name(ClaimNotice notice) {
  return kNotices[static_cast<size_t>(notice)];
}
std::optional<ClaimNotice> find_claim_notice(std::string_view name) {
  return find_enum<ClaimNotice>(kNotices, name);
}
std::string_view queue_stage_name(QueueStage stage) {
  return kQueueStages[static_cast<size_t>(stage)];
}
std::optional<QueueStage> find_queue_stage(std::string_view name) {
  return find_enum<QueueStage>(kQueueStages, name);
}

}  // namespace vitrine::protocol
