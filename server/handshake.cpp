// SPDX-License-Identifier: MIT
#include "server/handshake.h"

#include <algorithm>

#include "engine/base/ascii.h"
#include "engine/protocol/claim_messages.h"
#include "engine/protocol/limits.h"

namespace vitrine {

namespace {

WebResponse refuse(int status, std::string_view why) {
  WebResponse response = text_response(RouteClass::Error, status, why);
  response.close = true;
  if (status == 426) response.headers.emplace_back("Sec-WebSocket-Version", "13");
  return response;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

// Base64 of exactly 16 bytes: 22 digits, of which the last carries only two bits, and "==".
bool is_key(std::string_view key) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return key.size() == 24 && key.substr(22) == "==" &&
         key.substr(0, 22).find_first_not_of(kDigits) == std::string_view::npos &&
         std::string_view("AQgw").find(key[21]) != std::string_view::npos;
}

bool is_host_value(std::string_view host) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]_";
  return !host.empty() && host.size() <= 255 &&
         host.find_first_not_of(kAllowed) == std::string_view::npos;
}

bool offers_known_protocol(std::string_view list) {
  while (!list.empty()) {
    const size_t comma = list.find(',');
    std::string_view name = list.substr(0, comma);
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    for (const std::string_view known :
         {protocol::kSubprotocol, protocol::kCloudEventsSubprotocol, protocol::kClaimSubprotocol}) {
      if (name == known) return true;
    }
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
  return false;
}

}  // namespace

bool is_origin_allowed(const OriginRules& rules, std::string_view origin, std::string_view host) {
  if (std::find(rules.allowed.begin(), rules.allowed.end(), origin) != rules.allowed.end()) {
    return true;
  }
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.rfind(scheme, 0) == 0) {
      return equal_ignoring_case(origin.substr(scheme.size()), host);
    }
  }
  return false;
}

std::optional<WebResponse> check_handshake(const UpgradeRequest& request,
                                           const OriginRules& rules) {
  const WebRequest& http = request.http;
  if (http.method != WebMethod::Get) return refuse(405, "a WebSocket begins with GET\n");
  if (http.malformed) return refuse(400, "a header stands twice\n");
  if (http.listener != ListenerKind::Public || http.path != "/ws") {
    return refuse(404, "no WebSocket here; it is at /ws\n");
  }
  if (!equal_ignoring_case(request.upgrade, "websocket")) {
    return refuse(400, "Upgrade must be websocket\n");
  }
  if (request.has_length) return refuse(400, "a WebSocket handshake has no body\n");
  if (request.version != "13") return refuse(426, "Sec-WebSocket-Version must be 13\n");
  if (!is_key(request.key)) return refuse(400, "Sec-WebSocket-Key must be 16 bytes in base64\n");
  if (!is_host_value(http.host)) return refuse(400, "Host is missing or malformed\n");
  if (!http.origin.empty() && !is_origin_allowed(rules, http.origin, http.host)) {
    return refuse(403, "this origin may not record here; list it with --origin\n");
  }
  if (!offers_known_protocol(request.protocols)) {
    return refuse(400,
                  "Sec-WebSocket-Protocol must offer vitrine.1, vitrine.claim.1 or "
                  "cloudevents.json\n");
  }
  return std::nullopt;
}

}  // namespace vitrine
