// SPDX-License-Identifier: MIT
// Everything that can be refused, by name. Three lists, each written once: why a row is
// quarantined, why a frame is refused, why a connection is closed. The names are the wire's, the
// metrics' and the live view's; docs/protocol.md explains each and a test compares it with these
// lists.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vitrine::protocol {

// X(Enumerator, name): the row is settled by quarantine and never blocks what follows it. The last
// group is the server's own: the codec does not know campaigns.
#define VITRINE_ROW_REFUSALS(X)        \
  X(RowTooLarge, row_too_large)        \
  X(NotAnObject, not_an_object)        \
  X(UnknownField, unknown_field)       \
  X(UnknownType, unknown_type)         \
  X(BadTime, bad_time)                 \
  X(BadSession, bad_session)           \
  X(BadCampaign, bad_campaign)         \
  X(BadBrand, bad_brand)               \
  X(BadScene, bad_scene)               \
  X(BadMode, bad_mode)                 \
  X(BadData, bad_data)                 \
  X(MissingProperty, missing_property) \
  X(UnknownProperty, unknown_property) \
  X(PropertyType, property_type)       \
  X(PropertyRange, property_range)     \
  X(PropertyValue, property_value)     \
  X(PropertyLength, property_length)   \
  X(WrongCampaign, wrong_campaign)     \
  X(CampaignEnded, campaign_ended)     \
  X(ModeNotAllowed, mode_not_allowed)

// X(Enumerator, name): nothing of the frame is recorded, the mark stays, the connection stays for
// the first few (docs/protocol.md, "Refused frames").
#define VITRINE_FRAME_ERRORS(X)          \
  X(TooLarge, too_large)                 \
  X(NotJson, not_json)                   \
  X(TooDeep, too_deep)                   \
  X(TooManyValues, too_many_values)      \
  X(DuplicateKey, duplicate_key)         \
  X(NumberRange, number_range)           \
  X(NulInString, nul_in_string)          \
  X(NotAnObject, not_an_object)          \
  X(UnknownKind, unknown_kind)           \
  X(MissingField, missing_field)         \
  X(WrongType, wrong_type)               \
  X(OutOfRange, out_of_range)            \
  X(BadIdentifier, bad_identifier)       \
  X(BadSequence, bad_sequence)           \
  X(EmptyBatch, empty_batch)             \
  X(TooManyRows, too_many_rows)          \
  X(BadLoss, bad_loss)                   \
  X(BadEvent, bad_event)                 \
  X(Unexpected, unexpected)              \
  X(WrongIncarnation, wrong_incarnation) \
  X(StorageFull, storage_full)

// What a client does after a close.
enum class Reconnect : uint8_t {
  BackOff,  // 1-60 s, full jitter, doubling
  Slowly,   // 60 s or more: the same attempt will fail for a while
  Never,    // until a person or new credentials change something
};

// X(Enumerator, code, name, Reconnect)
#define VITRINE_CLOSE_CODES(X)                         \
  X(Normal, 1000, normal, BackOff)                     \
  X(GoingAway, 1001, going_away, BackOff)              \
  X(ProtocolError, 1002, protocol_error, BackOff)      \
  X(BinaryFrame, 1003, binary_frame, Slowly)           \
  X(Lost, 1006, lost, BackOff)                         \
  X(InvalidUtf8, 1007, invalid_utf8, Slowly)           \
  X(FrameTooLarge, 1009, frame_too_large, Slowly)      \
  X(ServerError, 1011, server_error, BackOff)          \
  X(BadFrames, 4400, bad_frames, Slowly)               \
  X(NotAuthenticated, 4401, not_authenticated, Slowly) \
  X(HelloTimeout, 4408, hello_timeout, BackOff)        \
  X(Replaced, 4409, replaced, Slowly)                  \
  X(Revoked, 4410, revoked, Never)                     \
  X(SlowReader, 4411, slow_reader, BackOff)            \
  X(IdleTooLong, 4412, idle_too_long, BackOff)         \
  X(StorageUnavailable, 4503, storage_unavailable, BackOff)

#define X(enumerator, name) enumerator,
enum class RowRefusal : uint8_t { VITRINE_ROW_REFUSALS(X) };
enum class FrameError : uint8_t { VITRINE_FRAME_ERRORS(X) };
#undef X
#define X(enumerator, code, name, reconnect) enumerator = code,
enum class CloseCode : uint16_t { VITRINE_CLOSE_CODES(X) };
#undef X

#define X(enumerator, name) +1
inline constexpr uint32_t kRowRefusalCount = VITRINE_ROW_REFUSALS(X);
inline constexpr uint32_t kFrameErrorCount = VITRINE_FRAME_ERRORS(X);
#undef X

std::string_view row_refusal_name(RowRefusal refusal);
std::optional<RowRefusal> find_row_refusal(std::string_view name);
std::string_view frame_error_name(FrameError error);
std::string_view close_code_name(CloseCode code);
// Codes that are not in the list: BackOff.
Reconnect reconnect_after(uint16_t close_code);

// Why rows were lost before the server had them.
// X(Enumerator, name)
#define VITRINE_LOSS_REASONS(X)      \
  X(OutboxFull, outbox_full)         \
  X(RecorderFull, recorder_full)     \
  X(StorageDamaged, storage_damaged) \
  X(StorageFailed, storage_failed)   \
  X(FrameRefused, frame_refused)     \
  X(NotHeld, not_held)

#define X(enumerator, name) enumerator,
enum class LossReason : uint8_t { VITRINE_LOSS_REASONS(X) };
#undef X
#define X(enumerator, name) +1
inline constexpr uint32_t kLossReasonCount = VITRINE_LOSS_REASONS(X);
#undef X

std::string_view loss_reason_name(LossReason reason);
std::optional<LossReason> find_loss_reason(std::string_view name);

}  // namespace vitrine::protocol
