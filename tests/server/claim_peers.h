// SPDX-License-Identifier: MIT
// Screens and phones as raw clients of vitrine.claim.1. Blocking, with a limit on every wait.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "engine/protocol/claim_messages.h"
#include "tests/server/claim_wire.h"
#include "tests/server/live_server.h"

namespace vitrine::test {

// Where they are: a server of this process, or another program's.
struct ClaimVenue {
  ClaimVenue(LiveServer& server)  // NOLINT: implicit by design
      : port([&server] { return server.port(); }), device([&server](const std::string& name) {
          return name.empty() ? server.device() : server.enrol(name);
        }) {}
  ClaimVenue(std::function<uint16_t()> at, TestDevice screen)
      : port(std::move(at)), device([screen](const std::string&) { return screen; }) {}

  std::function<uint16_t()> port;
  std::function<TestDevice(const std::string& name)> device;  // "": the usual one
};

class ClaimPeer {
 public:
  // A connection and its challenge; hello is not said.
  ClaimPeer(const ClaimVenue& venue, bool has_origin);

  void send(std::string_view text);
  void act(protocol::ClaimKind kind, protocol::ClaimAct act = {});
  // The next state as it came; "" when the connection ended.
  std::string read_state();
  // Reads states until the stage is this one; false when the connection ends or time is up.
  bool wait_for(std::string_view stage);
  void wait_until_not(std::string_view stage);
  // Reads states until its place in a line is this one; false when the connection ends.
  bool wait_for_place(std::string_view stage);
  // Reads states until one has an action.
  std::string wait_for_action();
  // Of the newest state read, "queue.stage" of its line; "" where it is absent.
  std::string member(std::string_view name) const;
  std::string stage();
  int closed_with() { return wire_->read_close_code(); }
  const std::string& nonce() const { return wire_->nonce(); }

 protected:
  ClaimVenue venue_;
  bool has_origin_;
  std::unique_ptr<ClaimWire> wire_;
};

class ScreenPeer : public ClaimPeer {
 public:
  explicit ScreenPeer(const ClaimVenue& venue, const std::string& name = "");
  void open(std::string_view product);
};

class PhonePeer : public ClaimPeer {
 public:
  explicit PhonePeer(const ClaimVenue& venue);
  static std::string hello_text(const ClaimVenue& venue, std::string_view holder);
  void join(const std::string& ticket);
  void agree();
  void take_number(const std::string& line);
  // A new connection of the same phone, with what it was told to keep.
  void reconnect();

 private:
  Id128 join_key_, agree_key_;
};

}  // namespace vitrine::test
