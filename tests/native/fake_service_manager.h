// SPDX-License-Identifier: MIT
// The receiving end of NOTIFY_SOCKET, as systemd has it.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

namespace vitrine {

class FakeServiceManager {
 public:
  // "/PATH" or "@NAME".
  explicit FakeServiceManager(const std::string& address)
      : socket_(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    REQUIRE(address.size() < sizeof name.sun_path);
    std::memcpy(name.sun_path, address.data(), address.size());
    if (address[0] == '@') name.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size());
    REQUIRE(bind(socket_, reinterpret_cast<const sockaddr*>(&name), size) == 0);
  }
  ~FakeServiceManager() { close(socket_); }
  FakeServiceManager(const FakeServiceManager&) = delete;
  FakeServiceManager& operator=(const FakeServiceManager&) = delete;

  // What was sent since the last call, one datagram each.
  std::vector<std::string> take() {
    std::vector<std::string> messages;
    char buffer[2048];
    for (;;) {
      const ssize_t size = recv(socket_, buffer, sizeof buffer, 0);
      if (size < 0) return messages;
      messages.emplace_back(buffer, static_cast<size_t>(size));
    }
  }
  size_t take_feeds() {
    const std::vector<std::string> messages = take();
    return static_cast<size_t>(std::count(messages.begin(), messages.end(), "WATCHDOG=1"));
  }

 private:
  int socket_;
};

}  // namespace vitrine
