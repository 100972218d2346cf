// SPDX-License-Identifier: MIT
// libwebsockets' half of the loop: a request and the response to it.
#include <libwebsockets.h>

#include <cstdlib>

#include "server/ws_server_internal.h"

namespace vitrine {

namespace {

int answer_and_end(WsServer::Impl& server, Connection& connection, int status,
                   std::string_view text) {
  HttpExchange& exchange = *connection.http;
  exchange.response = text_response(RouteClass::Error, status, text);
  exchange.response.close = true;
  exchange.has_response = true;
  server.request_writable(connection);
  return 0;
}

int end_response(WsServer::Impl& server, Connection& connection) {
  const bool close = connection.http->response.close || !connection.http->keep_alive;
  connection.http.reset();
  connection.heard_ms = 0;  // idle from here, not in a request
  connection.phase_ms = server.now_ms;
  if (close || server.stopping) return -1;
  return lws_http_transaction_completed(connection.wsi) != 0 ? -1 : 0;
}

}  // namespace

int on_http(WsServer::Impl& server, Connection& connection) {
  connection.http = std::make_unique<HttpExchange>();
  HttpExchange& exchange = *connection.http;
  exchange.request = request_of(connection.wsi, connection);
  server.complete(exchange.request, connection);
  exchange.keep_alive = wants_keep_alive(connection.wsi);
  connection.phase_ms = connection.heard_ms = server.now_ms;
  const std::string length = content_length_of(connection.wsi);
  const bool has_body = !length.empty() && length != "0";
  if (exchange.request.malformed || length.find_first_not_of("0123456789") != length.npos ||
      (has_body && exchange.request.method != WebMethod::Post)) {
    return answer_and_end(server, connection, 400, "malformed request\n");
  }
  if (has_body && (length.size() > 6 || std::atol(length.c_str()) > long{kMaxRequestBody})) {
    return answer_and_end(server, connection, 413, "the body is too large; 16 KiB at most\n");
  }
  exchange.declared = static_cast<size_t>(std::atol(length.c_str()));
  // The library reports the end of a POST's body also when it is said to be empty.
  if (exchange.request.method == WebMethod::Post && !length.empty()) return 0;
  server.answer(connection);
  return 0;
}

int on_http_body(Connection& connection, const void* bytes, size_t size) {
  if (!connection.http || connection.http->has_response) return 0;
  std::string& body = connection.http->request.body;
  if (body.size() + size > kMaxRequestBody) return -1;
  body.append(static_cast<const char*>(bytes), size);
  return 0;
}

// Of a second request in one read, 4.1.6 reports the end of a body that it has not handed over, and
// goes on reporting it until it is told to end the connection.
int on_http_body_end(WsServer::Impl& server, Connection& connection) {
  if (!connection.http || connection.http->body_ended) return -1;
  HttpExchange& exchange = *connection.http;
  exchange.body_ended = true;
  if (exchange.has_response) return 0;
  if (exchange.request.body.size() != exchange.declared) return -1;
  server.answer(connection);
  return 0;
}

int on_http_writable(WsServer::Impl& server, Connection& connection) {
  if (!connection.http || !connection.http->has_response) return 0;
  HttpExchange& exchange = *connection.http;
  const bool is_head = exchange.request.method == WebMethod::Head;
  const std::string_view body =
      exchange.response.body && !is_head ? *exchange.response.body : std::string_view();
  std::string& out = server.out;
  out.assign(LWS_PRE, '\0');
  if (!exchange.head_sent) {
    out += serialize_head(exchange.response, exchange.keep_alive);
    exchange.head_sent = true;
  }
  const std::string_view chunk = body.substr(exchange.sent, kHttpChunk);
  out.append(chunk);
  exchange.sent += chunk.size();
  const size_t size = out.size() - LWS_PRE;
  auto* bytes = reinterpret_cast<unsigned char*>(out.data()) + LWS_PRE;
  if (lws_write(connection.wsi, bytes, size, LWS_WRITE_HTTP_HEADERS) < 0) return -1;
  if (exchange.sent < body.size()) {
    server.request_writable(connection);
    return 0;
  }
  return end_response(server, connection);
}

}  // namespace vitrine
