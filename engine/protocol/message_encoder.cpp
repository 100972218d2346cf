// SPDX-License-Identifier: MIT
#include "engine/base/assert.h"
#include "engine/base/json/json_writer.h"
#include "engine/protocol/messages.h"

namespace vitrine::protocol {
namespace {

// 32 hex digits on the stack.
class HexText {
 public:
  explicit HexText(const Id128& id) { id.write_hex(digits_); }
  operator std::string_view() const { return {digits_, sizeof(digits_)}; }

 private:
  char digits_[32];
};

JsonWriter begin(std::string& out, MessageKind kind) {
  out.clear();
  JsonWriter writer(out);
  writer.begin_object().key("kind").string(message_kind_name(kind));
  return writer;
}

int64_t as_integer(uint64_t sequence) {
  return static_cast<int64_t>(sequence);
}

void append_hash(JsonWriter& writer, uint64_t hash) {
  char digits[16];
  for (size_t i = 0; i < 16; ++i) {
    digits[i] = "0123456789abcdef"[(hash >> (60 - 4 * i)) & 15];
  }
  writer.string({digits, sizeof(digits)});
}

// Empty members of a hello are left out.
void append_optional(JsonWriter& writer, std::string_view name, std::string_view value) {
  if (!value.empty()) writer.key(name).string(value);
}

std::string context_members(const RowContext& context) {
  std::string members;
  append_context_members(members, context);
  return members;
}

std::string own_members(const Interaction& row) {
  std::string members;
  append_own_members(members, row.type, row.time_ms);
  members.append(row.data);
  return members;
}

}  // namespace

void encode_challenge(const Challenge& challenge, std::string& out) {
  JsonWriter writer = begin(out, MessageKind::Challenge);
  writer.key("nonce").string(challenge.nonce);
  writer.key("time").integer(challenge.time_ms);
  writer.end_object();
}

void encode_hello(const Hello& hello, std::string& out) {
  JsonWriter writer = begin(out, MessageKind::Hello);
  append_optional(writer, "device", hello.device);
  append_optional(writer, "signature", hello.signature);
  append_optional(writer, "token", hello.token);
  writer.key("incarnation").string(HexText(hello.incarnation));
  writer.key("next").integer(as_integer(hello.next));
  writer.key("oldest").integer(as_integer(hello.oldest));
  append_optional(writer, "campaign", hello.campaign);
  writer.key("build").string(hello.build);
  writer.key("scenes").begin_array();
  for (std::string_view scene : hello.scenes) writer.string(scene);
  writer.end_array();
  writer.end_object();
}

void encode_welcome(const Welcome& welcome, std::string& out) {
  JsonWriter writer = begin(out, MessageKind::Welcome);
  writer.key("mark").integer(as_integer(welcome.mark));
  if (welcome.mark_hash != 0) {
    writer.key("mark_hash");
    append_hash(writer, welcome.mark_hash);
  }
  writer.key("limits").begin_object();
  writer.key("window_batches").integer(welcome.limits.window_batches);
  writer.key("max_rows").integer(welcome.limits.max_rows);
  writer.key("max_bytes").integer(welcome.limits.max_bytes);
  writer.end_object();
  writer.key("time").integer(welcome.time_ms);
  writer.end_object();
}

void encode_renew(const Renew& renew, std::string& out) {
  JsonWriter writer = begin(out, MessageKind::Renew);
  writer.key("mark").integer(as_integer(renew.mark));
  writer.key("recent_first").integer(as_integer(renew.recent_first));
  writer.key("recent").begin_array();
  for (uint64_t hash : renew.recent) append_hash(writer, hash);
  writer.end_array();
  writer.end_object();
}

void encode_loss(const Loss& loss, std::string& out) {
  JsonWriter writer = begin(out, MessageKind::Loss);
  writer.key("incarnation").string(HexText(loss.incarnation));
  writer.key("first").integer(as_integer(loss.first));
  writer.key("last").integer(as_integer(loss.last));
  writer.key("sent").integer(loss.sent_ms);
  writer.key("reason").string(loss_reason_name(loss.reason));
  writer.key("counts").begin_object();
  for (const auto& [type, count] : loss.counts) writer.key(type).integer(as_integer(count));
  writer.end_object();
  writer.end_object();
}

void encode_ack(const Ack& ack, std::string& out) {
  JsonWriter writer = begin(out, MessageKind::Ack);
  writer.key("incarnation").string(HexText(ack.incarnation));
  writer.key("mark").integer(as_integer(ack.mark));
  writer.key("quarantined").integer(as_integer(ack.quarantined));
  writer.end_object();
}

void encode_gap(const Gap& gap, std::string& out) {
  JsonWriter writer = begin(out, MessageKind::Gap);
  writer.key("incarnation").string(HexText(gap.incarnation));
  writer.key("expected").integer(as_integer(gap.expected));
  writer.end_object();
}

void encode_refused(const Refused& refused, std::string& out) {
  JsonWriter writer = begin(out, MessageKind::Refused);
  writer.key("code").string(frame_error_name(refused.code));
  writer.key("retry").integer(refused.retry_ms);
  writer.end_object();
}

BatchWriter::BatchWriter(std::string& out, const Id128& incarnation, uint64_t first,
                         int64_t sent_ms, bool memory_only, std::string_view context_members)
    : out_(out) {
  JsonWriter writer = begin(out, MessageKind::Batch);
  writer.key("incarnation").string(HexText(incarnation));
  writer.key("first").integer(as_integer(first));
  writer.key("sent").integer(sent_ms);
  if (memory_only) writer.key("storage").string("memory");
  out_.append(",\"common\":{");
  out_.append(context_members);
  out_.append("},\"rows\":[");
}

void BatchWriter::add_row(std::string_view members) {
  out_.append(empty_ ? "{" : ",{");
  out_.append(members);
  out_.push_back('}');
  empty_ = false;
}

void BatchWriter::finish() {
  out_.append("]}");
}

void encode_batch(const Batch& batch, std::string& out) {
  VITRINE_ASSERT(!batch.rows.empty());
  const RowContext& common = batch.rows.front().context;
  const std::string context = context_members(common);
  BatchWriter writer(out, batch.incarnation, batch.first, batch.sent_ms, batch.memory_only,
                     context);
  for (const Interaction& row : batch.rows) {
    const std::string own = own_members(row);
    writer.add_row(row.context == common ? own : context_members(row.context) + "," + own);
  }
  writer.finish();
}

std::string hello_signing_text(std::string_view nonce, std::string_view device) {
  std::string text = "vitrine.1 hello ";
  text.append(nonce).append(" ").append(device);
  return text;
}

}  // namespace vitrine::protocol
