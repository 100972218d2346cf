// SPDX-License-Identifier: MIT
// The connection of a claim: it comes about when there is something to say, says hello, and comes
// back when it was lost (docs/claim-protocol.md, sections 2 and 3). What is said is the ends'.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/platform/device_identity.h"
#include "engine/platform/transport.h"
#include "engine/protocol/backoff.h"
#include "engine/protocol/claim_messages.h"

namespace vitrine::claim {

class LineListener {
 public:
  virtual ~LineListener() = default;
  // `first`: the one that answers hello; from then on the line is open.
  virtual void on_state(const protocol::ClaimState& state, bool first) = 0;
  // An open line is lost. Whatever was not answered nobody knows of.
  virtual void on_lost() = 0;
  // Named in hello; "": none.
  virtual std::string_view holder() const = 0;
};

struct LineSeams {
  const Clock& clock;
  DeviceIdentity& identity;
  Transport& transport;
};

class Line final : private TransportListener {
 public:
  // All outlive the line. `signs`: by the device's key, as a screen does; else by token.
  Line(const LineSeams& seams, bool signs, std::string build, uint64_t seed,
       LineListener& listener);
  ~Line() override;
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  // A line of another campaign begins anew.
  void set_campaign(std::string_view campaign);
  // Whether there is anything to say; without, it closes.
  void want(bool wanted);
  void poll();

  // A person waits: the next attempt is made now, unless it was refused.
  void hurry();
  // Hears where things are from the beginning, on a new connection.
  void begin_anew();
  // An answer does not come.
  void abandon(std::string_view why);
  // It does what it should: the next loss is forgiven at once.
  void prove() { backoff_.reset(); }

  bool open() const { return phase_ == Phase::Open; }
  // How long it has been wanted and not open.
  int64_t down_us() const { return open() || !wanted_ ? 0 : now_us() - down_since_us_; }

  // The number of the request; 0: not sent.
  uint32_t send(protocol::ClaimKind kind, protocol::ClaimAct act);
  // Forgets the newest message for good.
  void wipe();

 private:
  enum class Phase : uint8_t { Idle, Waiting, Connecting, Greeting, Open, Closing, Refused };

  void on_open() override;
  void on_message(std::string_view message) override;
  void on_close(uint16_t code, std::string_view reason) override;

  void handle(const protocol::ClaimMessage& message);
  void say_hello(std::string_view nonce);
  void close(std::string_view why);
  int64_t now_us() const { return seams_.clock.monotonic_us(); }

  LineSeams seams_;
  const bool signs_;
  const std::string build_;
  LineListener& listener_;
  protocol::Backoff backoff_;
  std::unique_ptr<protocol::ClaimDecoder> decoder_;
  std::string campaign_, out_;
  Phase phase_ = Phase::Idle;
  bool wanted_ = false;
  bool hello_said_ = false;
  bool come_back_ = false;  // closed on purpose, to begin anew
  bool slow_ = false;       // Waiting: the same attempt will fail for a while
  uint32_t requests_ = 0;   // on this connection
  int64_t retry_us_ = 0;
  int64_t opened_us_ = 0;
  int64_t down_since_us_ = 0;
};

}  // namespace vitrine::claim
