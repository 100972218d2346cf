// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engine/protocol/frame_reader_internal.h"

namespace vitrine::protocol {
namespace {

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

bool FrameReader::text(std::string_view field, Presence presence, std::string_view& out) {
  out = {};
  const JsonValue value = object.find(field);
  if (!value.exists()) return presence == Presence::Optional || fail_missing(field);
  const std::optional<std::string_view> text = value.string();
  if (!text) return fail(FrameError::WrongType, field);
  out = *text;
  return true;
}

bool FrameReader::identifier(std::string_view field, Presence presence, size_t max_length,
                             std::string_view& out) {
  if (!text(field, presence, out)) return false;
  if (out.empty() && presence == Presence::Optional) return true;
  return is_identifier(out, max_length) || fail(FrameError::BadIdentifier, field);
}

bool FrameReader::hex(std::string_view field, Presence presence, size_t length,
                      std::string_view& out) {
  if (!text(field, presence, out)) return false;
  if (out.empty() && presence == Presence::Optional) return true;
  return (out.size() == length && is_hex(out)) || fail(FrameError::BadIdentifier, field);
}

bool FrameReader::id128(std::string_view field, Id128& out) {
  std::string_view digits;
  if (!text(field, Presence::Required, digits)) return false;
  const std::optional<Id128> id = Id128::from_hex(digits);
  if (!id || id->is_none()) return fail(FrameError::BadIdentifier, field);
  out = *id;
  return true;
}

bool FrameReader::integer(std::string_view field, int64_t smallest, int64_t largest, int64_t& out) {
  const JsonValue value = object.find(field);
  if (!value.exists()) return fail_missing(field);
  const std::optional<int64_t> number =
      value.is(JsonType::Integer) ? value.integer() : std::nullopt;
  if (!number) return fail(FrameError::WrongType, field);
  if (*number < smallest || *number > largest) return fail(FrameError::OutOfRange, field);
  out = *number;
  return true;
}

bool FrameReader::sequence(std::string_view field, uint64_t smallest, uint64_t& out) {
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

}  // namespace vitrine::protocol
