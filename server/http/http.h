// SPDX-License-Identifier: MIT
// HTTP as the routes see it: whole requests in, whole responses out. No sockets here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/listen_address.h"

namespace vitrine {

enum class WebMethod : uint8_t { Get, Head, Post, Other };

// Which of the two listeners a connection came in by. Nothing of one answers on the other.
enum class ListenerKind : uint8_t { Public, Staff };

// One request, complete. Header values are "" when the header is absent.
struct WebRequest {
  ListenerKind listener = ListenerKind::Public;
  WebMethod method = WebMethod::Other;
  std::string path;   // percent-decoded by the socket layer, begins with "/"
  std::string query;  // behind "?", percent-encoded; "" when there is none
  std::string host;
  std::string origin;
  std::string authorization;
  std::string cookie;
  std::string if_none_match;
  std::string if_match;
  std::string accept_encoding;
  std::string content_type;
  std::string webhook_id, webhook_timestamp, webhook_signature;
  std::string body;  // at most kMaxRequestBody
  PeerAddress peer;
  bool unprotected = false;  // came as plain HTTP to a listener that speaks TLS
  bool malformed = false;    // a header that must be single came twice, or lengths contradict
};

constexpr size_t kMaxRequestBody = 16 * 1024;

// What a browser or device asks for when it wants a WebSocket.
struct UpgradeRequest {
  WebRequest http;
  std::string upgrade;    // "websocket"
  std::string version;    // Sec-WebSocket-Version
  std::string key;        // Sec-WebSocket-Key
  std::string protocols;  // Sec-WebSocket-Protocol, comma separated
  bool has_length = false;
};

// Groups of routes that share security headers; the table is in security_headers.cpp.
enum class RouteClass : uint8_t { Page, Lab, Asset, Campaign, Api, Health, Provider, Staff, Error };

struct WebResponse {
  int status = 200;
  RouteClass route = RouteClass::Error;
  std::string content_type = "text/plain; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers;  // beyond the route's own
  std::shared_ptr<const std::string> body;                   // null: empty
  bool close = false;                                        // end the connection after it
};

WebResponse text_response(RouteClass route, int status, std::string_view text);
WebResponse json_response(RouteClass route, int status, std::string json);

std::string_view http_reason(int status);

// Status line and headers, ending with the empty line. `keep_alive` is what the request allows.
std::string serialize_head(const WebResponse& response, bool keep_alive);

}  // namespace vitrine
