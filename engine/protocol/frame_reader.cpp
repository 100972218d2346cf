// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engine/protocol/frame_reader_internal.h"

namespace vitrine::protocol {
namespace {

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

FrameError frame_error_of(JsonError::Code code) {
  switch (code) {
    case JsonError::Code::TooLarge:
      return FrameError::TooLarge;
    case JsonError::Code::TooDeep:
      return FrameError::TooDeep;
    case JsonError::Code::TooManyMembers:
    case JsonError::Code::TooManyValues:
      return FrameError::TooManyValues;
    case JsonError::Code::DuplicateKey:
      return FrameError::DuplicateKey;
    case JsonError::Code::IntegerRange:
    case JsonError::Code::NumberRange:
      return FrameError::NumberRange;
    case JsonError::Code::NulInString:
      return FrameError::NulInString;
    case JsonError::Code::Syntax:
      return FrameError::NotJson;
  }
  return FrameError::NotJson;
}

}  // namespace

bool MemberReader::text(std::string_view field, Presence presence, std::string_view& out) {
  out = {};
  const JsonValue value = object.find(field);
  if (!value.exists()) return presence == Presence::Optional || fail_missing(field);
  const std::optional<std::string_view> text = value.string();
  if (!text) return fail(FrameError::WrongType, field);
  out = *text;
  return true;
}

bool MemberReader::identifier(std::string_view field, Presence presence, size_t max_length,
                              std::string_view& out) {
  if (!text(field, presence, out)) return false;
  if (out.empty() && presence == Presence::Optional) return true;
  return is_identifier(out, max_length) || fail(FrameError::BadIdentifier, field);
}

bool MemberReader::hex(std::string_view field, Presence presence, size_t length,
                       std::string_view& out) {
  if (!text(field, presence, out)) return false;
  if (out.empty() && presence == Presence::Optional) return true;
  return (out.size() == length && is_hex(out)) || fail(FrameError::BadIdentifier, field);
}

bool MemberReader::id128(std::string_view field, Id128& out) {
  std::string_view digits;
  if (!text(field, Presence::Required, digits)) return false;
  const std::optional<Id128> id = Id128::from_hex(digits);
  if (!id || id->is_none()) return fail(FrameError::BadIdentifier, field);
  out = *id;
  return true;
}

bool MemberReader::integer(std::string_view field, int64_t smallest, int64_t largest,
                           int64_t& out) {
  const JsonValue value = object.find(field);
  if (!value.exists()) return fail_missing(field);
  const std::optional<int64_t> number =
      value.is(JsonType::Integer) ? value.integer() : std::nullopt;
  if (!number) return fail(FrameError::WrongType, field);
  if (*number < smallest || *number > largest) return fail(FrameError::OutOfRange, field);
  out = *number;
  return true;
}

bool MemberReader::sequence(std::string_view field, uint64_t smallest, uint64_t& out) {
  const JsonValue value = object.find(field);
  if (!value.exists()) return fail_missing(field);
  const std::optional<int64_t> number =
      value.is(JsonType::Integer) ? value.integer() : std::nullopt;
  if (!number || *number < static_cast<int64_t>(smallest) ||
      *number > static_cast<int64_t>(kMaxSequence)) {
    return fail(FrameError::BadSequence, field);
  }
  out = static_cast<uint64_t>(*number);
  return true;
}

bool read_proof(MemberReader& in, std::string_view& device, std::string_view& signature,
                std::string_view& token) {
  using Presence = MemberReader::Presence;
  if (!in.identifier("device", Presence::Optional, kMaxIdLength, device) ||
      !in.hex("signature", Presence::Optional, kSignatureHexLength, signature) ||
      !in.text("token", Presence::Optional, token)) {
    return false;
  }
  if (token.size() > kMaxTokenLength) return in.fail(FrameError::OutOfRange, "token");
  if (token.empty() && signature.empty()) return in.fail_missing("signature");
  if (!token.empty() && !signature.empty()) return in.fail(FrameError::Unexpected, "token");
  if (!signature.empty() && device.empty()) return in.fail_missing("device");
  return true;
}

std::optional<FrameError> parse_frame(JsonDocument& document, std::string_view text,
                                      size_t max_bytes) {
  const JsonLimits limits{.max_bytes = max_bytes, .max_depth = kMaxDepth, .max_values = kMaxValues};
  if (!document.parse(text, limits)) return frame_error_of(document.error().code);
  if (!document.root().is(JsonType::Object)) return FrameError::NotAnObject;
  return std::nullopt;
}

}  // namespace vitrine::protocol
