// SPDX-License-Identifier: MIT
// Everything recorded goes to the server exactly once, whatever fails in between: it is numbered,
// stored, sent, and forgotten when the server has settled it (docs/protocol.md has the rules).
//
// Every start of the program numbers what it records under an incarnation of its own, and what an
// earlier start left is sent under that one's: two programs never give the same number, whatever
// disk they were copied to or restored from. Whose session was open is stored with the rows: when
// the program stopped in the middle of it, the next start records that it ended `unclean`, once. Of
// an end that was sent from memory, and for which the disk had no room until the program stopped,
// the next start does not know: it records another, so of two ends the first one holds.
//
// Rows are sent after the device has stored them; while there is no storage (MemoryOnly, disk full)
// they are sent from memory and the batch says so. Pure logic over two seams; one thread; poll()
// once a frame.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/id128.h"
#include "engine/platform/device_identity.h"
#include "engine/platform/outbox_store.h"
#include "engine/platform/platform.h"
#include "engine/platform/transport.h"
#include "engine/protocol/messages.h"
#include "engine/telemetry/recorder.h"

namespace vitrine::telemetry {

struct Committing;
struct CommittingLoss;

struct OutboxSeams {
  const Clock& clock;
  RandomBytes& random;  // incarnations, and the seed of the back-off
  DeviceIdentity& identity;
  Transport& transport;
  OutboxStore& store;
};

struct OutboxOptions {
  std::string build = {};                // build id, at most 64
  std::vector<std::string> scenes = {};  // ids of the scenes this program has, at most 64
  bool online = true;                    // false: store only, never connect (--offline)
  // Beyond either the oldest unsettled rows are dropped and a loss range travels in their place.
  size_t max_rows = 100000;
  size_t max_bytes = 32 * 1024 * 1024;
  uint64_t seed = 0;  // of the back-off's jitter; 0: from `random`
};

enum class OutboxPhase : uint8_t {
  Loading,  // the store has not answered yet
  Offline,  // online = false, or the server said never (see close_code)
  Waiting,  // backing off
  Connecting,
  Greeting,  // connected, hello not yet answered
  Open,      // rows flow
};

std::string_view outbox_phase_name(OutboxPhase phase);

// For the staff panel, metrics and tests. Counters since start.
struct OutboxStatistics {
  OutboxPhase phase = OutboxPhase::Loading;
  bool memory_only = false;    // rows would not survive a power cut now
  bool store_damaged = false;  // at start or later; what could not be read was left behind
  Id128 incarnation;           // that is spoken for: an earlier start's until all of it is settled
  uint64_t next_sequence = 1;  // these count on over all incarnations
  uint64_t mark = 0;           // settled through
  uint64_t held_rows = 0;      // not settled yet
  uint64_t held_bytes = 0;
  uint64_t unstored_rows = 0;  // of these, not persisted yet
  uint64_t held_losses = 0;    // ranges
  uint64_t in_flight = 0;      // batch and loss messages not acknowledged
  uint64_t recorded = 0;       // given a number
  uint64_t settled = 0;        // of what was held, acknowledged by the server
  // Rows in loss ranges declared since start, but for those that were on their way when they were
  // dropped: they count once a server has said that it does not have them.
  uint64_t lost = 0;
  uint64_t quarantined = 0;  // refused by the server, on this and earlier connections
  uint64_t commits = 0;
  uint64_t looked_at = 0;  // rows and ranges, to find what a commit has to store
  uint64_t commit_failures = 0;
  uint64_t connections = 0;  // opened
  uint64_t renewals = 0;
  uint64_t gaps = 0;
  uint64_t refused_frames = 0;
  uint16_t close_code = 0;      // of the last connection, 0 when there was none
  int64_t retry_in_ms = 0;      // while Waiting
  int64_t clock_offset_ms = 0;  // server's clock minus ours, from the last welcome
};

class Outbox : private TransportListener {
 public:
  // `recorder` and everything in `seams` outlive the outbox; starts to load at once.
  Outbox(const OutboxSeams& seams, OutboxOptions options, Recorder& recorder);
  ~Outbox() override;
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  // Polls store and transport, takes what was recorded, commits, sends. Never blocks.
  void poll();

  // The page hides or the program ends: whatever was recorded is committed now, not 100 ms later
  // nor when the commit before is answered. The connection stays.
  void flush();

  // True: of what is recorded only what a claim needs is taken from now on (dictionary: needed for
  // claims); the rest is forgotten and counted nowhere. What was taken before stays.
  void set_claims_only(bool claims_only);

  // Named in the next hello.
  void set_campaign(std::string_view campaign);

  // Nothing recorded is unstored and no commit is on its way: the program may end.
  bool is_stored() const;

  // Nothing is held: the server has it all.
  bool is_settled() const;

  // As of now.
  OutboxStatistics statistics() const;

 private:
  struct State;

  void on_open() override;
  void on_message(std::string_view message) override;
  void on_close(uint16_t code, std::string_view reason) override;

  // The store's side (outbox.cpp).
  void loaded(Result<OutboxContents> contents);
  void adopt(const OutboxContents& contents);
  bool is_wanted(protocol::TypeId type) const;
  void take_recorded();
  void enforce_limits();
  bool has_news() const;
  void commit_when_due();
  void commit();
  void committed(const Status& status);
  void note_stored(const Committing& done);
  OutboxChange make_change(std::vector<CommittingLoss>& losses);
  void store_all_again();

  // Whose numbers are whose (outbox_lives.cpp).
  bool read_lives(std::string_view text);
  std::string lives_text() const;
  void begin_first_life();
  void begin_next_life();
  void leave_settled_life();
  uint64_t first_of_life(uint64_t sequence) const;
  void handle_renew(const protocol::Renew& renew);
  bool holds_another_row(uint64_t sequence, uint64_t hash) const;
  bool is_copy_ahead(const protocol::Renew& renew) const;
  void renew_now();

  // The connection's side (outbox_connection.cpp).
  void connect_when_due();
  void greet_when_ready();
  void say_hello();
  void handle(const protocol::Message& message);
  void handle_challenge(const protocol::Challenge& challenge);
  uint64_t next_to_tell() const;
  void handle_welcome(const protocol::Welcome& welcome);
  void handle_ack(const protocol::Ack& ack);
  void handle_gap(const protocol::Gap& gap);
  void handle_refused(const protocol::Refused& refused);
  void blame_next_row();
  void settle(uint64_t mark);
  void rewind(uint64_t sequence);
  void send_when_possible();
  bool send_next();
  void note_sent(uint64_t last);
  bool send_loss(size_t index);
  bool send_batch(size_t index);
  bool may_send(size_t index) const;
  void abandon(std::string_view why);

  std::unique_ptr<State> state_;
};

}  // namespace vitrine::telemetry
