// SPDX-License-Identifier: MIT
// The messages of docs/protocol.md, one codec for both ends. Text in, checked value out; nothing
// inside needs to be checked again.
//
// Decoding is one pass over a reused document; after the largest message so far it allocates
// nothing. Everything a Message points to lives in the decoder and in the text that was decoded:
// use it before the next decode() and while the text lives. One decoder a thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/id128.h"
#include "engine/base/json/json.h"
#include "engine/protocol/codes.h"
#include "engine/protocol/interaction.h"
#include "engine/protocol/limits.h"

namespace vitrine::protocol {

enum class MessageKind : uint8_t {
  Challenge,
  Hello,
  Welcome,
  Renew,
  Batch,
  Loss,
  Ack,
  Gap,
  Refused,
};

std::string_view message_kind_name(MessageKind kind);  // "challenge", ...

// Server → device, first on every connection.
struct Challenge {
  std::string_view nonce = {};  // 64 hex digits
  int64_t time_ms = 0;          // the server's clock
};

// Device → server. Exactly one of signature and token is not "".
struct Hello {
  std::string_view device = {};     // identifier; "" with a token, which names its holder
  std::string_view signature = {};  // 128 hex digits over hello_signing_text()
  std::string_view token = {};
  Id128 incarnation = {};
  uint64_t next = 1;               // one more than any sequence this outbox may have sent
  uint64_t oldest = 1;             // the lowest sequence held, row or loss; = next when nothing is
  std::string_view campaign = {};  // "" when the device shows none yet
  std::string_view build = {};
  std::vector<std::string_view> scenes = {};
};

struct Limits {
  uint32_t window_batches = kDefaultWindowBatches;  // unacknowledged batch and loss messages
  uint32_t max_rows = kMaxRows;
  uint32_t max_bytes = kMaxFrameBytes;
};

// Server → device: go on from mark + 1.
struct Welcome {
  uint64_t mark = 0;
  // row_hash() of the row at the mark; 0 when none is stored there or it is not known. A device
  // that holds another row under that number is a copy of a running one and asks for a renewal.
  uint64_t mark_hash = 0;
  Limits limits = {};
  int64_t time_ms = 0;
};

// Server → device: this incarnation has settled more than you numbered. Take a new one, renumber.
// `recent` are the row hashes of the last rows stored under the old incarnation, the first of which
// has sequence `recent_first`: a held row with the same sequence and hash is there already.
struct Renew {
  uint64_t mark = 0;
  uint64_t recent_first = 0;          // 0: no hashes
  std::vector<uint64_t> recent = {};  // at most kHashWindowRows
};

struct RefusedRow {
  uint64_t sequence = 0;
  RowRefusal reason{};
  std::string_view row = {};  // as written, at most kMaxRowBytes of it; may cut a character in two
};

// Device → server. Rows `first`, first + 1, ... in order; every one is in `rows` or in `refused`.
struct Batch {
  Id128 incarnation = {};
  uint64_t first = 0;
  uint32_t count = 0;        // rows.size() + refused.size()
  int64_t sent_ms = 0;       // the device's clock when it sent this; corrects the rows' times
  bool memory_only = false;  // the device's storage is full or absent
  std::vector<Interaction> rows = {};
  std::vector<RefusedRow> refused = {};
};

// Device → server, in place of rows `first` to `last`.
struct Loss {
  Id128 incarnation = {};
  uint64_t first = 0;
  uint64_t last = 0;
  int64_t sent_ms = 0;
  LossReason reason{};
  // Sums to at most last - first + 1; what is missing is of unknown type. Names are identifiers,
  // not necessarily in this build's dictionary.
  std::vector<std::pair<std::string_view, uint64_t>> counts = {};
  std::string_view counts_json = {};  // the same as it was written
};

// Server → device: everything up to mark is settled and on disk.
struct Ack {
  Id128 incarnation = {};
  uint64_t mark = 0;
  uint64_t quarantined = 0;  // of this connection so far
};

// Server → device: what arrived does not follow the mark; send again from `expected`.
struct Gap {
  Id128 incarnation = {};
  uint64_t expected = 0;
};

// Server → device: the frame was refused whole.
struct Refused {
  FrameError code{};
  uint32_t retry_ms = 0;  // storage_full: wait so long, then send again from mark + 1
};

struct Message {
  MessageKind kind{};
  // The member that `kind` names is valid; the others keep their memory for later.
  Challenge challenge;
  Hello hello;
  Welcome welcome;
  Renew renew;
  Batch batch;
  Loss loss;
  Ack ack;
  Gap gap;
  Refused refused;
};

class MessageDecoder {
 public:
  // Null and frame_error() when the frame as a whole is refused. The Message is the decoder's.
  const Message* decode(std::string_view text);

  // One structured CloudEvent (subprotocol cloudevents.json) as a batch of one row. `source` is the
  // event's source attribute: the device's id.
  const Message* decode_cloudevent(std::string_view text);
  std::string_view cloudevent_source() const { return source_; }

  // The row of an outbox: whole, as append_context_members and append_own_members write it. Null
  // when it does not agree with this build's dictionary; frame_error() is then Unexpected if it is
  // an object at all (another build wrote it: send it as it is, the server decides).
  const Interaction* decode_stored_row(std::string_view text);

  FrameError frame_error() const { return error_; }
  // Name of the member that was refused, "" when it was the frame; for logs and tests.
  std::string_view error_field() const { return error_field_; }

 private:
  friend struct FrameReader;

  bool parse(std::string_view text);

  JsonDocument document_;
  std::string compacted_;  // data that was written over several lines
  Message message_;
  Interaction stored_ = {};
  std::string_view source_ = {};
  FrameError error_{};
  std::string_view error_field_ = {};
};

// Each replaces `out` by the message; with enough capacity nothing is allocated.
void encode_challenge(const Challenge& challenge, std::string& out);
void encode_hello(const Hello& hello, std::string& out);
void encode_welcome(const Welcome& welcome, std::string& out);
void encode_renew(const Renew& renew, std::string& out);
void encode_loss(const Loss& loss, std::string& out);
void encode_ack(const Ack& ack, std::string& out);
void encode_gap(const Gap& gap, std::string& out);
void encode_refused(const Refused& refused, std::string& out);
// For tests and tools; devices build batches from stored rows with BatchWriter.
void encode_batch(const Batch& batch, std::string& out);

// Builds a batch from encoded members without decoding them.
class BatchWriter {
 public:
  // `context_members` as append_context_members wrote them.
  BatchWriter(std::string& out, const Id128& incarnation, uint64_t first, int64_t sent_ms,
              bool memory_only, std::string_view context_members);
  // `members` without braces: the own members alone, or the whole row where its context differs.
  void add_row(std::string_view members);
  void finish();

 private:
  std::string& out_;
  bool empty_ = true;
};

// What a device signs to prove who it is: "vitrine.1 hello NONCE DEVICE".
std::string hello_signing_text(std::string_view nonce, std::string_view device);

}  // namespace vitrine::protocol
