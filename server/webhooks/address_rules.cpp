// SPDX-License-Identifier: MIT
#include "server/webhooks/address_rules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace vitrine {

namespace {

using Bytes4 = std::array<uint8_t, 4>;
using Bytes16 = std::array<uint8_t, 16>;

template <size_t N>
struct Block {
  std::array<uint8_t, N> first;
  int bits;
};

// IANA's registry of special-purpose addresses (RFC 6890 and later), and multicast.
constexpr Block<4> kSpecial4[] = {
    {{0, 0, 0, 0}, 8},           // this network
    {{10, 0, 0, 0}, 8},          // private
    {{100, 64, 0, 0}, 10},       // shared by a carrier's customers
    {{127, 0, 0, 0}, 8},         // loopback
    {{169, 254, 0, 0}, 16},      // link-local; 169.254.169.254 is a cloud's metadata
    {{172, 16, 0, 0}, 12},       // private
    {{192, 0, 0, 0}, 24},        // protocol assignments; 192.0.0.192 is a cloud's metadata
    {{192, 0, 2, 0}, 24},        // documentation
    {{192, 31, 196, 0}, 24},     // AS112
    {{192, 52, 193, 0}, 24},     // AMT
    {{192, 88, 99, 0}, 24},      // 6to4 relays
    {{192, 168, 0, 0}, 16},      // private
    {{192, 175, 48, 0}, 24},     // AS112
    {{198, 18, 0, 0}, 15},       // benchmarks
    {{198, 51, 100, 0}, 24},     // documentation
    {{203, 0, 113, 0}, 24},      // documentation
    {{224, 0, 0, 0}, 4},         // multicast
    {{240, 0, 0, 0}, 4},         // reserved, broadcast
    {{100, 100, 100, 200}, 32},  // a cloud's metadata, inside the carriers' block
    {{168, 63, 129, 16}, 32},    // a cloud's platform, on a public number
};

// Of 2000::/3, which is all that is global unicast.
constexpr Block<16> kSpecial6[] = {
    {{0x20, 0x01, 0x00, 0x00}, 23},              // protocol assignments: Teredo, ORCHID, ...
    {{0x20, 0x01, 0x0d, 0xb8}, 32},              // documentation
    {{0x26, 0x20, 0x00, 0x4f, 0x80, 0x00}, 48},  // AS112
    {{0x3f, 0xff, 0x00, 0x00}, 20},              // documentation
};

template <size_t N>
bool is_in(const std::array<uint8_t, N>& address, const Block<N>& block) {
  for (int bit = 0; bit < block.bits; ++bit) {
    const auto byte = static_cast<size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if ((address[byte] & mask) != (block.first[byte] & mask)) return false;
  }
  return true;
}

bool is_public(const Bytes4& address) {
  return std::none_of(std::begin(kSpecial4), std::end(kSpecial4),
                      [&](const Block<4>& block) { return is_in(address, block); });
}

bool is_public_inside(const Bytes16& address, size_t at) {
  return is_public(Bytes4{address[at], address[at + 1], address[at + 2], address[at + 3]});
}

constexpr Block<16> kMapped = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
// 64:ff9b::/96, whose last four bytes a gateway calls. 64:ff9b:1::/48 is somebody's own.
constexpr Block<16> kNat64 = {{0x00, 0x64, 0xff, 0x9b}, 96};
constexpr Block<16> k6to4 = {{0x20, 0x02}, 16};
constexpr Block<16> kGlobal6 = {{0x20}, 3};

Status refuse(std::string_view url, std::string_view why) {
  return Status(StatusCode::InvalidArgument, std::string(url.substr(0, kMaxWebhookUrl)) + ": " +
                                                 std::string(why) +
                                                 "; write it as https://shop.example/hooks");
}

bool is_port(std::string_view text) {
  uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, port);
  return error == std::errc() && read == end && port > 0;
}

// A name, numbers, or IPv6 in brackets, with a port or without.
bool is_authority(std::string_view text, std::string& host) {
  const bool bracketed = !text.empty() && text.front() == '[';
  const size_t end = bracketed ? text.find(']') + 1 : std::min(text.find(':'), text.size());
  if (bracketed && end == 0) return false;
  host = text.substr(0, end);
  const std::string_view port = text.substr(end);
  constexpr std::string_view kName =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
  const std::string_view name = bracketed ? std::string_view(host).substr(1, end - 2) : host;
  const std::string_view letters = bracketed ? "0123456789abcdefABCDEF:." : kName;
  if (name.empty() || name.find_first_not_of(letters) != std::string_view::npos) return false;
  return port.empty() || (port[0] == ':' && is_port(port.substr(1)));
}

}  // namespace

bool is_public_address(const PeerAddress& address) {
  const Bytes16& bytes = address.bytes;
  if (is_in(bytes, kMapped) || is_in(bytes, kNat64)) return is_public_inside(bytes, 12);
  if (!is_in(bytes, kGlobal6)) return false;
  if (is_in(bytes, k6to4)) return is_public_inside(bytes, 2);
  return std::none_of(std::begin(kSpecial6), std::end(kSpecial6),
                      [&](const Block<16>& block) { return is_in(bytes, block); });
}

bool is_private_host(std::string_view host) {
  const bool bracketed = host.size() > 2 && host.front() == '[';
  if (bracketed) host = host.substr(1, host.size() - 2);
  const std::optional<PeerAddress> address = parse_peer_address(host);
  return address ? !is_public_address(*address) : host == "localhost";
}

Result<WebhookUrl> parse_webhook_url(std::string_view url) {
  if (url.size() > kMaxWebhookUrl) return refuse(url, "longer than 1024 bytes");
  const auto printable = [](char c) { return c > ' ' && c < 0x7f && c != '\\' && c != '"'; };
  if (!std::all_of(url.begin(), url.end(), printable)) {
    return refuse("the address", "has a character that no address has");
  }
  WebhookUrl parsed;
  parsed.is_https = url.rfind("https://", 0) == 0;
  if (!parsed.is_https && url.rfind("http://", 0) != 0) {
    return refuse(url, "begins with neither https:// nor http://");
  }
  std::string_view rest = url.substr(parsed.is_https ? 8 : 7);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.find('@') != std::string_view::npos) {
    return refuse("the address",
                  "has a user or a password in it, which would be kept in the clear");
  }
  if (!is_authority(authority, parsed.host))
    return refuse(url, "its host is none, or its port is not 1 to 65535");
  if (rest.find('#') != std::string_view::npos) return refuse(url, "has a fragment (#)");
  return parsed;
}

}  // namespace vitrine
