// SPDX-License-Identifier: MIT
// Screens and phones as raw clients of vitrine.claim.1. Blocking, with a limit on every wait.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/protocol/claim_messages.h"
#include "tests/server/claim_wire.h"
#include "tests/server/live_server.h"

namespace vitrine::test {

class ClaimPeer {
 public:
  // A connection and its challenge; hello is not said.
  ClaimPeer(LiveServer& server, bool has_origin);

  void send(std::string_view text);
  void act(protocol::ClaimKind kind, protocol::ClaimAct act = {});
  // The next state as it came; "" when the connection ended.
  std::string read_state();
  // Reads states until the stage is this one; false when the connection ends or time is up.
  bool wait_for(std::string_view stage);
  void wait_until_not(std::string_view stage);
  // Reads states until one has an action.
  std::string wait_for_action();
  // Of the newest state read; "" where it is absent.
  std::string member(std::string_view name) const;
  std::string stage();
  int closed_with() { return wire_->read_close_code(); }
  const std::string& nonce() const { return wire_->nonce(); }

 protected:
  LiveServer& server_;
  bool has_origin_;
  std::unique_ptr<ClaimWire> wire_;
};

class ScreenPeer : public ClaimPeer {
 public:
  explicit ScreenPeer(LiveServer& server, const std::string& name = "");
  void open(std::string_view product);
};

class PhonePeer : public ClaimPeer {
 public:
  explicit PhonePeer(LiveServer& server);
  static std::string hello_text(LiveServer& server, std::string_view holder);
  void join(const std::string& ticket);
  void agree();
  // A new connection of the same phone, with what it was told to keep.
  void reconnect();

 private:
  Id128 join_key_, agree_key_;
};

}  // namespace vitrine::test
