// SPDX-License-Identifier: MIT
// Which addresses this server may be made to call. Whoever names an address for a webhook must not
// reach what stands behind the firewall by it: this machine, the store's network, the cloud's
// metadata. Asked about the address that is connected to, after its name was resolved: a name that
// answers differently the second time (DNS rebinding) gains nothing. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/status.h"
#include "server/listen_address.h"

namespace vitrine {

// Whether it is a public unicast address of the internet. IPv4 inside IPv6 (mapped, compatible,
// NAT64, 6to4, Teredo) is judged by what is inside, and where that is uncertain refused.
bool is_public_address(const PeerAddress& address);

// An address to call, "https://shop.example:8443/hooks".
struct WebhookUrl {
  bool is_https = false;
  std::string host;  // a name, or numbers; IPv6 in brackets
};

inline constexpr size_t kMaxWebhookUrl = 1024;  // bytes

// Whether a WebhookUrl's host says itself that it is not public: numbers of that kind, localhost.
// Of a name nobody knows before it is resolved.
bool is_private_host(std::string_view host);

// InvalidArgument, with the reason: another scheme, no host, a port beyond 1 to 65535, a user or password in it, a fragment,
// a space or what is not ASCII, too long.
Result<WebhookUrl> parse_webhook_url(std::string_view url);

}  // namespace vitrine
