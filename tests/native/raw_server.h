// SPDX-License-Identifier: MIT
// A server written by hand, one connection after another, each played by a function: for answers
// that no good server gives. Loopback only, any free port.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <thread>

namespace vitrine {

class RawConnection {
 public:
  explicit RawConnection(int socket) : socket_(socket) {}

  // Bytes up to and with the empty line that ends a request's head.
  std::string read_head();
  std::string read_exactly(size_t size);
  void send(const std::string& bytes);

  // Answers the upgrade request with `subprotocol`; returns the request's head.
  std::string accept_websocket(const std::string& subprotocol = "vitrine.1");
  void send_frame(uint8_t opcode, const std::string& payload, bool final = true);
  void send_close(uint16_t code, const std::string& reason);

  struct Frame {
    uint8_t opcode = 0;
    bool masked = false;
    std::string payload;
  };
  // Nothing when the connection ended.
  std::optional<Frame> read_frame();

 private:
  int socket_;
  std::string head_rest_;
};

class RawServer {
 public:
  using Play = std::function<void(RawConnection&)>;

  // Plays `play` on each connection; closes it when the function returns.
  explicit RawServer(Play play);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  uint16_t port() const { return port_; }
  // Accepts nobody any more and returns when the play of the last connection is over: from here on
  // what the play has written may be read.
  void end();

 private:
  void serve();

  Play play_;
  int listener_ = -1;
  uint16_t port_ = 0;
  std::thread thread_;
};

// A port of loopback where nobody listens.
uint16_t unused_port();

}  // namespace vitrine
