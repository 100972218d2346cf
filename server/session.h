// SPDX-License-Identifier: MIT
// The life of one device's connection, without a socket, a clock or a thread of its own:
//
//   challenge → hello → (welcome | renew, hello again) → batches and losses ↔ ack, gap, refused
//
// Text comes in by on_text; what is settled comes in by on_completion; what is to be sent is
// pulled. At most one acknowledgement, one gap and one refusal wait to be sent, whatever the reader
// does.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/protocol/messages.h"
#include "server/device_login.h"
#include "server/ingest/ingest.h"
#include "server/store/device_registry.h"
#include "server/writer.h"
#include "server/ws_session.h"

namespace vitrine {

enum class Subprotocol : uint8_t { Vitrine1, CloudEvents };

// What the live view shows of a batch, kept until it is settled.
struct BatchSummary {
  std::string newest_type;  // of the last good row; "" when there is none
  std::string newest_campaign;
  std::string newest_scene;
};

// What is known of a connected screen.
struct SessionInfo {
  std::string device;
  std::string campaign;
  std::string bound_campaign;  // of its token; "": a device with a key, which may record for any
  std::optional<Ed25519PublicKey> key;  // that it signed with
  std::string build;
  Id128 incarnation;
  uint64_t mark = 0;
  uint64_t rows = 0;      // newly stored by this connection
  uint64_t named = 0;     // its hello named everything up to this number as its own
  int64_t opened_ms = 0;  // wall clock, as the next
  int64_t heard_ms = 0;   // when it said something last
};

class Session;

// The numbers a hello names.
struct HeldRange {
  uint64_t next = 1;
  uint64_t oldest = 1;
};

// What a session needs from the rest of the server.
class SessionHost {
 public:
  virtual ~SessionHost() = default;

  virtual int64_t monotonic_ms() const = 0;
  virtual int64_t wall_ms() const = 0;

  // For what comes before a welcome. One for all sessions: use it up before the next decode().
  virtual protocol::MessageDecoder& decoder() = 0;
  virtual Identity authenticate(const protocol::Hello& hello, std::string_view nonce,
                                bool has_origin) = 0;
  // The steps of ingest that need no store: a refusal of the whole frame, or `out`.
  virtual std::optional<protocol::FrameError> accept(const Session& session, std::string_view text,
                                                     IngestBatch& out) = 0;

  // False: the queue is full and nothing was taken; Session::retry follows when there is room.
  virtual bool submit_hello(Session& session, const HeldRange& held) = 0;
  virtual bool submit_batch(Session& session, IngestBatch&& batch) = 0;

  // Ends an older session of the same device and incarnation.
  virtual void on_welcomed(Session& session) = 0;
  virtual void on_settled(Session& session, const Completion& completion,
                          const BatchSummary& summary) = 0;
  virtual void on_frame_refused(protocol::FrameError error) = 0;
  virtual void on_closed(Session& session) = 0;
};

struct SessionLimits {
  int hello_timeout_ms = 10000;
  uint32_t window_batches = 16;  // read on, unacknowledged; the welcome announces half
  uint32_t bad_frames = 3;       // the connection ends with this one
};

class Session final : public WsSession {
 public:
  // `nonce`: 64 hex digits, fresh. `host` outlives the session.
  Session(SessionHost& host, const SessionLimits& limits, ConnectionId id, Subprotocol subprotocol,
          bool has_origin, std::string nonce);

  void on_text(std::string_view text) override;
  void on_tick() override;
  void on_closed() override;
  bool has_output() const override;
  void take_output(std::string& out) override;
  std::optional<CloseRequest> close_request() const override { return close_; }
  bool is_paused() const override;

  // Of something this session submitted, in the order of submission.
  void on_completion(const Completion& completion);
  // The queue has room again.
  void retry();
  void close(protocol::CloseCode code);

  ConnectionId id() const { return id_; }
  const SessionInfo& info() const { return info_; }
  bool is_open() const { return state_ == State::Open; }
  bool is_waiting() const { return waiting_batch_.has_value() || waiting_hello_.has_value(); }
  Subprotocol subprotocol() const { return subprotocol_; }

 private:
  enum class State : uint8_t { AwaitHello, HelloSubmitted, Open, Closed };

  void on_first_text(std::string_view text);
  bool is_new_hello(std::string_view text);
  void on_hello(const protocol::Hello& hello);
  void submit(IngestBatch&& batch);
  void refuse_frame(protocol::FrameError error);
  void on_hello_completion(const Completion& completion);
  void on_gap(const Completion& completion);
  void take_hello_answer(std::string& out);

  SessionHost& host_;
  const SessionLimits& limits_;
  const ConnectionId id_;
  const Subprotocol subprotocol_;
  const bool has_origin_;
  State state_ = State::AwaitHello;
  std::string nonce_;
  int64_t opened_ms_ = 0;
  SessionInfo info_;
  std::optional<CloseRequest> close_;

  std::deque<BatchSummary> outstanding_;  // submitted, newest last
  std::optional<IngestBatch> waiting_batch_;
  std::optional<HeldRange> waiting_hello_;
  uint64_t quarantined_ = 0;
  uint32_t bad_frames_ = 0;
  uint32_t hellos_ = 0;

  bool challenge_due_ = true;
  bool hello_answer_due_ = false;
  bool renew_ = false;
  uint64_t mark_hash_ = 0;     // of the welcome
  uint64_t recent_first_ = 0;  // of a renewal, until it is sent
  std::vector<uint64_t> recent_;
  bool ack_due_ = false;
  bool gap_due_ = false;
  bool gap_told_ = false;  // and nothing settled since
  std::optional<protocol::Refused> refused_due_;
};

}  // namespace vitrine
