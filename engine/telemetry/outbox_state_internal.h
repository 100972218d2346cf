// SPDX-License-Identifier: MIT
// What the two halves of the Outbox share.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "engine/protocol/backoff.h"
#include "engine/protocol/messages.h"
#include "engine/telemetry/held_queue_internal.h"
#include "engine/telemetry/outbox.h"

namespace vitrine::telemetry {

inline constexpr int64_t kCommitIntervalUs = 100000;  // 10 commits a second
inline constexpr int64_t kCommitRetryUs = 5000000;    // after a full disk
inline constexpr int64_t kGreetingTimeoutUs = 15000000;
inline constexpr int64_t kAckTimeoutUs = 60000000;  // nothing acknowledged for so long
inline constexpr int64_t kProvenUs = 30000000;      // a connection this old resets the back-off
inline constexpr uint32_t kMaxGapsInPlace = 4;
inline constexpr uint32_t kMaxHellos = 16;  // on a connection, without an acknowledgement

struct CommittingLoss {
  uint64_t first = 0;
  uint64_t last = 0;
  uint32_t changes = 0;
};

// A change that is on its way to the store, with every row up to `through` that was not known to be
// there.
struct Committing {
  uint64_t through = 0;
  uint64_t settled = 0;
  std::vector<CommittingLoss> losses;
  bool is_void = false;  // one before it failed: whatever it brought is brought again
};

// A start of the program, and the first number it gave. On the wire its rows are numbered from 1,
// under its own incarnation.
struct Life {
  Id128 incarnation;
  uint64_t first = 1;
};

struct Outbox::State {
  State(const OutboxSeams& s, OutboxOptions o, Recorder& r, uint64_t seed)
      : seams(s), options(std::move(o)), recorder(r), backoff(seed) {}

  bool stores() const { return !store_failed && store_usable; }
  int64_t now_us() const { return seams.clock.monotonic_us(); }
  int64_t wall_ms() const {
    return std::clamp<int64_t>(seams.clock.wall_ms(), 0, protocol::kMaxTimeMs);
  }

  // Of the life that is spoken for. Only the newest one is not over.
  const Id128& incarnation() const { return lives.front().incarnation; }
  uint64_t wire_base() const { return lives.front().first - 1; }
  bool is_over() const { return lives.size() > 1; }
  // The last number of a life that is over; of one that is not, the last there is.
  uint64_t last_number() const { return (is_over() ? lives[1].first : queue.next()) - 1; }

  OutboxSeams seams;
  OutboxOptions options;
  Recorder& recorder;
  OutboxPhase phase = OutboxPhase::Loading;
  // Whose numbers may still have to be sent, oldest first. The last one is this start of the
  // program.
  std::vector<Life> lives;
  HeldQueue queue;
  bool claims_only = false;  // nothing else is taken
  // Context members of the newest row, while it belongs to a session that has not ended; else "".
  std::string open_session;
  OutboxStatistics counters;  // only what is counted; the rest is filled in on request

  // Store. Rows up to stored_through are persisted; losses know it themselves.
  bool store_usable = true;    // false: the store could not even be read, do not write over it
  bool store_failed = false;   // the last commit failed
  bool store_replace = false;  // the next commit starts the store anew
  bool lives_stored = false;   // or in the commit that is on its way
  bool flush_requested = false;
  bool renewing = false;  // told to, not yet renumbered
  bool renewal_committing = false;
  uint64_t stored_through = 0;
  uint64_t stored_settled = 0;
  Ring<Committing> committing;  // oldest first; more than one after a flush
  int64_t next_commit_us = 0;

  // Connection.
  protocol::MessageDecoder decoder;
  protocol::Backoff backoff;
  std::string campaign;
  std::string nonce;  // "" until the challenge
  bool hello_said = false;
  uint32_t hellos = 0;       // on this connection, since the last acknowledgement
  bool come_back = false;    // more than a connection takes is left to be said hello for
  bool ask_renewal = false;  // the server's mark is a row we do not know
  std::string out;           // the message being written
  protocol::Limits limits;
  protocol::Renew renewal;
  Ring<uint64_t> in_flight;  // last sequence of each unacknowledged message
  uint64_t mark = 0;
  uint64_t send_next = 1;
  uint64_t sent_through = 0;  // highest sequence sent on this connection; a rewind leaves it
  // One more than any number that this life has sent. A server whose mark is higher has it from a
  // copy of this running program: a virtual machine that was resumed twice.
  uint64_t never_sent = 1;
  int64_t retry_us = 0;  // Waiting: when to connect
  int64_t opened_us = 0;
  int64_t progress_us = 0;      // last acknowledgement, or when something was first in flight
  int64_t paused_until_us = 0;  // the server's disk is full
  uint64_t gap_at = 0;
  uint32_t gaps_in_place = 0;
  uint64_t quarantined_before = 0;
  uint64_t quarantined_here = 0;
  // A frame was refused whole: one row a message until this sequence, so that the next refusal
  // names its row. 0: not careful.
  uint64_t careful_through = 0;

  // Callbacks of the store may outlive the outbox.
  std::shared_ptr<Outbox*> self;
};

}  // namespace vitrine::telemetry
