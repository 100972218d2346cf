// SPDX-License-Identifier: MIT
// Where a device keeps interactions until the server has settled them: SQLite on its own thread
// natively, IndexedDB in a browser, memory where neither can be had. The Outbox (engine/telemetry)
// decides what is written; this seam only makes it last.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/status.h"

namespace vitrine {

// One interaction, encoded (the JSON object of docs/protocol.md, "row").
struct OutboxRow {
  uint64_t sequence = 0;
  std::string row;
};

// Rows that were dropped before the server had them; travels in their place.
struct OutboxLoss {
  uint64_t first = 0;
  uint64_t last = 0;
  std::string reason;         // a loss reason of docs/protocol.md: outbox_full, storage_failed, ...
  std::string count_by_type;  // JSON object: {"screen_touched": 12}
};

// Everything an outbox holds.
struct OutboxContents {
  // Whose numbers are whose, as the Outbox wrote it; stores do not look into it. Printable ASCII.
  std::string lives;  // "": the store is new and empty
  uint64_t next_sequence = 1;
  // Whose session had begun and not ended when the newest change was made: what all its rows share,
  // as the Outbox wrote it; "" when nobody was engaged.
  std::string open_session;
  std::vector<OutboxRow> rows;     // ascending
  std::vector<OutboxLoss> losses;  // ascending, not overlapping rows
};

// One atomic change. Applied in this order.
struct OutboxChange {
  bool replace_all = false;      // forget everything first (renew: rows come again, renumbered)
  std::string lives;             // stored when not empty
  uint64_t settled_through = 0;  // forget rows and losses up to and including this sequence
  // Forgets the rows they cover; one that begins where a held one begins replaces it.
  std::vector<OutboxLoss> add_losses;
  std::vector<OutboxRow> add_rows;
  uint64_t next_sequence = 0;  // stored when not 0
  // Stored always, "" too, with the row that ends it. A store may leave it out, as a page's does:
  // then nobody learns how a session ended that the program did not outlive.
  std::string open_session;
};

enum class OutboxDurability : uint8_t {
  Durable,     // survives power-off (native) or reload and tab crash (browser)
  MemoryOnly,  // no storage could be had, or it is full: said in panel, metrics and next batch
};

class OutboxStore {
 public:
  using Loaded = std::function<void(Result<OutboxContents>)>;
  using Committed = std::function<void(Status)>;

  virtual ~OutboxStore() = default;

  // Reads what is held. `loaded` runs exactly once, from poll(). DataLoss when the store is
  // damaged: it has been moved aside and the next commit starts a new one.
  virtual void load(Loaded loaded) = 0;

  // Makes `change` last, all or nothing; changes are applied in the order given. `committed` runs
  // exactly once, from poll(), in the order of the calls. ResourceExhausted: the disk is full or
  // the quota spent, nothing of this change was stored, later ones may succeed. DataLoss: the store
  // was found damaged and moved aside with all it held; the caller commits everything anew, with
  // replace_all. The caller keeps at most a few changes in flight and groups rows itself (10
  // commits a second at most, none when idle). A change that is made while another is on its way
  // brings again what that one brings; the page that makes it may be gone before either is done.
  virtual void commit(OutboxChange change, Committed committed) = 0;

  virtual OutboxDurability durability() const = 0;

  // Delivers results. Called once a frame.
  virtual void poll() = 0;
};

}  // namespace vitrine
