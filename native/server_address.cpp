// SPDX-License-Identifier: MIT
#include "native/server_address.h"

#include <charconv>

namespace vitrine {
namespace {

Status refuse(std::string_view text, const char* why) {
  return {StatusCode::InvalidArgument, "--server " + std::string(text) + ": " + why +
                                           "; expected ws://HOST:PORT/ws or wss://HOST/ws"};
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool is_printable(std::string_view text) {
  for (const char c : text) {
    if (c <= ' ' || c == 0x7f) return false;
  }
  return true;
}

// "[::1]:8080" or "host:8080" or "host".
bool split_authority(std::string_view authority, std::string_view& host, std::string_view& port) {
  const size_t bracket = authority.find(']');
  const bool literal = authority.starts_with("[") && bracket != std::string_view::npos;
  if (literal && bracket + 1 < authority.size() && authority[bracket + 1] != ':') return false;
  const size_t colon = authority.find(':', literal ? bracket : 0);
  host = literal ? authority.substr(1, bracket - 1) : authority.substr(0, colon);
  port = colon == std::string_view::npos ? std::string_view() : authority.substr(colon + 1);
  return !host.empty() && (colon == std::string_view::npos || !port.empty());
}

bool parse_port(std::string_view text, uint16_t& port) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), port);
  return result.ec == std::errc() && result.ptr == text.data() + text.size() && port != 0;
}

}  // namespace

std::string ServerAddress::authority() const {
  const bool literal = host.find(':') != std::string::npos;
  std::string name;
  if (literal) name += '[';
  name += host;
  if (literal) name += ']';
  if (port != (secure ? 443 : 80)) name.append(1, ':').append(std::to_string(port));
  return name;
}

std::string ServerAddress::page_root() const {
  return (secure ? "https://" : "http://") + authority() + path.substr(0, path.rfind('/') + 1);
}

Result<ServerAddress> ServerAddress::parse(std::string_view text) {
  std::string_view rest = text;
  ServerAddress address;
  if (take_prefix(rest, "wss://")) {
    address.secure = true;
    address.port = 443;
  } else if (!take_prefix(rest, "ws://")) {
    return refuse(text, "the scheme is neither ws nor wss");
  }
  if (!is_printable(rest)) return refuse(text, "spaces or control characters");
  const size_t slash = rest.find('/');
  if (slash != std::string_view::npos) address.path = std::string(rest.substr(slash));
  std::string_view host;
  std::string_view port;
  if (!split_authority(rest.substr(0, slash), host, port)) return refuse(text, "no host");
  if (!port.empty() && !parse_port(port, address.port))
    return refuse(text, "port must be 1..65535");
  address.host = std::string(host);
  return address;
}

}  // namespace vitrine
