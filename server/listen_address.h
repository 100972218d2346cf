// SPDX-License-Identifier: MIT
// Addresses: where to listen, and who is at the other end.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine {

// "127.0.0.1:8080", "[::1]:0", "0.0.0.0:80". A name is not looked up: numbers only.
struct ListenAddress {
  std::string host;
  uint16_t port = 0;  // 0: any free port

  std::string to_string() const;
  bool is_loopback() const;
};

Result<ListenAddress> parse_listen_address(std::string_view text);

// Who is at the other end, as 16 bytes (IPv4 mapped into IPv6). Kept only while connected.
struct PeerAddress {
  std::array<uint8_t, 16> bytes{};

  bool is_ipv4() const;
  bool is_loopback() const;
  // The unit that limits count by: an IPv4 address, or an IPv6 /64 (one household, one phone).
  PeerAddress limit_key() const;

  friend auto operator<=>(const PeerAddress&, const PeerAddress&) = default;
};

// "192.0.2.1", "2001:db8::1"; no name, no port, no brackets.
std::optional<PeerAddress> parse_peer_address(std::string_view text);

}  // namespace vitrine
