// SPDX-License-Identifier: MIT
// libwebsockets' half of the loop: handshakes, frames, closing.
#include "server/ws_server.h"

#include <libwebsockets.h>

#include <algorithm>
#include <cstring>

#include "engine/base/utf8.h"
#include "server/ws_server_internal.h"

namespace vitrine {

namespace {

// What one read may bring. A batch of ten interactions is two kilobytes; every connection keeps one
// such buffer for good, so more would be paid ten thousand times.
constexpr size_t kReadBytes = 3072;
// With TLS a whole record: 4.1.6 turns in a circle for ever when a connection is paused while
// OpenSSL still holds the rest of one. Of what is never written to, the system gives no memory.
constexpr size_t kTlsReadBytes = 16384;
constexpr unsigned kMaxHeaderBytes = 8192;
// Who speaks plain HTTP to a listener with TLS is told so instead of being hung up on.
constexpr uint64_t kTlsOptions = LWS_SERVER_OPTION_CREATE_VHOST_SSL_CTX |
                                 LWS_SERVER_OPTION_ALLOW_NON_SSL_ON_SSL_PORT |
                                 LWS_SERVER_OPTION_ALLOW_HTTP_ON_HTTPS_LISTENER;

}  // namespace

// The library calls these; each returns 0 to go on and -1 to end the connection.
struct WsCallbacks {
  using Impl = WsServer::Impl;

  static int on_event(lws* wsi, lws_callback_reasons reason, void* user, void* in, size_t size) {
    if (reason == LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS) {
      auto& impl = *static_cast<Impl*>(lws_context_user(lws_get_context(wsi)));
      return impl.certificate->attach(static_cast<ssl_ctx_st*>(user)) ? 0 : -1;
    }
    auto* connection = static_cast<Connection*>(lws_get_opaque_user_data(wsi));
    if (connection == nullptr) return 0;
    auto& server = *static_cast<Impl*>(lws_context_user(lws_get_context(wsi)));
    connection->wsi = wsi;
    switch (reason) {
      case LWS_CALLBACK_HTTP:
        return on_http(server, *connection);
      case LWS_CALLBACK_HTTP_BODY:
        return on_http_body(*connection, in, size);
      case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return on_http_body_end(server, *connection);
      case LWS_CALLBACK_HTTP_WRITEABLE:
        return on_http_writable(server, *connection);
      case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return on_upgrade(server, *connection);
      case LWS_CALLBACK_ESTABLISHED:
        return on_open(server, *connection);
      case LWS_CALLBACK_RECEIVE:
        return on_receive(server, *connection, in, size);
      case LWS_CALLBACK_RECEIVE_PONG:
        return on_pong(server, *connection);
      case LWS_CALLBACK_SERVER_WRITEABLE:
        return on_writable(server, *connection);
      case LWS_CALLBACK_WS_SERVER_DROP_PROTOCOL:
        return on_closing(server, *connection);
      case LWS_CALLBACK_CLOSED:
        return on_closing(server, *connection);
      case LWS_CALLBACK_WSI_DESTROY:
        return on_gone(server, *connection);
      // CONNECT makes the library hand over a raw stream; there is nothing to tunnel to.
      case LWS_CALLBACK_RAW_ADOPT:
      case LWS_CALLBACK_RAW_RX:
        return -1;
      default:
        return 0;
    }
  }

  // Headers are complete and nothing was answered yet. A refusal is a whole HTTP response; the
  // library flushes it before it closes.
  static int on_upgrade(Impl& server, Connection& connection) {
    UpgradeRequest request = upgrade_of(connection.wsi, connection);
    server.complete(request.http, connection);
    std::optional<WebResponse> refusal = server.handler.on_upgrade(request);
    if (!refusal && !server.pass_to_client(connection, request.http.peer)) {
      refusal = text_response(RouteClass::Error, 429, "too many connections from this address\n");
    }
    if (!refusal) {
      connection.has_origin = !request.http.origin.empty();
      connection.host = request.http.host;
      return 0;
    }
    ++server.stats.handshakes_refused;
    std::string& out = server.out;
    out.assign(LWS_PRE, '\0');
    out += serialize_head(*refusal, false);
    if (refusal->body) out += *refusal->body;
    lws_write(connection.wsi, reinterpret_cast<unsigned char*>(out.data()) + LWS_PRE,
              out.size() - LWS_PRE, LWS_WRITE_HTTP_HEADERS);
    return -1;
  }

  static int on_open(Impl& server, Connection& connection) {
    const lws_protocols* protocol = lws_get_protocol(connection.wsi);
    connection.session = server.handler.on_open(
        {connection.id, protocol->name, connection.peer, connection.has_origin, connection.host});
    connection.host.clear();
    if (!connection.session) return -1;
    ++server.stats.websockets;
    connection.http.reset();
    connection.heard_ms = connection.phase_ms = server.now_ms;
    if (server.stopping) {
      server.begin_close(connection, 1001);
    } else {
      server.service(connection);
    }
    return 0;
  }

  static int on_receive(Impl& server, Connection& connection, const void* bytes, size_t size) {
    if (connection.ending || !connection.session || server.stopping) return 0;
    connection.heard_ms = server.now_ms;
    connection.pinged_ms = 0;
    if (lws_frame_is_binary(connection.wsi))
      return close_now(server, connection, 1003, "text only");
    MessageAssembler::Piece piece;
    piece.bytes = {static_cast<const char*>(bytes), size};
    piece.remaining_in_frame = lws_remaining_packet_payload(connection.wsi);
    piece.first = lws_is_first_fragment(connection.wsi) != 0;
    piece.final = piece.remaining_in_frame == 0 && lws_is_final_fragment(connection.wsi) != 0;
    if (piece.first) connection.phase_ms = server.now_ms;
    switch (connection.assembler.add(piece)) {
      case MessageAssembler::Result::More:
        return 0;
      case MessageAssembler::Result::TooLarge:
        return close_now(server, connection, 1009, "64 KiB a message");
      case MessageAssembler::Result::TooManyFragments:
        return close_now(server, connection, 1009, "64 fragments a message");
      case MessageAssembler::Result::Complete:
        break;
    }
    // Not by the library, which looks at every byte by itself.
    if (!is_valid_utf8(connection.assembler.message())) {
      return close_now(server, connection, 1007, "invalid_utf8");
    }
    connection.session->on_text(connection.assembler.message());
    server.service(connection);
    return 0;
  }

  static int close_now(Impl& server, Connection& connection, uint16_t code,
                       std::string_view reason) {
    server.note_close(code);
    lws_close_reason(connection.wsi, static_cast<lws_close_status>(code),
                     reinterpret_cast<unsigned char*>(const_cast<char*>(reason.data())),
                     reason.size());
    return -1;
  }

  static int on_pong(Impl& server, Connection& connection) {
    connection.heard_ms = server.now_ms;
    connection.pinged_ms = 0;
    return 0;
  }

  static int on_writable(Impl& server, Connection& connection) {
    connection.stalled_ms = 0;
    if (connection.closing || !connection.session) return 0;
    if (connection.ping_due) {
      connection.ping_due = false;
      // With a payload: the library does not report a pong without one.
      unsigned char ping[LWS_PRE + 4] = {};
      std::memcpy(ping + LWS_PRE, "live", 4);
      if (lws_write(connection.wsi, ping + LWS_PRE, 4, LWS_WRITE_PING) < 0) return -1;
    }
    return write_session(server, connection);
  }

  // Everything the session has to say, then its close.
  static int write_session(Impl& server, Connection& connection) {
    if (!server.write_output(connection)) return -1;
    if (connection.session->has_output()) return 0;
    if (connection.close_code != 0) {
      return close_now(server, connection, connection.close_code, "");
    }
    const std::optional<CloseRequest> close = connection.session->close_request();
    return close ? close_now(server, connection, close->code, close->reason) : 0;
  }

  // The library has decided to close, for its own reasons or for ours.
  static int on_closing(Impl& server, Connection& connection) {
    if (connection.closing || !connection.session) return 0;
    connection.closing = true;
    server.mark_ending(connection);
    connection.session->on_closed();
    connection.session.reset();
    --server.stats.websockets;
    return 0;
  }

  static int on_gone(Impl& server, Connection& connection) {
    on_closing(server, connection);
    lws_set_opaque_user_data(connection.wsi, nullptr);
    server.remove_connection(&connection);
    return 0;
  }
};

namespace {

lws_protocols protocol(const char* name, size_t read_bytes = kReadBytes) {
  lws_protocols value{};
  value.name = name;
  value.callback = WsCallbacks::on_event;
  value.per_session_data_size = sizeof(void*);  // the library tells us about closing only with some
  value.rx_buffer_size = read_bytes;
  value.tx_packet_size = 2 * kHttpChunk;
  return value;
}

const lws_protocols* protocols_of(ListenerKind kind, bool has_tls) {
  static const lws_protocols public_list[] = {protocol("http"), protocol("vitrine.1"),
                                              protocol("cloudevents.json"),
                                              protocol("vitrine.claim.1"), lws_protocols{}};
  static const lws_protocols tls_list[] = {
      protocol("http", kTlsReadBytes), protocol("vitrine.1", kTlsReadBytes),
      protocol("cloudevents.json", kTlsReadBytes), protocol("vitrine.claim.1", kTlsReadBytes),
      lws_protocols{}};
  static const lws_protocols staff_list[] = {protocol("http"), lws_protocols{}};
  if (kind == ListenerKind::Staff) return staff_list;
  return has_tls ? tls_list : public_list;
}

// Pings and idle limits are ours (check_websocket). The library's own would move a timer in one sorted
// list of all connections at every message: with 4 000 of them a fifth of the server's time.
constexpr lws_retry_bo_t kNoIdlePolicy{};

}  // namespace

Status WsServer::Impl::create_context() {
  lws_set_log_level(0, nullptr);
  void* loops[] = {loop};
  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN;
  info.options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
  if (certificate) info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
  info.foreign_loops = loops;
  info.user = this;
  info.max_http_header_data2 = kMaxHeaderBytes;
  info.pt_serv_buf_size = 64 * 1024;
  info.timeout_secs = static_cast<unsigned>(std::max(1, options.timeouts.request / 1000));
  context = lws_create_context(&info);
  if (context == nullptr) {
    return Status(StatusCode::Internal,
                  "libwebsockets did not start; is libwebsockets-evlib-ev installed?");
  }
  const uint64_t plain_options = info.options;
  for (auto& door : doors) {
    const bool has_tls = certificate && door->kind == ListenerKind::Public;
    info.options = plain_options | (has_tls ? kTlsOptions : 0);
    info.alpn = "http/1.1";
    info.vhost_name = door->kind == ListenerKind::Public ? "public" : "staff";
    info.protocols = protocols_of(door->kind, has_tls);
    info.port = CONTEXT_PORT_NO_LISTEN_SERVER;
    info.retry_and_idle_policy = &kNoIdlePolicy;
    info.keepalive_timeout = options.timeouts.http_idle / 1000 + 1;
    door->vhost = lws_create_vhost(context, &info);
    if (door->vhost == nullptr) {
      return Status(StatusCode::Internal, "libwebsockets made no virtual host");
    }
  }
  return Status();
}

void WsServer::Impl::destroy_context() {
  if (context != nullptr) lws_context_destroy(context);
  context = nullptr;
}

bool WsServer::Impl::adopt(Door& door, int descriptor, const PeerAddress& peer) {
  Connection* connection = add_connection(door, peer);
  const ConnectionId id = connection->id;
  lws_adopt_desc_t description{};
  description.vh = door.vhost;
  description.type =
      static_cast<lws_adoption_type>(LWS_ADOPT_SOCKET | LWS_ADOPT_HTTP | LWS_ADOPT_ALLOW_SSL);
  description.fd.sockfd = descriptor;
  description.opaque = connection;
  lws* wsi = lws_adopt_descriptor_vhost_via_info(&description);
  connection = find(id);
  if (wsi == nullptr && connection != nullptr) remove_connection(connection);
  if (wsi != nullptr && connection != nullptr) connection->wsi = wsi;
  return wsi != nullptr;
}

void WsServer::Impl::request_writable(Connection& connection) {
  if (connection.stalled_ms == 0) connection.stalled_ms = now_ms;
  lws_callback_on_writable(connection.wsi);
}

// Bytes that arrive in the same turn make the library set a time of its own over this one, so the
// next tick cuts again what is still there.
void WsServer::Impl::cut(Connection& connection) {
  if (!connection.cut) ++stats.cut;
  connection.cut = true;
  mark_ending(connection);
  lws_set_timeout(connection.wsi, PENDING_TIMEOUT_CLOSE_ACK, LWS_TO_KILL_ASYNC);
}

// What the session still has to say goes first, as far as the socket takes it in time.
void WsServer::Impl::begin_close(Connection& connection, uint16_t code) {
  connection.close_code = code;
  mark_ending(connection);
  request_writable(connection);
}

void WsServer::Impl::service(Connection& connection) {
  WsSession& session = *connection.session;
  if (session.is_paused() != connection.paused) {
    connection.paused = !connection.paused;
    lws_rx_flow_control(connection.wsi, connection.paused ? 0 : 1);
  }
  const bool wants_close = session.close_request().has_value();
  if (wants_close) mark_ending(connection);
  if (session.has_output() || wants_close) request_writable(connection);
}

// Until the socket takes no more; then the library says when it does again. What it did not take of a
// message the library keeps: asking the system before each one whether it would take it costs as much
// as a third of sending it. False: it is broken.
bool WsServer::Impl::write_output(Connection& connection) {
  WsSession& session = *connection.session;
  while (session.has_output()) {
    if (lws_partial_buffered(connection.wsi)) {
      request_writable(connection);
      return true;
    }
    session.take_output(out);
    const size_t size = out.size();
    out.insert(0, LWS_PRE, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(out.data()) + LWS_PRE;
    if (lws_write(connection.wsi, bytes, size, LWS_WRITE_TEXT) < 0) return false;
  }
  return true;
}

// Outside of the library's callbacks: writes at once what fits, which saves a turn of the loop and
// two system calls an acknowledgement. Closing is left to the callback.
void WsServer::Impl::write_and_service(Connection& connection) {
  const WsSession& session = *connection.session;
  const bool open = !connection.ending && !connection.cut && !session.close_request();
  if (open && session.has_output() && !write_output(connection)) return cut(connection);
  service(connection);
}

bool WsServer::Impl::speaks_tls(const Connection& connection) const {
  const bool must = certificate && connection.listener == ListenerKind::Public;
  return !must || lws_get_ssl(connection.wsi) != nullptr;
}

bool WsServer::Impl::is_proxied(const Connection& connection) const {
  return connection.listener == ListenerKind::Public && options.proxies.trusts(connection.peer);
}

void WsServer::Impl::complete(WebRequest& request, const Connection& connection) const {
  request.unprotected = !speaks_tls(connection);
  if (!is_proxied(connection)) return;
  request.peer = client_behind(options.proxies, connection.peer, forwarded_for_of(connection.wsi));
}

void WsServer::Impl::nudge() {
  lws_cancel_service(context);
}

}  // namespace vitrine
