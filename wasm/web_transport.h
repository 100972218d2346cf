// SPDX-License-Identifier: MIT
// The browser's WebSocket as a Transport; see js/library_transport.js.
#pragma once

#include <string>

#include "engine/platform/transport.h"
#include "engine/protocol/limits.h"

namespace vitrine::wasm {

class WebTransport final : public Transport {
 public:
  // `id` tells this page's connections apart: one for each WebTransport alive. `subprotocol` is
  // static.
  explicit WebTransport(int id, const char* subprotocol = protocol::kSubprotocol)
      : id_(id), subprotocol_(subprotocol) {}
  ~WebTransport() override;

  void set_listener(TransportListener* listener) override { listener_ = listener; }
  void connect() override;
  bool send(std::string_view message) override;
  void close(uint16_t code, std::string_view reason) override;
  void poll() override;

 private:
  void deliver(int kind, int code);

  const int id_;
  const char* const subprotocol_;
  TransportListener* listener_ = nullptr;
  std::string text_;  // of the event being delivered
};

}  // namespace vitrine::wasm
