// SPDX-License-Identifier: MIT
// Who asks, when a proxy asks in somebody's name. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "server/listen_address.h"

namespace vitrine {

// Proxies that are believed when they say who is behind them; nobody else is.
struct TrustedProxies {
  std::vector<PeerAddress> addresses;

  bool trusts(const PeerAddress& peer) const;
};

// `peer` itself, unless it is trusted: then the last address in `forwarded_for` (X-Forwarded-For:
// each proxy appends whom it heard) that is not trusted either. What stands before that was written
// by nobody who is believed and is not looked at. Reading ends, too, at what is no address: then it
// is whoever said so. Ports are left out.
PeerAddress client_behind(const TrustedProxies& proxies, const PeerAddress& peer,
                          std::string_view forwarded_for);

}  // namespace vitrine
