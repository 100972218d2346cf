// SPDX-License-Identifier: MIT
// Any bytes through the message decoder: what it accepts keeps what Message promises, and is the
// same after it was encoded and decoded again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/assert.h"
#include "engine/protocol/cloudevent.h"
#include "engine/protocol/messages.h"

using namespace vitrine;
using namespace vitrine::protocol;

namespace {

void check_row(const Interaction& row) {
  VITRINE_ASSERT(row.sequence >= 1 && row.sequence <= kMaxSequence);
  VITRINE_ASSERT(row.time_ms >= 0 && row.time_ms <= kMaxTimeMs);
  VITRINE_ASSERT(is_identifier(row.context.campaign, kMaxIdLength));
  VITRINE_ASSERT(!row.data.empty() && row.data.front() == '{' && row.data.back() == '}');
  VITRINE_ASSERT(row.data.find('\n') == std::string_view::npos);
}

void check_batch(const Batch& batch) {
  VITRINE_ASSERT(batch.count >= 1 && batch.count <= kMaxRows);
  VITRINE_ASSERT(batch.rows.size() + batch.refused.size() == batch.count);
  for (const Interaction& row : batch.rows) check_row(row);
  for (const RefusedRow& row : batch.refused) {
    VITRINE_ASSERT(row.sequence >= batch.first && row.sequence < batch.first + batch.count);
    VITRINE_ASSERT(row.row.size() <= kMaxRowBytes);
  }
}

void encode(const Message& message, std::string& out) {
  switch (message.kind) {
    case MessageKind::Challenge:
      return encode_challenge(message.challenge, out);
    case MessageKind::Hello:
      return encode_hello(message.hello, out);
    case MessageKind::Welcome:
      return encode_welcome(message.welcome, out);
    case MessageKind::Renew:
      return encode_renew(message.renew, out);
    case MessageKind::Batch:
      return encode_batch(message.batch, out);
    case MessageKind::Loss:
      return encode_loss(message.loss, out);
    case MessageKind::Ack:
      return encode_ack(message.ack, out);
    case MessageKind::Gap:
      return encode_gap(message.gap, out);
    case MessageKind::Refused:
      return encode_refused(message.refused, out);
  }
}

void check_round_trip(const Message& message) {
  if (message.kind == MessageKind::Batch && !message.batch.refused.empty()) return;
  static MessageDecoder again;
  std::string out;
  encode(message, out);
  if (out.size() > kMaxFrameBytes) return;
  const Message* second = again.decode(out);
  VITRINE_ASSERT(second != nullptr && second->kind == message.kind);
  if (message.kind != MessageKind::Batch) return;
  for (size_t i = 0; i < message.batch.rows.size(); ++i) {
    VITRINE_ASSERT(row_hash(message.batch.rows[i]) == row_hash(second->batch.rows[i]));
  }
}

void check_event(const Message& message, std::string_view source) {
  check_batch(message.batch);
  VITRINE_ASSERT(is_identifier(source, kMaxIdLength));
  for (const Interaction& row : message.batch.rows) {
    std::string out;
    append_cloudevent(out, {.device = source,
                            .incarnation = message.batch.incarnation,
                            .interaction = row,
                            .sent_ms = message.batch.sent_ms,
                            .received_ms = 1795286765000});
    static MessageDecoder again;
    VITRINE_ASSERT(again.decode_cloudevent(out) != nullptr);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static MessageDecoder decoder;
  if (const Message* message = decoder.decode(bytes)) {
    if (message->kind == MessageKind::Batch) check_batch(message->batch);
    check_round_trip(*message);
  }
  if (const Message* event = decoder.decode_cloudevent(bytes)) {
    check_event(*event, decoder.cloudevent_source());
  }
  decoder.decode_stored_row(bytes);
  return 0;
}
