// SPDX-License-Identifier: MIT
#pragma once

#include "engine/platform/transport.h"

namespace vitrine {

// For --offline: there is no server. An attempt to connect ends as any failed one does.
class OfflineTransport final : public Transport {
 public:
  void set_listener(TransportListener* listener) override { listener_ = listener; }
  void connect() override { asked_ = true; }
  bool send(std::string_view) override { return false; }
  void close(uint16_t, std::string_view) override {}
  void poll() override {
    if (!asked_ || listener_ == nullptr) return;
    asked_ = false;
    listener_->on_close(1006, "offline");
  }

 private:
  TransportListener* listener_ = nullptr;
  bool asked_ = false;
};

}  // namespace vitrine
