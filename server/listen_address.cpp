// SPDX-License-Identifier: MIT
#include "server/listen_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace vitrine {

namespace {

constexpr std::array<uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Status bad_address(std::string_view text) {
  return Status(StatusCode::InvalidArgument,
                std::string(text) +
                    ": not an address; write HOST:PORT with a number for HOST, as "
                    "127.0.0.1:8080 or [::1]:8080");
}

bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= 45 &&
         host.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

}  // namespace

std::string ListenAddress::to_string() const {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

bool ListenAddress::is_loopback() const {
  return host.rfind("127.", 0) == 0 || host == "::1";
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return bad_address(text);
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return bad_address(text);
  }
  ListenAddress address;
  address.host = host == "localhost" ? "127.0.0.1" : std::string(host);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc() || end != port.data() + port.size() || !is_host(address.host)) {
    return bad_address(text);
  }
  return address;
}

bool PeerAddress::is_ipv4() const {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin());
}

bool PeerAddress::is_loopback() const {
  if (is_ipv4()) return bytes[12] == 127;
  return std::all_of(bytes.begin(), bytes.end() - 1, [](uint8_t b) { return b == 0; }) &&
         bytes[15] == 1;
}

std::optional<PeerAddress> parse_peer_address(std::string_view text) {
  const std::string terminated(text.substr(0, INET6_ADDRSTRLEN));
  PeerAddress peer;
  if (terminated.size() != text.size()) return std::nullopt;
  if (inet_pton(AF_INET6, terminated.c_str(), peer.bytes.data()) == 1) return peer;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), peer.bytes.begin());
  if (inet_pton(AF_INET, terminated.c_str(), peer.bytes.data() + 12) == 1) return peer;
  return std::nullopt;
}

PeerAddress PeerAddress::limit_key() const {
  PeerAddress key = *this;
  if (!is_ipv4()) std::fill(key.bytes.begin() + 8, key.bytes.end(), uint8_t{0});
  return key;
}

}  // namespace vitrine
