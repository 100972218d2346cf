// SPDX-License-Identifier: MIT
// One connection of vitrine.claim.1, without a socket: challenge → hello → acts ↔ state. However
// much happens, one state waits to be sent: the newest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/protocol/claim_messages.h"
#include "server/connection_id.h"
#include "server/listen_address.h"
#include "server/store/device_registry.h"
#include "server/ws_session.h"

namespace vitrine {

class ClaimSession;

// Who a hello turned out to be.
struct ClaimIdentity {
  bool accepted = false;
  bool is_screen = false;
  std::string name;                          // device, or holder: "" for a phone that has none yet
  std::optional<Ed25519PublicKey> key = {};  // that a screen signed with
  protocol::CloseCode refusal = protocol::CloseCode::NotAuthenticated;
};

// What a session needs from the rest of the server.
class ClaimSessionHost {
 public:
  virtual ~ClaimSessionHost() = default;

  virtual int64_t monotonic_ms() const = 0;
  virtual int64_t wall_ms() const = 0;
  // One for all sessions: use it up before the next decode().
  virtual protocol::ClaimDecoder& claim_decoder() = 0;
  virtual ClaimIdentity identify(const protocol::ClaimHello& hello, std::string_view nonce,
                                 bool has_origin) = 0;
  virtual void on_claim_hello(ClaimSession& session, std::string_view campaign) = 0;
  virtual void on_claim_act(ClaimSession& session, protocol::ClaimKind kind,
                            const protocol::ClaimAct& act) = 0;
  virtual void write_claim_state(const ClaimSession& session, std::string& out) = 0;
  virtual void on_claim_closed(ClaimSession& session) = 0;
};

class ClaimSession final : public WsSession {
 public:
  struct Opening {
    ConnectionId id = 0;
    PeerAddress peer;
    bool has_origin = false;
    std::string site;   // "https://shop.example", as the client addressed the server
    std::string nonce;  // 64 hex digits, fresh
  };
  // `host` outlives the session.
  ClaimSession(ClaimSessionHost& host, Opening opening);

  void on_text(std::string_view text) override;
  void on_tick() override;
  void on_closed() override;
  bool has_output() const override;
  void take_output(std::string& out) override;
  std::optional<CloseRequest> close_request() const override { return close_; }
  bool is_paused() const override { return false; }

  void on_changed() { state_due_ = is_open_ && !close_; }
  void close(protocol::CloseCode code);
  // Of whoever serves sessions one after the other. False: it waits for its turn already.
  bool wait_for_turn() { return !std::exchange(waits_, true); }
  void take_turn() { waits_ = false; }

  ConnectionId id() const { return opening_.id; }
  const PeerAddress& peer() const { return opening_.peer; }
  const std::string& site() const { return opening_.site; }
  const ClaimIdentity& identity() const { return identity_; }

 private:
  ClaimSessionHost& host_;
  const Opening opening_;
  const int64_t opened_ms_;
  ClaimIdentity identity_;
  std::optional<CloseRequest> close_;
  bool challenge_due_ = true;
  bool state_due_ = false;
  bool is_open_ = false;
  bool waits_ = false;    // for its turn
  uint32_t request_ = 0;  // newest: they rise
};

}  // namespace vitrine
