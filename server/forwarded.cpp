// SPDX-License-Identifier: MIT
#include "server/forwarded.h"

#include <algorithm>

namespace vitrine {

namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// "[2001:db8::1]:443" and "192.0.2.1:443" without brackets and port.
std::string_view without_port(std::string_view text) {
  if (!text.empty() && text.front() == '[') {
    const size_t end = text.find(']');
    return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
  }
  const size_t colon = text.find(':');
  const bool is_port = colon != std::string_view::npos && colon == text.rfind(':');
  return is_port ? text.substr(0, colon) : text;
}

std::string_view take_last(std::string_view& list) {
  const size_t comma = list.rfind(',');
  const bool is_only = comma == std::string_view::npos;
  const std::string_view last = is_only ? list : list.substr(comma + 1);
  list = is_only ? std::string_view() : list.substr(0, comma);
  return last;
}

}  // namespace

bool TrustedProxies::trusts(const PeerAddress& peer) const {
  return std::find(addresses.begin(), addresses.end(), peer) != addresses.end();
}

PeerAddress client_behind(const TrustedProxies& proxies, const PeerAddress& peer,
                          std::string_view forwarded_for) {
  PeerAddress client = peer;
  while (proxies.trusts(client) && !forwarded_for.empty()) {
    const auto before = parse_peer_address(without_port(trim(take_last(forwarded_for))));
    if (!before) break;
    client = *before;
  }
  return client;
}

}  // namespace vitrine
