// SPDX-License-Identifier: MIT
// The one thread that writes. The loop submits, the writer settles whole groups in one durable
// append, and hands back one completion a submission through a queue that the loop drains.
//
//   loop:    if (!writer.submit_batch(connection, std::move(batch))) pause reading that socket;
//   writer:  ... append ... wake();                  // e.g. ev_async_send / lws_cancel_service
//   loop:    for (const Completion& done : writer.take_completions()) ...
//
// Everything about a stream's mark goes through here, hello too: a hello that follows a batch of an
// older connection of the same stream sees that batch settled.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "server/connection_id.h"
#include "server/ingest/batch.h"
#include "server/store/store.h"

namespace vitrine {

enum class CompletionKind : uint8_t {
  Hello,        // mark and renew are set
  Settled,      // everything up to mark is durable: acknowledge
  Gap,          // refused, nothing recorded; the device must go on at `mark` + 1
  Full,         // refused, no room on disk; the device keeps it and tries again later
  Unavailable,  // refused, may work later
};

struct Completion {
  ConnectionId connection = 0;
  CompletionKind kind = CompletionKind::Settled;
  StreamNumber stream = 0;  // 0 until something of the stream is stored
  uint64_t mark = 0;
  bool renew = false;       // Hello: the device's next sequence is not above the mark
  uint64_t mark_hash = 0;   // Hello: protocol::row_hash of the row at the mark; 0: unknown, none
  uint32_t rows = 0;        // Settled: of this batch, newly stored
  uint32_t duplicates = 0;  // settled before
  uint32_t quarantined = 0;
  // With renew: hashes (protocol::row_hash) of the last rows up to the mark, the first of which has
  // sequence recent_first; 0 where there is no row or it is not known. Empty: nothing is known.
  uint64_t recent_first = 0;
  std::vector<uint64_t> recent;
};

struct WriterLimits {
  size_t max_queued_rows = 200000;
  size_t max_queued_bytes = 64u << 20;
  // Under load a group is held open until it has so many rows or so long, whichever comes first;
  // with nothing else waiting it is committed at once.
  size_t group_rows = 2048;
  int64_t group_window_us = 2000;
  // Rows of one append at most; the rest waits for the next one.
  size_t max_group_rows = 8192;
  // Streams whose last rows are remembered for comparing resends: 2 KiB each.
  size_t remembered_streams = 20000;
};

// Totals since the process started, and what is waiting. From any thread.
struct WriterStats {
  uint64_t batches = 0;
  uint64_t groups = 0;
  uint64_t rows = 0;
  uint64_t quarantined = 0;
  uint64_t lost = 0;
  uint64_t duplicates = 0;
  uint64_t conflicts = 0;   // a resend that differs from what is stored
  uint64_t uncompared = 0;  // a resend too old to compare
  uint64_t gaps = 0;
  uint64_t refused_full = 0;
  uint64_t refused_unavailable = 0;
  uint64_t refused_queue_full = 0;
  uint64_t retention_looked_at = 0;  // rows; what was removed is in StoreCounters
  size_t queued_rows = 0;
  size_t queued_bytes = 0;
  int64_t last_append_us = 0;
  bool store_full = false;  // the last append found no room
  std::map<std::string, uint64_t> quarantined_by_reason;
  std::map<std::string, uint64_t> lost_by_reason;
};

class Writer {
 public:
  // `store` and `clock` outlive the writer. `wake` is called on the writer's thread when the
  // completion queue was empty and is not any more; it must not block.
  Writer(Store& store, const Clock& clock, const WriterLimits& limits, std::function<void()> wake);
  ~Writer();  // stop()

  // The loop's side. False: the queue is full, nothing was taken (`batch` is untouched); stop
  // reading that socket and try again after the next completions. After stop() always false.
  bool submit_batch(ConnectionId connection, IngestBatch&& batch);
  // `oldest_held`: the lowest sequence the device holds; the completion has mark_hash when that is
  // at or below the mark.
  bool submit_hello(ConnectionId connection, std::string device, const Id128& incarnation,
                    uint64_t next_sequence, uint64_t oldest_held = UINT64_MAX);

  // Everything completed since the last call, in the order of the submissions of each connection.
  // The reference is valid until the next call. Loop's thread only.
  const std::vector<Completion>& take_completions();

  // Retention is off until this is called. Takes effect between groups.
  void set_retention(RetentionPolicy policy);

  // Settles what is queued, then ends the thread. Completions can still be taken afterwards.
  void stop();

  WriterStats stats() const;

 private:
  class Worker;

  std::unique_ptr<Worker> worker_;
};

}  // namespace vitrine
