// SPDX-License-Identifier: MIT
// Everything between the sockets and the store: routes, who is connected, who may record, and the
// way of a batch to the writer and of its settlement back. Loop's thread, except where said.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "server/campaign_folder.h"
#include "server/handoff/claim_front.h"
#include "server/ingest/ingest.h"
#include "server/live_view.h"
#include "server/public_site.h"
#include "server/session.h"
#include "server/staff/publisher.h"
#include "server/staff/staff_api.h"
#include "server/staff_site.h"
#include "server/writer.h"
#include "server/ws_server.h"

namespace vitrine {

class Front final : public WsHandler, public SessionHost {
 public:
  struct Parts {
    const Clock* clock = nullptr;
    Store* store = nullptr;  // used by the writer's thread from attach() on
    DeviceRegistry* registry = nullptr;
    CampaignFolder* campaigns = nullptr;
    TokenMint tokens = TokenMint::temporary();
    StaffAuth staff = StaffAuth::open_to_all();
    OriginRules origins;
    std::string web;
    std::string authority;    // ServerOptions::authority
    bool page_worker = true;  // ServerOptions::page_worker
    SessionLimits session_limits;
    WriterLimits writer_limits;
    RetentionPolicy retention;
    ClaimStore* claims = nullptr;     // null: nothing is handed out here
    ConsoleStore* console = nullptr;  // what staff decided
    rules::VoucherKey voucher_key{};
    HolderKey holder_key{};  // of phones, people and lines
    std::string public_url;  // of the server, for phones; "": as each screen addresses it
    bool has_tls = false;    // on the public listener
    std::vector<ProviderSettings> providers;  // ServerOptions::providers
    bool allow_private_webhooks = false;
    std::function<void()> on_stop;                       // may be empty
    std::function<void(const std::string& line)> log;    // may be empty; lines end in a line feed
    std::function<void(std::string& out)> more_metrics;  // appends lines for /metrics; may be empty
  };

  // What `parts` points to outlives the front. `counters`: the store's, now.
  // Expects: claims' reader can be opened.
  Front(Parts parts, const StoreCounters& counters);
  ~Front() override;

  // Starts the writer. Once, before the server runs; `server` outlives the front's use of it.
  void attach(WsServer& server);

  std::optional<WebResponse> on_http(const WebRequest& request) override;
  std::optional<WebResponse> on_upgrade(const UpgradeRequest& request) override;
  std::unique_ptr<WsSession> on_open(const Opening& opening) override;
  void on_wake() override;
  void on_tick() override;
  void on_stop() override;

  int64_t monotonic_ms() const override;
  int64_t wall_ms() const override;
  protocol::MessageDecoder& decoder() override { return decoder_; }
  Identity authenticate(const protocol::Hello& hello, std::string_view nonce,
                        bool has_origin) override;
  std::optional<protocol::FrameError> accept(const Session& session, std::string_view text,
                                             IngestBatch& out) override;
  bool submit_hello(Session& session, const HeldRange& held) override;
  bool submit_batch(Session& session, IngestBatch&& batch) override;
  void on_welcomed(Session& session) override;
  void on_settled(Session& session, const Completion& completion,
                  const BatchSummary& summary) override;
  void on_frame_refused(protocol::FrameError error) override;
  void on_closed(Session& session) override;

 private:
  using StreamKey = std::pair<std::string, Id128>;

  std::string illness() const;
  void retry_waiting();
  void leave_stream(ConnectionId id);
  void cut_off_revoked();
  void poll_campaigns();
  void tell_of_campaigns();
  Publisher::Parts publisher_parts();
  StaffApi::Parts staff_parts();
  void ask_writer();
  void ask_claim_writer();
  std::unique_ptr<ClaimFront> make_claims();

  Parts parts_;
  LiveView live_;
  Publisher publisher_;
  StaffApi staff_api_;
  PublicSite public_site_;
  StaffSite staff_site_;
  Ingest ingest_;
  protocol::MessageDecoder decoder_;
  WsServer* server_ = nullptr;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<ClaimFront> claims_;  // null: none
  std::map<ConnectionId, Session*> sessions_;
  std::map<StreamKey, ConnectionId> streams_;  // who has said hello for it last
  std::map<ConnectionId, StreamKey> stream_of_;
  std::deque<ConnectionId> waiting_;   // for room in the writer's queue, in order
  std::vector<ConnectionId> touched_;  // scratch of on_wake
  uint64_t registry_version_ = 0;
  int64_t registry_checked_ms_ = 0;
  int64_t campaigns_checked_ms_ = 0;
  bool was_full_ = false;         // the disk for interactions, when it was asked last
  bool were_claims_full_ = false;  // for claims
};

}  // namespace vitrine
