// SPDX-License-Identifier: MIT
#include <algorithm>

#include "native/lws_client_socket_internal.h"

namespace vitrine {
namespace {

constexpr uint16_t kProtocolError = 1002;
constexpr size_t kLongestReason = 120;  // of a close frame's 123 bytes

}  // namespace

// OpenSSL has a number for it, and the library another; people need to know where to look.
std::string connection_error(const void* words, size_t size) {
  std::string error(static_cast<const char*>(words), words == nullptr ? 0 : size);
  if (error.find("SSL") == std::string::npos && error.find("cert") == std::string::npos)
    return error;
  return "no TLS: the server's certificate is of no authority that is trusted here (--ca names a "
         "store's own), is for another host or over, or the server speaks none (" +
         error + ")";
}

int ClientSocket::check_subprotocol(const std::string& expected) {
  char protocol[64] = "";
  lws_hdr_copy(wsi, protocol, sizeof protocol, WSI_TOKEN_PROTOCOL);
  if (expected == protocol) return 0;
  close_code = kProtocolError;
  close_reason = "the server does not speak " + expected;
  return -1;
}

bool ClientSocket::write(std::string& message) const {
  const size_t size = message.size() - LWS_PRE;
  auto* payload = reinterpret_cast<unsigned char*>(message.data()) + LWS_PRE;
  return lws_write(wsi, payload, size, LWS_WRITE_TEXT) >= static_cast<int>(size);
}

int ClientSocket::refuse(uint16_t code, const char* reason) {
  close_code = code;
  close_reason = reason;
  return send_close();
}

// Returning -1 makes libwebsockets send the close frame that was prepared here.
int ClientSocket::send_close() {
  lws_close_reason(wsi, static_cast<lws_close_status>(close_code),
                   reinterpret_cast<unsigned char*>(close_reason.data()),
                   std::min(close_reason.size(), kLongestReason));
  return -1;
}

void ClientSocket::peer_closes(const uint8_t* payload, size_t size) {
  if (size < 2) return;
  close_code = static_cast<uint16_t>(payload[0] << 8 | payload[1]);
  close_reason.assign(reinterpret_cast<const char*>(payload) + 2, size - 2);
}

}  // namespace vitrine
