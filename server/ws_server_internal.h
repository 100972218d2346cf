// SPDX-License-Identifier: MIT
// Shared by the parts of the loop: ws_server.cpp (libwebsockets: handshakes and frames),
// ws_server_http.cpp (libwebsockets: requests and responses), ws_server_request.cpp (libwebsockets:
// what a request says) and ws_server_loop.cpp (libev: accepting, time, stopping). Nobody else
// includes it.
#pragma once

#include <ev.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/message_assembler.h"
#include "server/ws_server.h"

struct lws;
struct lws_context;
struct lws_vhost;

namespace vitrine {

// A request being received or a response being sent.
struct HttpExchange {
  WebRequest request;
  WebResponse response;
  size_t declared = 0;  // bytes of body, by the request's Content-Length
  bool keep_alive = false;
  bool has_response = false;
  bool body_ended = false;
  bool head_sent = false;
  size_t sent = 0;  // of the body
};

// One accepted socket, from accept to the library's last word about it.
struct Connection {
  ConnectionId id = 0;
  lws* wsi = nullptr;
  ListenerKind listener = ListenerKind::Public;
  bool ending = false;   // it will be cut if the close is not complete soon
  bool closing = false;  // the library has begun to close it
  bool cut = false;      // told to die without further manners
  bool paused = false;
  bool ping_due = false;
  bool has_origin = false;
  PeerAddress peer;
  std::string host;        // of an upgrade, until its session is made
  int64_t heard_ms = 0;    // last byte of meaning from the other end
  int64_t phase_ms = 0;    // when the current phase began: request, response, message, closing
  int64_t stalled_ms = 0;  // since when output waits for the socket; 0: it does not
  int64_t pinged_ms = 0;   // 0: no ping outstanding
  std::unique_ptr<WsSession> session;  // a WebSocket
  std::unique_ptr<HttpExchange> http;  // HTTP, while a request is being handled
  uint16_t close_code = 0;             // asked for by the loop itself; 0: not
  MessageAssembler assembler;
};

// ws_server_request.cpp; while the library still holds the request's headers.
WebRequest request_of(lws* wsi, const Connection& connection);
UpgradeRequest upgrade_of(lws* wsi, const Connection& connection);
bool wants_keep_alive(lws* wsi);
std::string forwarded_for_of(lws* wsi);   // X-Forwarded-For; "" without
std::string content_length_of(lws* wsi);  // as it was written; "" when it was not

// Of a response's body, at a time.
constexpr size_t kHttpChunk = 32 * 1024;

struct WsServer::Impl {
  struct Slot {
    std::unique_ptr<Connection> connection;
    uint32_t generation = 0;
  };
  struct Door {
    Impl* server = nullptr;
    ListenerKind kind = ListenerKind::Public;
    Listener listener;
    ConnectionLimits limits;
    lws_vhost* vhost = nullptr;
    ev_io watcher{};
  };

  Impl(const Options& options_in, WsHandler& handler_in);
  ~Impl();

  // ws_server_loop.cpp
  Status start();
  void accept_all(Door& door);
  void pause_accepting();
  void resume_accepting();
  void tick();
  void poll_certificate();
  void cut_lingering();
  void check_http(Connection& connection);
  void check_websocket(Connection& connection);
  void begin_stop();
  void close_all_going_away();
  void answer(Connection& connection);
  void answer_undecided();
  Connection* add_connection(Door& door, const PeerAddress& peer);
  void remove_connection(Connection* connection);
  Connection* find(ConnectionId id);
  Door& door_of(ListenerKind kind);
  void note_close(uint16_t code);
  // A proxy's connection that becomes a WebSocket is its client's from then on. False: that one has
  // too many.
  bool pass_to_client(Connection& connection, const PeerAddress& client);

  // ws_server.cpp
  Status create_context();
  void destroy_context();
  bool adopt(Door& door, int descriptor, const PeerAddress& peer);
  void request_writable(Connection& connection);
  void cut(Connection& connection);                         // ends it without a word, soon
  void begin_close(Connection& connection, uint16_t code);  // for the loop's own reasons
  void mark_ending(Connection& connection);                 // starts the time a close may take
  void service(Connection& connection);                     // does what the session wants
  bool write_output(Connection& connection);
  void write_and_service(Connection& connection);
  void nudge();  // makes the library look at its timers
  bool speaks_tls(const Connection& connection) const;
  bool is_proxied(const Connection& connection) const;
  // What the request's own headers do not say: by which way it came, and who asks.
  void complete(WebRequest& request, const Connection& connection) const;

  Options options;
  WsHandler& handler;
  WsStats stats;
  struct ev_loop* loop = nullptr;
  lws_context* context = nullptr;
  std::vector<std::unique_ptr<Door>> doors;
  std::optional<TlsCertificate> certificate;  // of the public door
  std::vector<Slot> slots;
  std::vector<uint32_t> free_slots;
  std::vector<ConnectionId> undecided;  // HTTP requests without an answer yet
  std::vector<ConnectionId> ending;     // to be cut when they linger
  std::string out;                      // scratch for one message, with room before it
  int64_t now_ms = 0;
  int64_t swept_ms = 0;
  int64_t stop_ms = 0;
  bool stopping = false;
  std::atomic<bool> stop_asked{false};
  ev_async wake_watcher{};
  ev_timer tick_watcher{};
  ev_timer accept_watcher{};
  ev_signal term_watcher{};
  ev_signal interrupt_watcher{};
};

// ws_server_http.cpp; each returns 0 to go on and -1 to end the connection.
int on_http(WsServer::Impl& server, Connection& connection);
int on_http_body(Connection& connection, const void* bytes, size_t size);
int on_http_body_end(WsServer::Impl& server, Connection& connection);
int on_http_writable(WsServer::Impl& server, Connection& connection);

}  // namespace vitrine
