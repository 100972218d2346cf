// SPDX-License-Identifier: MIT
// The server's rules of docs/protocol.md as a small model: marks, settling, gaps, renewals, losses.
// It keeps what it settled, so a test can compare it with what was recorded.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/protocol/messages.h"

namespace vitrine::fakes {

class SimServer {
 public:
  struct Stream {
    uint64_t mark = 0;
    std::map<uint64_t, uint64_t> hashes;  // by sequence; 0: settled without a stored row
  };

  // What the server says to `text`, in order. `storage_full` refuses what would have to be stored.
  std::vector<std::string> receive(const std::string& text, bool storage_full) {
    const protocol::Message* message = decoder_.decode(text);
    std::vector<std::string> answers;
    if (!message) {
      ++refused_frames;
      answers.push_back(refused(decoder_.frame_error(), 0));
      return answers;
    }
    std::string out;
    switch (message->kind) {
      case protocol::MessageKind::Hello:
        if (hellos_ == kMaxHellos) {
          ++refused_frames;
          out = refused(protocol::FrameError::Unexpected, 0);
          break;
        }
        ++hellos_;
        hello(message->hello, out);
        break;
      case protocol::MessageKind::Batch:
        if (!storage_full) batch(message->batch, out);
        break;
      case protocol::MessageKind::Loss:
        if (!storage_full) loss(message->loss, out);
        break;
      default:
        out = refused(protocol::FrameError::UnknownKind, 0);
    }
    const bool stores = message->kind == protocol::MessageKind::Batch ||
                        message->kind == protocol::MessageKind::Loss;
    if (storage_full && stores) out = refused(protocol::FrameError::StorageFull, 200);
    if (!out.empty()) answers.push_back(out);
    return answers;
  }

  std::string challenge() {
    gap_said_ = false;
    hellos_ = 0;
    std::string out;
    protocol::encode_challenge({.nonce = nonce_, .time_ms = 1795286765000}, out);
    return out;
  }

  std::map<Id128, Stream> streams;
  std::map<std::string, int> stored;  // by the row's data: how often
  uint64_t stored_rows = 0;
  uint64_t lost_rows = 0;
  uint64_t counted_losses = 0;  // the part of lost_rows whose type is known
  uint64_t renewals = 0;
  uint64_t gaps = 0;
  uint64_t duplicates = 0;
  uint64_t conflicts = 0;
  uint64_t refused_frames = 0;
  uint64_t memory_only_batches = 0;
  std::set<std::string> poison;  // data whose frame is refused whole
  bool refuses_counts = false;   // of losses, whole
  protocol::Limits limits;

 private:
  static constexpr int kMaxHellos = 16;  // without anything being settled

  static std::string refused(protocol::FrameError error, uint32_t retry) {
    std::string out;
    protocol::encode_refused({.code = error, .retry_ms = retry}, out);
    return out;
  }

  void hello(const protocol::Hello& hello, std::string& out) {
    incarnation_ = hello.incarnation;
    const Stream& stream = streams[incarnation_];
    if (hello.next <= stream.mark) {
      ++renewals;
      renew(stream, out);
      return;
    }
    protocol::encode_welcome({.mark = stream.mark,
                              .mark_hash = stream.mark > 0 ? stream.hashes.at(stream.mark) : 0,
                              .limits = limits,
                              .time_ms = 1795286765000},
                             out);
  }

  static void renew(const Stream& stream, std::string& out) {
    protocol::Renew renew{.mark = stream.mark};
    const uint64_t count = std::min<uint64_t>(stream.mark, protocol::kHashWindowRows);
    renew.recent_first = stream.mark + 1 - count;
    for (uint64_t i = renew.recent_first; i <= stream.mark; ++i) {
      renew.recent.push_back(stream.hashes.at(i));
    }
    protocol::encode_renew(renew, out);
  }

  // Whether a message about `first` to `last` fits; says gap once until something fits again.
  bool fits(uint64_t first, std::string& out) {
    Stream& stream = streams[incarnation_];
    if (first <= stream.mark + 1) {
      gap_said_ = false;
      return true;
    }
    if (!gap_said_) {
      ++gaps;
      gap_said_ = true;
      protocol::encode_gap({.incarnation = incarnation_, .expected = stream.mark + 1}, out);
    }
    return false;
  }

  void acknowledge(std::string& out) {
    hellos_ = 0;
    protocol::encode_ack({.incarnation = incarnation_, .mark = streams[incarnation_].mark}, out);
  }

  void batch(const protocol::Batch& batch, std::string& out) {
    if (batch.incarnation != incarnation_) {
      out = refused(protocol::FrameError::WrongIncarnation, 0);
      return;
    }
    for (const protocol::Interaction& row : batch.rows) {
      if (poison.count(std::string(row.data)) == 0) continue;
      ++refused_frames;
      out = refused(protocol::FrameError::NotJson, 0);
      return;
    }
    if (!fits(batch.first, out)) return;
    if (batch.memory_only) ++memory_only_batches;
    for (const protocol::Interaction& row : batch.rows) store(row);
    acknowledge(out);
  }

  void store(const protocol::Interaction& row) {
    Stream& stream = streams[incarnation_];
    if (row.sequence <= stream.mark) {
      ++duplicates;
      if (stream.hashes[row.sequence] != row_hash(row)) ++conflicts;
      return;
    }
    stream.mark = row.sequence;
    stream.hashes[row.sequence] = row_hash(row);
    ++stored[std::string(row.data)];
    ++stored_rows;
  }

  void loss(const protocol::Loss& loss, std::string& out) {
    if (refuses_counts && !loss.counts.empty()) {
      ++refused_frames;
      out = refused(protocol::FrameError::BadLoss, 0);
      return;
    }
    if (!fits(loss.first, out)) return;
    Stream& stream = streams[incarnation_];
    if (loss.last > stream.mark && loss.first <= stream.mark) {
      ++gaps;
      protocol::encode_gap({.incarnation = incarnation_, .expected = stream.mark + 1}, out);
      return;
    }
    if (loss.last > stream.mark) {
      for (uint64_t i = loss.first; i <= loss.last; ++i) stream.hashes[i] = 0;
      lost_rows += loss.last + 1 - loss.first;
      for (const auto& [type, count] : loss.counts) counted_losses += count;
      stream.mark = loss.last;
    }
    acknowledge(out);
  }

  protocol::MessageDecoder decoder_;
  Id128 incarnation_;
  std::string nonce_ = std::string(protocol::kNonceHexLength, 'e');
  bool gap_said_ = false;
  int hellos_ = 0;
};

}  // namespace vitrine::fakes
