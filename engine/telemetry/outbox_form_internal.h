// SPDX-License-Identifier: MIT
// What an outbox holds in memory and what its store holds, the one made into the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/platform/outbox_store.h"
#include "engine/protocol/messages.h"
#include "engine/telemetry/held_queue_internal.h"

namespace vitrine::telemetry {

// Of a range that is lost, and of a row.
OutboxLoss store_form(const HeldItem& item);
OutboxRow store_form_of_row(const HeldItem& item);

// Whether somebody was engaged. `context_members` as protocol::append_context_members writes them.
bool names_session(std::string_view context_members);

// session_ended of a session that the program did not outlive.
OutboxRow unclean_end(const std::string& context_members, uint64_t sequence, int64_t time_ms);

// Rows and losses of a store in one ascending list; whatever is missing between is a loss.
class Adoption {
 public:
  Adoption(HeldQueue& queue, uint64_t first) : queue_(queue) { queue_.clear(first); }

  void add(const OutboxLoss& loss);
  void add(const OutboxRow& row);
  void fill_until(uint64_t sequence);

  // Numbers that no earlier start has called lost.
  uint64_t declared() const { return declared_; }

 private:
  void declare(uint64_t count);

  HeldQueue& queue_;
  protocol::MessageDecoder decoder_;
  uint64_t declared_ = 0;
};

// The newest number that is in use, or the next one where that is newer.
uint64_t newest_number(const OutboxContents& contents);
// The oldest number of which something is held; at least 1.
uint64_t first_held(const OutboxContents& contents);

}  // namespace vitrine::telemetry
