// SPDX-License-Identifier: MIT
// The WebSocket half of LwsClient: one connection's fate. Service thread only.
#pragma once

#include <libwebsockets.h>

#include <cstdint>
#include <string>

namespace vitrine {

// Why there is no connection, from the library's own words; "" when it has none.
std::string connection_error(const void* words, size_t size);

// What an int says goes back to libwebsockets: 0 goes on, -1 ends the connection.
struct ClientSocket {
  lws* wsi = nullptr;
  bool alive = false;  // asked for, on_close not yet told
  bool established = false;
  std::string incoming;  // a message whose end has not come yet
  uint16_t close_code = 1006;
  std::string close_reason;
  bool closing = false;  // we asked for the end

  // A server that does not speak our subprotocol is some other server.
  int check_subprotocol(const std::string& expected);
  // `message` has LWS_PRE bytes of room in front. False: the connection is broken.
  bool write(std::string& message) const;
  // Ends it for a reason of ours.
  int refuse(uint16_t code, const char* reason);
  int send_close();
  // The payload of the peer's close frame.
  void peer_closes(const uint8_t* payload, size_t size);
};

}  // namespace vitrine
