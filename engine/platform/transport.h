// SPDX-License-Identifier: MIT
// One WebSocket to the server. Messages are whole UTF-8 text messages of docs/protocol.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine {

class TransportListener {
 public:
  virtual ~TransportListener() = default;
  virtual void on_open() = 0;
  virtual void on_message(std::string_view message) = 0;  // valid during the call
  // The connection is gone, or never came about. `code` is the WebSocket close code, 1006 when
  // there was none.
  virtual void on_close(uint16_t code, std::string_view reason) = 0;
};

// One connection at a time. The listener is called only from poll(), on the App's thread, however
// many threads the implementation has. Queues are bounded: 1 MiB each way.
class Transport {
 public:
  virtual ~Transport() = default;

  virtual void set_listener(TransportListener* listener) = 0;

  // Begins to connect to the address the shell was given. Exactly one on_close follows sooner or
  // later, with or without on_open before. Expects: no connection is open or being opened.
  virtual void connect() = 0;

  // Queues a message. False, and nothing queued, when not open or the queue is full; on a full
  // queue the caller tries again after a later poll().
  virtual bool send(std::string_view message) = 0;

  // Closes politely; on_close follows.
  virtual void close(uint16_t code, std::string_view reason) = 0;

  // Delivers events. Called once a frame.
  virtual void poll() = 0;
};

}  // namespace vitrine
