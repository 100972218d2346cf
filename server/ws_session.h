// SPDX-License-Identifier: MIT
// One WebSocket connection as the socket layer sees it: it pushes text in and pulls text out. The
// session never writes; it says that it has something, and the socket asks when it can send. What
// is not asked for yet is merged (one cumulative acknowledgement), so a slow reader costs nothing.
// Loop's thread only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/connection_id.h"

namespace vitrine {

struct CloseRequest {
  uint16_t code = 1000;
  std::string_view reason;  // static, at most 123 bytes of UTF-8
};

class WsSession {
 public:
  virtual ~WsSession() = default;

  // One whole text message, valid UTF-8, at most kMaxMessageBytes. `text` is valid during the call.
  virtual void on_text(std::string_view text) = 0;
  // About once a second, for deadlines.
  virtual void on_tick() = 0;
  // Nothing more comes and nothing more can be sent; the session is destroyed next.
  virtual void on_closed() = 0;

  virtual bool has_output() const = 0;
  // Replaces `out` by the next message. Expects: has_output().
  virtual void take_output(std::string& out) = 0;

  // Set once; what has_output() says is sent first.
  virtual std::optional<CloseRequest> close_request() const = 0;
  // While true, nothing is read from the socket.
  virtual bool is_paused() const = 0;
};

}  // namespace vitrine
