// SPDX-License-Identifier: MIT
// The loop: both listeners, every socket, HTTP and WebSocket. All the rest of the server is called
// from here, on one thread, and never sees a socket.
//
// Limits are enforced here, before anything is kept: sizes, counts, times. What libwebsockets 4.1.6
// hides from us is listed in docs/protocol.md, section 10.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/status.h"
#include "server/connection_limits.h"
#include "server/forwarded.h"
#include "server/http/http.h"
#include "server/listener.h"
#include "server/tls_certificate.h"
#include "server/ws_session.h"

namespace vitrine {

// Durations in milliseconds.
struct WsTimeouts {
  int request = 10000;         // a connection that has not finished its request line and headers
  int http_idle = 30000;       // kept alive without a request
  int http_response = 120000;  // a response that is not taken off our hands
  int message = 10000;         // a fragmented message from first to last byte
  int ping_after = 25000;      // nothing heard
  int idle = 60000;            // nothing heard, not even a pong
  int slow_reader = 30000;     // something to send and the socket takes nothing
  int linger = 1000;           // a close that the other end does not complete
  int accept_pause = 200;      // after descriptors ran out
};

// What the loop asks of the rest. Loop's thread only.
class WsHandler {
 public:
  virtual ~WsHandler() = default;

  // Nothing: not known yet. It is asked again after every wake() until there is an answer.
  virtual std::optional<WebResponse> on_http(const WebRequest& request) = 0;
  // A refusal, or nothing: the handshake goes on.
  virtual std::optional<WebResponse> on_upgrade(const UpgradeRequest& request) = 0;
  struct Opening {
    ConnectionId connection = 0;
    std::string_view subprotocol;
    PeerAddress peer;
    bool has_origin = false;
    std::string_view host;  // that the client named; valid during the call
  };
  virtual std::unique_ptr<WsSession> on_open(const Opening& opening) = 0;
  virtual void on_wake() = 0;  // after wake(), at least once
  virtual void on_tick() = 0;  // four times a second
  virtual void on_stop() = 0;  // SIGTERM, SIGINT or stop(): settle what was taken
};

// Totals since start; loop's thread.
struct WsStats {
  uint64_t accepted = 0;
  uint64_t refused_limit = 0;
  uint64_t accept_pauses = 0;  // descriptors ran out
  uint64_t handshakes_refused = 0;
  uint64_t closed_by_code[5000] = {};  // by us, by close code
  uint64_t cut = 0;                    // did not complete their close, or were too slow to be told
  size_t connections = 0;
  size_t websockets = 0;
};

class WsServer {
 public:
  struct Options {
    std::vector<std::pair<ListenerKind, ListenAddress>> listen;
    ConnectionCaps caps;  // of the public listener
    // Of the staff listener, so that no crowd of shoppers locks staff out.
    ConnectionCaps staff_caps = {256, 64};
    WsTimeouts timeouts;
    TrustedProxies proxies;  // of the public listener
    // The public listener speaks TLS and nothing else.
    std::optional<TlsFiles> tls;
    std::function<void(const std::string& line)> log;  // may be empty; lines end in a line feed
    int send_buffer = 0;          // bytes the kernel keeps a socket; 0: as it likes
    int stop_deadline_ms = 3000;  // from stop() to the last connection's end
  };

  // Listens when this returns. `handler` outlives the server.
  static Result<std::unique_ptr<WsServer>> open(const Options& options, WsHandler& handler);
  ~WsServer();

  // With the ports the system chose.
  const ListenAddress& address(ListenerKind kind) const;

  // Serves until stopped; returns when every connection has ended.
  void run();
  // SIGTERM and SIGINT call stop() from now on. Loop's thread, before run().
  void watch_signals();

  // From any thread: on_wake soon.
  void wake();
  // From any thread: stop accepting and reading, settle, close 1001, return from run().
  void stop();

  // Looks at what a session wants after something outside of the socket changed it. Ids of
  // connections that are gone are ignored. Loop's thread.
  void service(ConnectionId connection);
  WsSession* session(ConnectionId connection);

  const WsStats& stats() const;

  struct Impl;  // ws_server_internal.h

 private:
  explicit WsServer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace vitrine
