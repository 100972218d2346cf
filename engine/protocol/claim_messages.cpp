// SPDX-License-Identifier: MIT
#include "engine/protocol/claim_messages.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "engine/base/json/json_writer.h"
#include "engine/protocol/frame_reader_internal.h"

namespace vitrine::protocol {
namespace {

using Presence = MemberReader::Presence;

constexpr std::string_view kKindNames[] = {
    "challenge", "hello",  "open",    "close", "not_me",      "join",         "agree", "follow",
    "pay",       "cancel", "engaged", "free",  "take_number", "leave_number", "here",  "state"};
constexpr int64_t kMaxRequest = UINT32_MAX;
constexpr int64_t kMaxSpanMs = int64_t{24} * 60 * 60 * 1000;
constexpr int64_t kMaxMinor = int64_t{1} << 53;
constexpr size_t kMaxCurrency = 3;

std::optional<ClaimKind> find_kind(std::string_view name) {
  const auto* found = std::find(std::begin(kKindNames), std::end(kKindNames), name);
  if (found == std::end(kKindNames)) return std::nullopt;
  return static_cast<ClaimKind>(found - std::begin(kKindNames));
}

bool bounded(MemberReader& in, std::string_view name, size_t max_length, std::string_view& out) {
  if (!in.text(name, Presence::Optional, out)) return false;
  return out.size() <= max_length || in.fail(FrameError::OutOfRange, name);
}

bool optional_integer(MemberReader& in, std::string_view name, int64_t largest, int64_t& out) {
  out = 0;
  return !in.object.find(name).exists() || in.integer(name, 0, largest, out);
}

bool optional_id(MemberReader& in, std::string_view name, Id128& out) {
  out = {};
  return !in.object.find(name).exists() || in.id128(name, out);
}

bool flag(MemberReader& in, std::string_view name, bool& out) {
  const JsonValue value = in.object.find(name);
  if (!value.exists()) return in.fail_missing(name);
  const std::optional<bool> set = value.boolean();
  out = set.value_or(false);
  return set.has_value() || in.fail(FrameError::WrongType, name);
}

// A name this build does not know is `fallback`: a newer server may have more of them.
template <typename Enum>
bool named(MemberReader& in, std::string_view name, std::optional<Enum> (*find)(std::string_view),
           Enum fallback, Enum& out) {
  std::string_view text;
  if (!in.text(name, Presence::Optional, text)) return false;
  out = find(text).value_or(fallback);
  return true;
}

bool read_request(MemberReader& in, uint32_t& out) {
  int64_t request = 0;
  if (!in.integer("request", 1, kMaxRequest, request)) return false;
  out = static_cast<uint32_t>(request);
  return true;
}

bool read_hello(MemberReader& in, ClaimHello& out) {
  return read_proof(in, out.device, out.signature, out.token) &&
         bounded(in, "holder", kMaxTokenLength, out.holder) &&
         in.identifier("campaign", Presence::Required, kMaxIdLength, out.campaign) &&
         in.identifier("build", Presence::Required, kMaxBuildLength, out.build);
}

bool read_agree(MemberReader& in, ClaimAct& out) {
  return in.id128("key", out.key) && flag(in, "terms", out.terms) &&
         flag(in, "guardian", out.guardian) && flag(in, "statistics", out.statistics) &&
         in.identifier("terms_version", Presence::Required, kMaxIdLength, out.terms_version) &&
         in.identifier("language", Presence::Required, kMaxIdLength, out.language);
}

bool read_number(MemberReader& in, int64_t smallest, uint32_t& out) {
  int64_t number = 0;
  if (!in.integer("number", smallest, kMaxQueueNumber, number)) return false;
  out = static_cast<uint32_t>(number);
  return true;
}

bool read_act(MemberReader& in, ClaimKind kind, ClaimAct& out) {
  if (!read_request(in, out.request)) return false;
  switch (kind) {
    case ClaimKind::Open:
      return in.id128("session", out.session) &&
             in.identifier("product", Presence::Required, kMaxIdLength, out.product);
    case ClaimKind::Join:
      return in.id128("ticket", out.ticket) && in.id128("key", out.key);
    case ClaimKind::Agree:
      return read_agree(in, out);
    case ClaimKind::Follow:
    case ClaimKind::Pay:
      return in.identifier("language", Presence::Required, kMaxIdLength, out.language);
    case ClaimKind::TakeNumber:
      return in.id128("queue", out.queue);
    case ClaimKind::Here:
      return read_number(in, 1, out.number);
    default:
      return true;
  }
}

bool read_where(MemberReader& in, ClaimState& out) {
  int64_t answered = 0;
  std::string_view stage;
  if (!in.time("time", out.time_ms) || !optional_integer(in, "answered", kMaxRequest, answered) ||
      !in.text("stage", Presence::Required, stage) ||
      !named(in, "reason", find_claim_end, ClaimEnd::Closed, out.reason) ||
      !named(in, "notice", find_claim_notice, ClaimNotice::Busy, out.notice)) {
    return false;
  }
  const std::optional<ClaimStage> found = find_claim_stage(stage);
  if (!found) return in.fail(FrameError::OutOfRange, "stage");
  out.stage = *found;
  out.answered = static_cast<uint32_t>(answered);
  return true;
}

bool read_what(MemberReader& in, ClaimState& out) {
  return in.identifier("product", Presence::Optional, kMaxIdLength, out.product) &&
         bounded(in, "screen_mark", kClaimMarkLength, out.screen_mark) &&
         bounded(in, "phone_mark", kClaimMarkLength, out.phone_mark) &&
         optional_integer(in, "left", kMaxSpanMs, out.left_ms) &&
         optional_integer(in, "whole", kMaxSpanMs, out.whole_ms) &&
         optional_integer(in, "price", kMaxMinor, out.price) &&
         bounded(in, "currency", kMaxCurrency, out.currency) &&
         bounded(in, "code", kMaxIdLength, out.code) &&
         optional_integer(in, "valid_until", kMaxTimeMs, out.valid_until_ms);
}

bool read_voucher(MemberReader in, ClaimVoucher& out) {
  if (!in.object.is(JsonType::Object)) return in.fail(FrameError::WrongType, "vouchers");
  return in.identifier("product", Presence::Required, kMaxIdLength, out.product) &&
         in.text("code", Presence::Required, out.code) &&
         in.hex("secret", Presence::Required, kVoucherSecretHexLength, out.secret) &&
         optional_integer(in, "valid_until", kMaxTimeMs, out.valid_until_ms) &&
         optional_integer(in, "price", kMaxMinor, out.price) &&
         bounded(in, "currency", kMaxCurrency, out.currency);
}

bool read_vouchers(MemberReader& in, std::vector<ClaimVoucher>& out) {
  out.clear();
  const JsonValue list = in.object.find("vouchers");
  if (list.exists() && !list.is(JsonType::Array)) {
    return in.fail(FrameError::WrongType, "vouchers");
  }
  if (list.size() > kMaxClaimVouchers) return in.fail(FrameError::OutOfRange, "vouchers");
  for (JsonValue each = list.first(); each.exists(); each = each.next()) {
    if (!read_voucher({each, in.error, in.error_field}, out.emplace_back())) return false;
  }
  return true;
}

bool optional_count(MemberReader& in, std::string_view name, uint32_t& out) {
  int64_t count = 0;
  if (!optional_integer(in, name, kMaxQueueNumber, count)) return false;
  out = static_cast<uint32_t>(count);
  return true;
}

// A stage this build does not know says nothing that it could show.
bool read_queue(MemberReader& state, ClaimQueue& out) {
  out = {};
  const JsonValue value = state.object.find("queue");
  if (!value.exists()) return true;
  if (!value.is(JsonType::Object)) return state.fail(FrameError::WrongType, "queue");
  MemberReader in{value, state.error, state.error_field};
  return in.id128("code", out.code) &&
         named(in, "stage", find_queue_stage, QueueStage::None, out.stage) &&
         optional_count(in, "number", out.number) && optional_count(in, "before", out.before) &&
         optional_count(in, "waiting", out.waiting) &&
         optional_integer(in, "left", kMaxSpanMs, out.left_ms) &&
         optional_integer(in, "whole", kMaxSpanMs, out.whole_ms);
}

bool read_state(MemberReader& in, ClaimState& out) {
  return read_where(in, out) && read_what(in, out) && optional_id(in, "ticket", out.ticket) &&
         bounded(in, "page", kMaxAddressLength, out.page) &&
         bounded(in, "holder", kMaxTokenLength, out.holder) &&
         optional_id(in, "session", out.session) &&
         in.hex("secret", Presence::Optional, kVoucherSecretHexLength, out.secret) &&
         bounded(in, "action", kMaxAddressLength, out.action) && read_vouchers(in, out.vouchers) &&
         read_queue(in, out.queue);
}

bool read_kind(MemberReader& in, ClaimMessage& out) {
  switch (out.kind) {
    case ClaimKind::Challenge:
      return in.hex("nonce", Presence::Required, kNonceHexLength, out.challenge.nonce) &&
             in.time("time", out.challenge.time_ms);
    case ClaimKind::Hello:
      return read_hello(in, out.hello);
    case ClaimKind::State:
      return read_state(in, out.state);
    default:
      return read_act(in, out.kind, out.act);
  }
}

JsonWriter begin(std::string& out, ClaimKind kind) {
  out.clear();
  JsonWriter writer(out);
  writer.begin_object().key("kind").string(claim_kind_name(kind));
  return writer;
}

void add(JsonWriter& writer, std::string_view name, std::string_view value) {
  if (!value.empty()) writer.key(name).string(value);
}
void add(JsonWriter& writer, std::string_view name, int64_t value) {
  if (value != 0) writer.key(name).integer(value);
}
void add(JsonWriter& writer, std::string_view name, const Id128& value) {
  if (!value.is_none()) writer.key(name).string(value.to_hex());
}

void add(JsonWriter& writer, const std::vector<ClaimVoucher>& vouchers) {
  if (vouchers.empty()) return;
  writer.key("vouchers").begin_array();
  for (const ClaimVoucher& voucher : vouchers) {
    writer.begin_object().key("product").string(voucher.product).key("code").string(voucher.code);
    add(writer, "valid_until", voucher.valid_until_ms);
    add(writer, "price", voucher.price);
    add(writer, "currency", voucher.currency);
    writer.key("secret").string(voucher.secret).end_object();
  }
  writer.end_array();
}

void add_queue(JsonWriter& writer, const ClaimQueue& queue) {
  writer.key("queue").begin_object().key("code").string(queue.code.to_hex());
  writer.key("stage").string(queue_stage_name(queue.stage));
  add(writer, "number", int64_t{queue.number});
  add(writer, "before", int64_t{queue.before});
  add(writer, "waiting", int64_t{queue.waiting});
  add(writer, "left", queue.left_ms);
  add(writer, "whole", queue.whole_ms);
  writer.end_object();
}

}  // namespace

std::string_view claim_kind_name(ClaimKind kind) {
  return kKindNames[static_cast<uint8_t>(kind)];
}

const ClaimMessage* ClaimDecoder::decode(std::string_view text) {
  error_field_ = {};
  if (const auto refusal = parse_frame(document_, text, kMaxClaimFrameBytes)) {
    error_ = *refusal;
    return nullptr;
  }
  MemberReader in{document_.root(), error_, error_field_};
  std::string_view name;
  if (!in.text("kind", Presence::Required, name)) return nullptr;
  const std::optional<ClaimKind> kind = find_kind(name);
  if (!kind) {
    in.fail(FrameError::UnknownKind, "kind");
    return nullptr;
  }
  message_.kind = *kind;
  return read_kind(in, message_) ? &message_ : nullptr;
}

void encode_claim_hello(const ClaimHello& hello, std::string& out) {
  JsonWriter writer = begin(out, ClaimKind::Hello);
  add(writer, "device", hello.device);
  add(writer, "signature", hello.signature);
  add(writer, "token", hello.token);
  add(writer, "holder", hello.holder);
  writer.key("campaign").string(hello.campaign);
  writer.key("build").string(hello.build);
  writer.end_object();
}

void encode_claim_act(ClaimKind kind, const ClaimAct& act, std::string& out) {
  JsonWriter writer = begin(out, kind);
  writer.key("request").integer(act.request);
  if (kind == ClaimKind::Open) {
    writer.key("session").string(act.session.to_hex()).key("product").string(act.product);
  }
  if (kind == ClaimKind::Join) {
    writer.key("ticket").string(act.ticket.to_hex()).key("key").string(act.key.to_hex());
  }
  if (kind == ClaimKind::Agree) {
    writer.key("key").string(act.key.to_hex());
    writer.key("terms").boolean(act.terms).key("guardian").boolean(act.guardian);
    writer.key("statistics").boolean(act.statistics);
    writer.key("terms_version").string(act.terms_version);
  }
  if (kind == ClaimKind::Agree || kind == ClaimKind::Follow || kind == ClaimKind::Pay) {
    writer.key("language").string(act.language);
  }
  if (kind == ClaimKind::TakeNumber) writer.key("queue").string(act.queue.to_hex());
  if (kind == ClaimKind::Here) writer.key("number").integer(act.number);
  writer.end_object();
}

void encode_claim_state(const ClaimState& state, std::string& out) {
  JsonWriter writer = begin(out, ClaimKind::State);
  writer.key("time").integer(state.time_ms);
  add(writer, "answered", int64_t{state.answered});
  writer.key("stage").string(claim_stage_name(state.stage));
  add(writer, "reason", claim_end_name(state.reason));
  add(writer, "notice", claim_notice_name(state.notice));
  add(writer, "product", state.product);
  add(writer, "screen_mark", state.screen_mark);
  add(writer, "phone_mark", state.phone_mark);
  add(writer, "left", state.left_ms);
  add(writer, "whole", state.whole_ms);
  add(writer, "price", state.price);
  add(writer, "currency", state.currency);
  add(writer, "code", state.code);
  add(writer, "valid_until", state.valid_until_ms);
  add(writer, "ticket", state.ticket);
  add(writer, "page", state.page);
  add(writer, "holder", state.holder);
  add(writer, "session", state.session);
  add(writer, "secret", state.secret);
  add(writer, "action", state.action);
  add(writer, state.vouchers);
  if (!state.queue.code.is_none()) add_queue(writer, state.queue);
  writer.end_object();
}

std::string claim_signing_text(std::string_view nonce, std::string_view device) {
  std::string text = "vitrine.claim.1 hello ";
  text.append(nonce).append(" ").append(device);
  return text;
}

}  // namespace vitrine::protocol
