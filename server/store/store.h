// SPDX-License-Identifier: MIT
// Where the server keeps what devices sent. Written for whoever implements it: memory (tests, load
// tests), SQLite (the default), one day PostgreSQL. One suite, tests/server/store_test.cpp, runs
// over all of them.
//
// Words. A *stream* is one outbox of one device: (device, incarnation). Its rows are numbered from
// 1. Its *mark* is the highest sequence up to which every number is settled: stored, quarantined or
// declared lost. *Durable order* is the order in which groups were appended.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id128.h"
#include "engine/base/status.h"
#include "engine/protocol/interaction.h"

namespace vitrine {

// Small and dense, from 1; 0 is "not known yet". Never reused.
using StreamNumber = uint32_t;

// Which stream, and how far the group moves its mark. Strings are valid during append() only.
struct StreamUpdate {
  std::string_view device;
  Id128 incarnation;
  StreamNumber stream = 0;  // 0: look it up or create it; a successful append() fills it in
  uint64_t mark_before = 0;
  uint64_t mark_after = 0;  // >= mark_before
};

// One interaction to keep. Times are milliseconds since 1970-01-01 UTC. All three are kept as they
// were told; what is corrected from them (protocol::corrected_time_ms) is computed when read.
struct RowToStore {
  uint32_t update = 0;  // index into Group::streams
  uint64_t sequence = 0;
  int64_t device_time = 0;    // the device's clock when it happened
  int64_t sent_time = 0;      // the device's clock when the batch left
  int64_t received_time = 0;  // the server's clock when the batch came
  protocol::Mode mode = protocol::Mode::Live;
  Id128 session;
  std::string_view type;
  std::string_view campaign;
  std::string_view brand;
  std::string_view scene;
  std::string_view data;  // a JSON object, already checked against the dictionary
};

// A row that was refused for good. It is settled like any other.
struct QuarantinedRow {
  uint32_t update = 0;
  uint64_t sequence = 0;
  int64_t received_time = 0;
  std::string_view reason;  // a name of docs/protocol.md
  std::string_view row;     // the bytes as they came, clipped to 4096
};

// Rows the device dropped and says so; they are settled as lost.
struct LossRange {
  uint32_t update = 0;
  uint64_t first = 0;
  uint64_t last = 0;
  int64_t received_time = 0;
  std::string_view reason;
  std::string_view count_by_type;  // a JSON object
};

// What one append makes durable: all of it or nothing.
struct Group {
  std::vector<StreamUpdate> streams;
  std::vector<RowToStore> rows;  // in each stream ascending
  std::vector<QuarantinedRow> quarantined;
  std::vector<LossRange> losses;
  std::deque<std::string> texts;  // that views above may look into

  void clear();
  bool empty() const { return streams.empty(); }
};

struct StreamState {
  StreamNumber stream = 0;
  uint64_t mark = 0;
};

// Totals over the store's whole life, kept in the transaction of what they count, so that reading
// them costs the same at ten rows and at ten million. Retention does not lower them.
struct StoreCounters {
  uint64_t rows = 0;
  uint64_t quarantined = 0;
  uint64_t lost = 0;  // rows, not ranges
  uint64_t streams = 0;
  uint64_t retired = 0;  // rows that retention removed
  std::map<std::string, uint64_t> rows_by_type;
  std::map<std::string, uint64_t> quarantined_by_reason;
  std::map<std::string, uint64_t> lost_by_reason;
};

// How long interactions of a campaign are kept.
struct RetentionPolicy {
  int default_days = 180;
  std::map<std::string, int> days_by_campaign;

  int days_for(std::string_view campaign) const;
};

// One interaction as it comes back.
struct StoredRow {
  uint64_t position = 0;  // in the durable order; rises, may have holes
  std::string device;
  Id128 incarnation;
  uint64_t sequence = 0;
  int64_t device_time = 0;
  int64_t sent_time = 0;
  int64_t received_time = 0;
  protocol::Mode mode = protocol::Mode::Live;
  Id128 session;
  std::string type, campaign, brand, scene, data;
};

struct StoredQuarantine {
  uint64_t position = 0;
  std::string device;
  Id128 incarnation;
  uint64_t sequence = 0;
  int64_t received_time = 0;
  std::string reason, row;
};

struct StoredLoss {
  uint64_t position = 0;
  std::string device;
  Id128 incarnation;
  uint64_t first = 0, last = 0;
  int64_t received_time = 0;
  std::string reason, count_by_type;
};

struct ReadFilter {
  std::optional<std::string> campaign;
  std::optional<int64_t> received_since;  // received_time >= this
  std::optional<int64_t> received_until;  // received_time < this
};

// Reads behind the writer's back: own connection, sees only what is durable, never blocks an
// append, holds no snapshot between calls. One thread at a time. It may outlive the Store.
class StoreReader {
 public:
  virtual ~StoreReader() = default;

  // Looks at up to `limit` rows (> 0) behind position `after` and puts those that pass `filter`
  // into `rows` (cleared first). Returns the position to go on from. Equal to `after`: nothing
  // newer is durable yet. `rows` may stay empty although there is more.
  virtual Result<uint64_t> read_rows(uint64_t after, size_t limit, const ReadFilter& filter,
                                     std::vector<StoredRow>& rows) = 0;
  virtual Result<uint64_t> read_quarantine(uint64_t after, size_t limit,
                                           std::vector<StoredQuarantine>& rows) = 0;
  virtual Result<uint64_t> read_losses(uint64_t after, size_t limit,
                                       std::vector<StoredLoss>& losses) = 0;
  // The newest `limit` rows, newest first.
  virtual Status read_newest(size_t limit, std::vector<StoredRow>& rows) = 0;
  virtual Result<StoreCounters> counters() = 0;
  // nullopt: nothing of this stream is stored.
  virtual Result<std::optional<StreamState>> find_stream(std::string_view device,
                                                         const Id128& incarnation) = 0;
};

// The writing side. One caller thread: the writer's.
//
// A disk that reports an error on write or sync has an unknown state below the page cache, and
// asking again proves nothing. An implementation stops the process then (see sqlite_store.h) and
// recovers at the next start; it does not return.
class Store {
 public:
  virtual ~Store() = default;

  // Returns only when all of `group` is durable. On any error nothing of it is stored and nothing
  // of it may be acknowledged:
  //   ResourceExhausted  no room; the same group may succeed later
  //   Unavailable        a stream's stored mark is not mark_before (another server wrote it), or
  //                      the outcome is unknown: read the marks again, then decide
  //   InvalidArgument    a row's `update` names no stream, or a sequence lies outside
  //                      (mark_before, mark_after]: our own bug, refused before anything is written
  virtual Status append(Group& group) = 0;

  // nullopt: this stream has never appended; its mark is 0.
  virtual Result<std::optional<StreamState>> find_stream(std::string_view device,
                                                         const Id128& incarnation) = 0;

  // The last stored rows of a stream, newest first, at most `limit`; quarantined and lost ones are
  // not among them, nor what retention removed. Device and incarnation are left empty. For
  // comparing resends after a start.
  virtual Status read_stream_tail(StreamNumber stream, size_t limit,
                                  std::vector<StoredRow>& rows) = 0;

  // Removes up to `max_rows` rows that are older than the policy allows at `now_ms`; returns how
  // many it looked at: 0 means there is nothing to do for now. Bounded work, for calling between
  // groups.
  virtual Result<size_t> retire(const RetentionPolicy& policy, int64_t now_ms, size_t max_rows) = 0;

  virtual Result<std::unique_ptr<StoreReader>> open_reader() = 0;
};

// Refuses what no store may accept; every implementation calls it first in append().
Status check_group(const Group& group);

}  // namespace vitrine
