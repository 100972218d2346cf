// SPDX-License-Identifier: MIT
// An outbox in IndexedDB; see js/library_outbox.js for tabs, locks and what lasts.
#pragma once

#include <string>

#include "engine/platform/outbox_store.h"
#include "wasm/js_results.h"

namespace vitrine::wasm {

// Which outbox load() takes.
enum class OutboxChoice : uint8_t {
  OrphanOrNew,  // one that an ended tab left with something in it, else a new one
  OrphanOnly,   // NotFound when there is none
};

class WebOutboxStore final : public OutboxStore {
 public:
  WebOutboxStore(OutboxChoice choice, Channel channel) : choice_(choice), channel_(channel) {}

  void load(Loaded loaded) override;
  void commit(OutboxChange change, Committed committed) override;
  OutboxDurability durability() const override;
  void poll() override;

  // Forgets the outbox and lets go of it. Expects that it holds nothing; nothing may follow.
  void discard();

 private:
  const OutboxChoice choice_;
  const Channel channel_;
  bool loaded_ = false;
  Pending<Loaded> loads_;
  Pending<Committed> commits_;
  std::string text_;  // of the change being written
};

}  // namespace vitrine::wasm
