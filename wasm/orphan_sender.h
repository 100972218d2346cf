// SPDX-License-Identifier: MIT
// Sends what other tabs left behind. A tab that starts takes one orphaned outbox as its own; when
// several tabs were closed, or one is closed while this one lives, the rest is sent from here: one
// orphan at a time, each under its own incarnation over a connection of its own, then forgotten.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/platform/platform.h"
#include "engine/telemetry/outbox.h"
#include "wasm/web_outbox_store.h"
#include "wasm/web_transport.h"

namespace vitrine::wasm {

class OrphanSender {
 public:
  // `platform` outlives this; its transport and outbox store are not used.
  OrphanSender(const Platform& platform, telemetry::OutboxOptions options);
  ~OrphanSender();

  // Once a frame; looks for an orphan now and then.
  void poll();
  void flush();

 private:
  // Everything one orphan needs; made when a search begins, ended when it is settled or not found.
  struct Job;
  void begin();

  const Platform& platform_;
  const telemetry::OutboxOptions options_;
  int64_t next_search_us_;
  std::unique_ptr<Job> job_;
};

}  // namespace vitrine::wasm
