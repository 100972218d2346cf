// SPDX-License-Identifier: MIT
// The one thread that applies claim commands. The loop submits, the writer applies whole groups in
// one durable transaction, and hands back one completion a submission through a queue that the loop
// drains; as server/writer.h does for interactions.
//
//   loop:    if (!claims.submit(number, std::move(command))) answer "busy, try again";
//   writer:  ... apply ... wake();
//   loop:    for (const ClaimCompletion& done : claims.take_completions()) ...
//
// Holds whose time is over go back to the stock by themselves, within a second; so do member links
// that are older than they may be. A hold is as long as it was asked for, from when it is written,
// whatever is done to the clock meanwhile (hold_clock.h): its times move with the clock.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/status.h"
#include "server/claims/claim_store.h"

namespace vitrine {

struct ClaimWriterLimits {
  size_t max_queued = 20000;  // commands
  size_t max_group = 2048;    // commands of one transaction at most; the rest waits for the next
  int64_t group_window_us = 500;  // under load: how long a group waits to be as large as the last
  int64_t expire_every_us = 500'000;
  int64_t link_life_ms = 0;  // how long a member link is kept; 0: until erased
  // None is longer: one that would be is of a clock that was set back between two runs.
  int64_t longest_hold_ms = 60 * 60'000;
};

// Totals since the process started, and what is waiting. From any thread.
struct ClaimWriterStats {
  uint64_t commands = 0;  // completed
  uint64_t groups = 0;    // transactions that had commands of others
  uint64_t expired = 0;   // holds
  uint64_t retired_links = 0;
  uint64_t clock_jumps = 0;   // that were followed
  uint64_t refused_full = 0;  // commands that found no room on the disk
  uint64_t refused_unavailable = 0;
  uint64_t refused_queue_full = 0;
  size_t queued = 0;
  int64_t last_apply_us = 0;
  bool storage_full = false;  // the last transaction found no room
};

class ClaimWriter {
 public:
  // `store` and `clock` outlive the writer. `wake` is called on the writer's thread when the
  // completion queue was empty and is not any more; it must not block.
  ClaimWriter(ClaimStore& store, const Clock& clock, const ClaimWriterLimits& limits,
              std::function<void()> wake);
  ~ClaimWriter();  // stop()

  // Any thread. False: the queue is full or the writer was stopped; nothing was taken, `command` is
  // untouched, and no completion comes. What one thread submits is applied in its order.
  bool submit(uint64_t number, ClaimCommand&& command);

  // Everything completed since the last call, in the order applied. The reference is valid until
  // the next call. Loop's thread only.
  const std::vector<ClaimCompletion>& take_completions();

  // Applies what is queued, then ends the thread. Completions can still be taken afterwards.
  void stop();

  ClaimWriterStats stats() const;

 private:
  class Worker;

  std::unique_ptr<Worker> worker_;
};

}  // namespace vitrine
