// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>

#include "engine/protocol/frame_reader_internal.h"
#include "engine/protocol/messages.h"
#include "engine/protocol/row_reader_internal.h"

namespace vitrine::protocol {
namespace {

using Presence = FrameReader::Presence;

// Builds that no client connects to (pages) know nothing of what clients send.
constexpr bool kServes = VITRINE_PROTOCOL_SERVES != 0;

bool is_of_clients(MessageKind kind) {
  return kind == MessageKind::Hello || kind == MessageKind::Batch || kind == MessageKind::Loss;
}

constexpr std::string_view kKindNames[] = {"challenge", "hello", "welcome", "renew",  "batch",
                                           "loss",      "ack",   "gap",     "refused"};

std::optional<MessageKind> find_kind(std::string_view name) {
  const auto* found = std::find(std::begin(kKindNames), std::end(kKindNames), name);
  if (found == std::end(kKindNames)) return std::nullopt;
  return static_cast<MessageKind>(found - std::begin(kKindNames));
}

bool read_challenge(FrameReader& in) {
  Challenge& out = in.message().challenge;
  return in.hex("nonce", Presence::Required, kNonceHexLength, out.nonce) &&
         in.time("time", out.time_ms);
}

bool read_scenes(FrameReader& in) {
  std::vector<std::string_view>& scenes = in.message().hello.scenes;
  scenes.clear();
  const JsonValue list = in.object.find("scenes");
  if (!list.exists()) return in.fail_missing("scenes");
  if (!list.is(JsonType::Array)) return in.fail(FrameError::WrongType, "scenes");
  if (list.size() > kMaxScenes) return in.fail(FrameError::OutOfRange, "scenes");
  for (JsonValue value = list.first(); value.exists(); value = value.next()) {
    const std::string_view name = value.string().value_or("");
    if (!is_identifier(name, kMaxIdLength)) return in.fail(FrameError::BadIdentifier, "scenes");
    scenes.push_back(name);
  }
  return true;
}

bool read_hello(FrameReader& in) {
  Hello& out = in.message().hello;
  if (!read_proof(in, out.device, out.signature, out.token) ||
      !in.id128("incarnation", out.incarnation) || !in.sequence("next", 1, out.next) ||
      !in.sequence("oldest", 1, out.oldest)) {
    return false;
  }
  if (out.oldest > out.next) return in.fail(FrameError::BadSequence, "oldest");
  return in.identifier("campaign", Presence::Optional, kMaxIdLength, out.campaign) &&
         in.identifier("build", Presence::Required, kMaxBuildLength, out.build) && read_scenes(in);
}

bool read_limit(FrameReader& limits, std::string_view name, int64_t smallest, int64_t largest,
                uint32_t& out) {
  int64_t value = 0;
  if (!limits.integer(name, smallest, largest, value)) return false;
  out = static_cast<uint32_t>(value);
  return true;
}

bool read_hash(std::string_view digits, uint64_t& out) {
  if (digits.size() != 16) return false;
  const auto result = std::from_chars(digits.data(), digits.data() + 16, out, 16);
  return result.ec == std::errc() && result.ptr == digits.data() + 16;
}

bool read_mark_hash(FrameReader& in, uint64_t& out) {
  std::string_view digits;
  out = 0;
  if (!in.text("mark_hash", Presence::Optional, digits)) return false;
  return digits.empty() || read_hash(digits, out) ||
         in.fail(FrameError::BadIdentifier, "mark_hash");
}

bool read_welcome(FrameReader& in) {
  Welcome& out = in.message().welcome;
  if (!in.sequence("mark", 0, out.mark) || !read_mark_hash(in, out.mark_hash) ||
      !in.time("time", out.time_ms)) {
    return false;
  }
  FrameReader limits{in.decoder, in.object.find("limits")};
  if (!limits.object.is(JsonType::Object)) return in.fail_missing("limits");
  // A server may lower a limit, not so far that a single row would no longer fit.
  return read_limit(limits, "window_batches", 1, kMaxWindowBatches, out.limits.window_batches) &&
         read_limit(limits, "max_rows", 1, kMaxRows, out.limits.max_rows) &&
         read_limit(limits, "max_bytes", 2 * kMaxRowBytes, kMaxFrameBytes, out.limits.max_bytes);
}

bool read_renew(FrameReader& in) {
  Renew& out = in.message().renew;
  out.recent.clear();
  if (!in.sequence("mark", 0, out.mark) || !in.sequence("recent_first", 0, out.recent_first)) {
    return false;
  }
  const JsonValue list = in.object.find("recent");
  if (!list.is(JsonType::Array)) return in.fail_missing("recent");
  if (list.size() > kHashWindowRows) return in.fail(FrameError::OutOfRange, "recent");
  for (JsonValue value = list.first(); value.exists(); value = value.next()) {
    uint64_t hash = 0;
    if (!read_hash(value.string().value_or(""), hash)) {
      return in.fail(FrameError::BadIdentifier, "recent");
    }
    out.recent.push_back(hash);
  }
  return true;
}

bool read_storage(FrameReader& in, bool& memory_only) {
  std::string_view storage;
  if (!in.text("storage", Presence::Optional, storage)) return false;
  memory_only = storage == "memory";
  return storage.empty() || memory_only || in.fail(FrameError::OutOfRange, "storage");
}

// A wrong common field does not refuse the frame, which would come again for ever: it refuses the
// rows that do not override it.
bool read_common(FrameReader& in, ContextFields& common) {
  const JsonValue object = in.object.find("common");
  if (!object.exists()) return true;
  if (!object.is(JsonType::Object)) return in.fail(FrameError::WrongType, "common");
  for (JsonValue value = object.first(); value.exists(); value = value.next()) {
    if (!read_context_member(value.key(), value, common)) common.wrong |= ContextFields::kOther;
  }
  return true;
}

void read_rows(FrameReader& in, JsonValue list, const ContextFields& common) {
  Batch& out = in.message().batch;
  uint64_t sequence = out.first;
  for (JsonValue row = list.first(); row.exists(); row = row.next(), ++sequence) {
    Interaction interaction;
    interaction.sequence = sequence;
    const std::optional<RowRefusal> refusal = read_row(row, common, in.compacted(), interaction);
    if (refusal) {
      out.refused.push_back({sequence, *refusal, row.raw().substr(0, kMaxRowBytes)});
    } else {
      out.rows.push_back(interaction);
    }
  }
}

bool read_batch(FrameReader& in) {
  Batch& out = in.message().batch;
  out.rows.clear();
  out.refused.clear();
  ContextFields common;
  if (!in.id128("incarnation", out.incarnation) || !in.sequence("first", 1, out.first) ||
      !in.time("sent", out.sent_ms) || !read_storage(in, out.memory_only) ||
      !read_common(in, common)) {
    return false;
  }
  const JsonValue list = in.object.find("rows");
  if (!list.exists()) return in.fail_missing("rows");
  if (!list.is(JsonType::Array)) return in.fail(FrameError::WrongType, "rows");
  if (list.size() == 0) return in.fail(FrameError::EmptyBatch, "rows");
  if (list.size() > kMaxRows) return in.fail(FrameError::TooManyRows, "rows");
  out.count = static_cast<uint32_t>(list.size());
  if (out.first + out.count - 1 > kMaxSequence) return in.fail(FrameError::BadSequence, "first");
  read_rows(in, list, common);
  return true;
}

bool read_counts(FrameReader& in) {
  Loss& out = in.message().loss;
  out.counts.clear();
  const JsonValue object = in.object.find("counts");
  if (!object.exists()) return in.fail_missing("counts");
  if (!object.is(JsonType::Object)) return in.fail(FrameError::WrongType, "counts");
  if (object.size() > kMaxLossTypes) return in.fail(FrameError::BadLoss, "counts");
  uint64_t left = out.last - out.first + 1;
  for (JsonValue value = object.first(); value.exists(); value = value.next()) {
    const int64_t count = value.is(JsonType::Integer) ? *value.integer() : 0;
    if (!is_identifier(value.key(), kMaxIdLength) || count < 1 ||
        static_cast<uint64_t>(count) > left) {
      return in.fail(FrameError::BadLoss, "counts");
    }
    left -= static_cast<uint64_t>(count);
    out.counts.emplace_back(value.key(), static_cast<uint64_t>(count));
  }
  out.counts_json = one_line(object.raw(), in.compacted());
  return true;
}

bool read_loss(FrameReader& in) {
  Loss& out = in.message().loss;
  std::string_view reason;
  if (!in.id128("incarnation", out.incarnation) || !in.sequence("first", 1, out.first) ||
      !in.sequence("last", 1, out.last) || !in.time("sent", out.sent_ms) ||
      !in.text("reason", Presence::Required, reason)) {
    return false;
  }
  if (out.last < out.first) return in.fail(FrameError::BadSequence, "last");
  const std::optional<LossReason> found = find_loss_reason(reason);
  if (!found) return in.fail(FrameError::BadLoss, "reason");
  out.reason = *found;
  return read_counts(in);
}

bool read_ack(FrameReader& in) {
  Ack& out = in.message().ack;
  return in.id128("incarnation", out.incarnation) && in.sequence("mark", 0, out.mark) &&
         in.sequence("quarantined", 0, out.quarantined);
}

bool read_gap(FrameReader& in) {
  Gap& out = in.message().gap;
  return in.id128("incarnation", out.incarnation) && in.sequence("expected", 1, out.expected);
}

std::optional<FrameError> find_frame_error(std::string_view name) {
  for (uint32_t i = 0; i < kFrameErrorCount; ++i) {
    const auto error = static_cast<FrameError>(i);
    if (frame_error_name(error) == name) return error;
  }
  return std::nullopt;
}

bool read_refused(FrameReader& in) {
  Refused& out = in.message().refused;
  std::string_view code;
  int64_t retry = 0;
  if (!in.text("code", Presence::Required, code) || !in.integer("retry", 0, 3600000, retry)) {
    return false;
  }
  // A newer server may know more codes; what they have in common is that the frame was refused.
  out.code = find_frame_error(code).value_or(FrameError::Unexpected);
  out.retry_ms = static_cast<uint32_t>(retry);
  return true;
}

bool read_kind(FrameReader& in) {
  switch (in.message().kind) {
    case MessageKind::Challenge:
      return read_challenge(in);
    case MessageKind::Hello:
      return kServes && read_hello(in);
    case MessageKind::Welcome:
      return read_welcome(in);
    case MessageKind::Renew:
      return read_renew(in);
    case MessageKind::Batch:
      return kServes && read_batch(in);
    case MessageKind::Loss:
      return kServes && read_loss(in);
    case MessageKind::Ack:
      return read_ack(in);
    case MessageKind::Gap:
      return read_gap(in);
    case MessageKind::Refused:
      return read_refused(in);
  }
  return false;
}

}  // namespace

std::string_view message_kind_name(MessageKind kind) {
  return kKindNames[static_cast<uint8_t>(kind)];
}

bool MessageDecoder::parse(std::string_view text) {
  compacted_.clear();
  // Views into it must stay while it grows; what is compacted is never longer than the frame.
  compacted_.reserve(kMaxFrameBytes);
  error_field_ = {};
  const std::optional<FrameError> refusal = parse_frame(document_, text, kMaxFrameBytes);
  error_ = refusal.value_or(FrameError::NotAnObject);
  return !refusal;
}

const Message* MessageDecoder::decode(std::string_view text) {
  if (!parse(text)) return nullptr;
  FrameReader in{*this, document_.root()};
  std::string_view name;
  if (!in.text("kind", Presence::Required, name)) return nullptr;
  const std::optional<MessageKind> kind = find_kind(name);
  if (!kind) {
    in.fail(FrameError::UnknownKind, "kind");
    return nullptr;
  }
  if (!kServes && is_of_clients(*kind)) {
    in.fail(FrameError::Unexpected, "kind");
    return nullptr;
  }
  message_.kind = *kind;
  return read_kind(in) ? &message_ : nullptr;
}

const Interaction* MessageDecoder::decode_stored_row(std::string_view text) {
  if (!parse(text)) return nullptr;
  stored_ = {};
  if (!read_row(document_.root(), ContextFields{}, compacted_, stored_)) return &stored_;
  error_ = FrameError::Unexpected;
  return nullptr;
}

}  // namespace vitrine::protocol
