// SPDX-License-Identifier: MIT
// What a WebSocket handshake must look like. libwebsockets 4.1.6 lets wrong methods, versions and
// keys through, so all of it is checked here, before it sees them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/http.h"

namespace vitrine {

struct OriginRules {
  // Allowed beside the server's own host: "https://shop.example", scheme and port included.
  std::vector<std::string> allowed;
};

// Whether `origin` may open a socket: listed, or the same host (and port) the request was made to.
bool is_origin_allowed(const OriginRules& rules, std::string_view origin, std::string_view host);

// The refusal, or nothing: go on. docs/protocol.md lists status and reason of each.
std::optional<WebResponse> check_handshake(const UpgradeRequest& request, const OriginRules& rules);

}  // namespace vitrine
