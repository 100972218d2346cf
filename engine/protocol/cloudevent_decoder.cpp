// SPDX-License-Identifier: MIT
#include <charconv>

#include "engine/base/rfc3339.h"
#include "engine/protocol/cloudevent.h"
#include "engine/protocol/frame_reader_internal.h"
#include "engine/protocol/row_reader_internal.h"

namespace vitrine::protocol {
namespace {

using Presence = FrameReader::Presence;

constexpr size_t kIncarnationDigits = 32;

// "INCARNATION:SEQUENCE"
bool read_event_id(FrameReader& in, Batch& out) {
  std::string_view id;
  if (!in.text("id", Presence::Required, id)) return false;
  const auto incarnation = Id128::from_hex(id.substr(0, kIncarnationDigits));
  if (!incarnation || incarnation->is_none() || id.size() <= kIncarnationDigits + 1 ||
      id[kIncarnationDigits] != ':') {
    return in.fail(FrameError::BadEvent, "id");
  }
  out.incarnation = *incarnation;
  const std::string_view digits = id.substr(kIncarnationDigits + 1);
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, out.first);
  const bool plain = result.ec == std::errc() && result.ptr == end && digits.front() != '0';
  return (plain && out.first <= kMaxSequence) || in.fail(FrameError::BadSequence, "id");
}

bool read_version(FrameReader& in) {
  std::string_view version;
  if (!in.text("specversion", Presence::Required, version)) return false;
  return version == "1.0" || in.fail(FrameError::BadEvent, "specversion");
}

// The time of an event is its type's own business: missing or wrong, the row is refused.
std::optional<int64_t> event_time(JsonValue object, std::string_view name) {
  return parse_rfc3339(object.find(name).string().value_or(""));
}

std::optional<RowRefusal> read_event_row(FrameReader& in, Interaction& row) {
  ContextFields fields;
  for (JsonValue value = in.object.first(); value.exists(); value = value.next()) {
    read_context_member(value.key(), value, fields);
  }
  if (const std::optional<RowRefusal> refusal = fields.refusal()) return refusal;
  const TypeInfo* type = find_type(in.object.find("type").string().value_or(""));
  if (!type) return RowRefusal::UnknownType;
  const std::optional<int64_t> time = event_time(in.object, "time");
  if (!time) return RowRefusal::BadTime;
  const JsonValue data = in.object.find("data");
  if (data.raw().size() > kMaxRowBytes) return RowRefusal::RowTooLarge;
  if (const std::optional<RowRefusal> refusal = check_data(data, *type)) return refusal;
  row.type = type->id;
  row.time_ms = *time;
  row.context = fields.context;
  row.data = one_line(data.raw(), in.compacted());
  return std::nullopt;
}

bool read_event(FrameReader& in) {
  Batch& out = in.message().batch;
  out.rows.clear();
  out.refused.clear();
  std::string_view source;
  if (!read_version(in) || !read_event_id(in, out) ||
      !in.identifier("source", Presence::Required, kMaxIdLength, source)) {
    return false;
  }
  in.set_source(source);
  out.count = 1;
  out.memory_only = false;
  Interaction row;
  row.sequence = out.first;
  const std::optional<RowRefusal> refusal = read_event_row(in, row);
  // Without its own time of sending an event counts as sent when it happened.
  out.sent_ms = event_time(in.object, "senttime").value_or(row.time_ms);
  if (refusal) {
    out.refused.push_back({out.first, *refusal, in.object.raw().substr(0, kMaxRowBytes)});
  } else {
    out.rows.push_back(row);
  }
  return true;
}

}  // namespace

const Message* MessageDecoder::decode_cloudevent(std::string_view text) {
  source_ = {};
  if (!parse(text)) return nullptr;
  FrameReader in{*this, document_.root()};
  message_.kind = MessageKind::Batch;
  return read_event(in) ? &message_ : nullptr;
}

}  // namespace vitrine::protocol
