// SPDX-License-Identifier: MIT
// Claims as a part of the server: connections of vitrine.claim.1, the desk, the thread that writes,
// the provider. Loop's thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/rules/voucher_proof.h"
#include "server/campaign_folder.h"
#include "server/claims/claim_writer.h"
#include "server/claims/holder_token.h"
#include "server/connection_limits.h"
#include "server/handoff/claim_desk.h"
#include "server/handoff/claim_session.h"
#include "server/handoff/kept_answers.h"
#include "server/providers/provider_settings.h"
#include "server/providers/provider_switch.h"
#include "server/store/device_registry.h"
#include "server/tokens.h"
#include "server/ws_server.h"

namespace vitrine {

class ClaimFront final : private ClaimSessionHost {
 public:
  struct Parts {
    const Clock* clock = nullptr;
    ClaimStore* store = nullptr;  // used by the writer's thread from attach() on
    std::unique_ptr<ClaimReader> reader;
    DeviceRegistry* registry = nullptr;
    const TokenMint* tokens = nullptr;
    const CampaignFolder* campaigns = nullptr;
    rules::VoucherKey voucher_key{};
    HolderKey holder_key{};           // of phones, people and lines
    bool closed = false;              // staff have stopped everything
    std::string closed_by = "staff";  // who of them
    ClaimWriterLimits writer_limits;  // link_life_ms: who a person was is kept no longer
    // "https://shop.example": where phones find this server. "": as each screen addresses it.
    std::string public_url;
    bool has_tls = false;                              // screens address it by https
    std::vector<ProviderSettings> providers;           // beside the sandbox
    bool allow_private = false;                        // they may be at private addresses
    std::function<void(const std::string& line)> log;  // may be empty; lines end in a line feed
  };

  // What `parts` points to outlives this.
  explicit ClaimFront(Parts parts);
  ~ClaimFront() override;

  // Starts the writer. Once; `server` outlives this one's use of it.
  void attach(WsServer& server);

  std::unique_ptr<WsSession> open(const WsHandler::Opening& opening);
  // Below /provider/.
  std::optional<WebResponse> on_http(const WebRequest& request);
  void on_wake();
  void on_tick();
  void on_stop();
  // A device was revoked or enrolled again: whose key that is not any more is cut off.
  void cut_off_revoked();
  // The newest command found no room on the disk.
  bool is_storage_full() const { return writer_ && writer_->stats().storage_full; }
  // Adds its part of /metrics.
  void append_metrics(std::string& out);
  // Campaigns came, went or changed.
  void on_campaigns();

  // What staff see and do; from attach() on.
  ClaimReader& reader() { return *parts_.reader; }
  const Pool* pool(std::string_view name) const { return desk_->pool(name); }
  void set_closed(bool closed, std::string_view actor);
  bool take_back(const Claim& claim, std::string_view actor, ClaimDesk::StaffDone done) {
    return desk_->take_back(claim, actor, std::move(done));
  }

 private:
  int64_t monotonic_ms() const override { return parts_.clock->monotonic_us() / 1000; }
  int64_t wall_ms() const override { return parts_.clock->wall_ms(); }
  protocol::ClaimDecoder& claim_decoder() override { return decoder_; }
  ClaimIdentity identify(const protocol::ClaimHello& hello, std::string_view nonce,
                         bool has_origin) override;
  void on_claim_hello(ClaimSession& session, std::string_view campaign) override;
  void on_claim_act(ClaimSession& session, protocol::ClaimKind kind,
                    const protocol::ClaimAct& act) override;
  void write_claim_state(const ClaimSession& session, std::string& out) override;
  void on_claim_closed(ClaimSession& session) override;

  ClaimDeskParts desk_parts();
  void open_providers(WsServer& server);
  Result<ClaimOwner> owner_of_claim(const Id128& claim);
  void say_providers();
  bool is_limited(const ClaimSession& session, protocol::ClaimKind kind);
  void serve_changed();
  void serve_screens();
  void apply_early();

  Parts parts_;
  HolderTokens holders_;
  std::unique_ptr<ProviderSwitch> providers_;
  KeptAnswers kept_;
  std::set<std::string> said_;  // of campaigns and their providers, once each
  std::unique_ptr<ClaimWriter> writer_;
  std::unique_ptr<ClaimDesk> desk_;
  protocol::ClaimDecoder decoder_;
  WsServer* server_ = nullptr;
  std::unordered_map<ConnectionId, ClaimSession*> sessions_;
  std::deque<std::pair<uint64_t, ClaimCommand>> early_;  // before there is a writer
  std::vector<ConnectionId> changed_;  // to be looked at when the current call is done
  struct ScreenDue {
    ConnectionId id;
    int64_t since_ms;
  };
  std::deque<ScreenDue> screens_due_;  // to be told what changed, after phones; each once
  // By name, so that coming back does not begin anew.
  RateLimiterOf<std::string> opens_{30, 0.5};
  RateLimiterOf<std::string> acts_{20, 2};  // of a phone, that the store is asked for
  RateLimiter joins_{6000, 100};
  RateLimiter numbers_{300, 5};
};

}  // namespace vitrine
