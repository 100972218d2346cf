// SPDX-License-Identifier: MIT
#include "engine/protocol/codes.h"

#include "engine/base/enum_names.h"

namespace vitrine::protocol {
namespace {

#define X(enumerator, name) #name,
constexpr std::string_view kRowRefusalNames[] = {VITRINE_ROW_REFUSALS(X)};
constexpr std::string_view kFrameErrorNames[] = {VITRINE_FRAME_ERRORS(X)};
constexpr std::string_view kLossReasonNames[] = {VITRINE_LOSS_REASONS(X)};
#undef X

}  // namespace

std::string_view row_refusal_name(RowRefusal refusal) {
  return kRowRefusalNames[static_cast<uint8_t>(refusal)];
}

std::optional<RowRefusal> find_row_refusal(std::string_view name) {
  return find_enum<RowRefusal>(kRowRefusalNames, name);
}

std::string_view frame_error_name(FrameError error) {
  return kFrameErrorNames[static_cast<uint8_t>(error)];
}

std::string_view loss_reason_name(LossReason reason) {
  return kLossReasonNames[static_cast<uint8_t>(reason)];
}

std::optional<LossReason> find_loss_reason(std::string_view name) {
  return find_enum<LossReason>(kLossReasonNames, name);
}

std::string_view close_code_name(CloseCode code) {
  switch (code) {
#define X(enumerator, number, name, reconnect) \
  case CloseCode::enumerator:                  \
    return #name;
    VITRINE_CLOSE_CODES(X)
#undef X
  }
  return "unknown";
}

Reconnect reconnect_after(uint16_t close_code) {
  switch (static_cast<CloseCode>(close_code)) {
#define X(enumerator, number, name, reconnect) \
  case CloseCode::enumerator:                  \
    return Reconnect::reconnect;
    VITRINE_CLOSE_CODES(X)
#undef X
  }
  return Reconnect::BackOff;
}

}  // namespace vitrine::protocol
