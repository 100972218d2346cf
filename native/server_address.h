// SPDX-License-Identifier: MIT
// Where the server is: ws://HOST[:PORT]/PATH or wss://…, as given to --server.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine {

struct ServerAddress {
  bool secure = false;  // wss, https
  std::string host;     // without brackets
  uint16_t port = 80;
  std::string path = "/ws";

  // "host:port" as the Host header has it; the port is left out when it is the scheme's own.
  std::string authority() const;

  // "https://HOST[:PORT]/", where the server's pages are: beside the socket's path.
  std::string page_root() const;

  // Errors: InvalidArgument, with what was expected.
  static Result<ServerAddress> parse(std::string_view text);
};

}  // namespace vitrine
