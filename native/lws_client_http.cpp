// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "native/lws_client_http_internal.h"
#include "native/lws_client_socket_internal.h"

namespace vitrine {
namespace {

int read_piece(lws* wsi) {
  char buffer[LWS_PRE + kHttpPiece];
  char* at = buffer + LWS_PRE;
  int size = kHttpPiece;
  return lws_http_client_read(wsi, &at, &size) < 0 ? -1 : 0;
}

}  // namespace

int ClientExchanges::event(lws* wsi, lws_callback_reasons reason, void* in, size_t size) {
  for (const auto& exchange : held_) {
    if (exchange->wsi == wsi) return event(*std::shared_ptr(exchange), reason, in, size);
  }
  return 0;
}

int ClientExchanges::event(ClientExchange& exchange, lws_callback_reasons reason, void* in,
                           size_t size) {
  switch (reason) {
    case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER:
      return append_headers(exchange, static_cast<unsigned char**>(in), size);
    case LWS_CALLBACK_CLIENT_HTTP_WRITEABLE:
      return write_body(exchange);
    case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
      exchange.response.status = static_cast<int>(lws_http_client_http_response(exchange.wsi));
      return 0;
    case LWS_CALLBACK_RECEIVE_CLIENT_HTTP:
      return read_piece(exchange.wsi);
    case LWS_CALLBACK_RECEIVE_CLIENT_HTTP_READ:
      return keep_piece(exchange, static_cast<const char*>(in), size);
    case LWS_CALLBACK_COMPLETED_CLIENT_HTTP:
      tell(exchange);
      return -1;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
      fail(exchange, connection_error(in, size));
      return 0;
    case LWS_CALLBACK_CLOSED_CLIENT_HTTP:
      fail(exchange, "connection closed early");
      return 0;
    case LWS_CALLBACK_WSI_DESTROY:
      fail(exchange, "connection closed");
      forget(exchange);
      return 0;
    default:
      return 0;
  }
}

void ClientExchanges::begin(const std::shared_ptr<ClientExchange>& exchange,
                            lws_client_connect_info info) {
  held_.push_back(exchange);
  info.ssl_connection |= LCCSCF_HTTP_NO_FOLLOW_REDIRECT;
  info.method = exchange->request.json_body.empty() ? "GET" : "POST";
  info.alpn = "http/1.1";
  info.local_protocol_name = kHttpProtocol;
  info.pwsi = &exchange->wsi;
  if (lws_client_connect_via_info(&info) != nullptr) return;
  fail(*exchange, "cannot connect");
  forget(*exchange);
}

int ClientExchanges::append_headers(ClientExchange& exchange, unsigned char** at, size_t room) {
  if (exchange.request.json_body.empty()) return 0;
  static constexpr char kType[] = "application/json";
  unsigned char* end = *at + room;
  if (lws_add_http_header_by_token(exchange.wsi, WSI_TOKEN_HTTP_CONTENT_TYPE,
                                   reinterpret_cast<const unsigned char*>(kType), sizeof kType - 1,
                                   at, end) != 0 ||
      lws_add_http_header_content_length(exchange.wsi, exchange.request.json_body.size(), at,
                                         end) != 0) {
    return -1;
  }
  lws_client_http_body_pending(exchange.wsi, 1);
  lws_callback_on_writable(exchange.wsi);
  return 0;
}

int ClientExchanges::write_body(ClientExchange& exchange) {
  const std::string& body = exchange.request.json_body;
  if (body.empty()) return 0;
  std::string framed(LWS_PRE, '\0');
  framed.append(body);
  lws_client_http_body_pending(exchange.wsi, 0);
  auto* payload = reinterpret_cast<unsigned char*>(framed.data()) + LWS_PRE;
  return lws_write(exchange.wsi, payload, body.size(), LWS_WRITE_HTTP_FINAL) < 0 ? -1 : 0;
}

int ClientExchanges::keep_piece(ClientExchange& exchange, const char* bytes, size_t size) {
  if (exchange.response.body.size() + size > exchange.request.max_bytes) {
    exchange.failed = {StatusCode::ResourceExhausted,
                       exchange.request.path + ": larger than " +
                           std::to_string(exchange.request.max_bytes) + " bytes"};
    tell(exchange);
    return -1;
  }
  exchange.response.body.append(bytes, size);
  return 0;
}

void ClientExchanges::fail(ClientExchange& exchange, const std::string& why) {
  if (exchange.told) return;
  exchange.failed = {StatusCode::Unavailable,
                     host_ + exchange.request.path + ": " + (why.empty() ? "no answer" : why)};
  tell(exchange);
}

void ClientExchanges::tell(ClientExchange& exchange) {
  if (exchange.told) return;
  exchange.told = true;
  auto result = std::make_shared<Result<HttpResponse>>(
      exchange.failed.ok() ? Result<HttpResponse>(std::move(exchange.response))
                           : Result<HttpResponse>(exchange.failed));
  report_([result, done = exchange.done] { done(std::move(*result)); });
}

void ClientExchanges::forget(const ClientExchange& exchange) {
  held_.erase(std::remove_if(held_.begin(), held_.end(),
                             [&](const auto& held) { return held.get() == &exchange; }),
              held_.end());
}

}  // namespace vitrine
