// SPDX-License-Identifier: MIT
// A connection whose other end is the test. Records what was sent; can refuse to send, open, fail,
// close with a code. Events are delivered from poll(), as the contract says.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "engine/platform/transport.h"

namespace vitrine::fakes {

class FakeTransport : public Transport {
 public:
  void set_listener(TransportListener* listener) override { listener_ = listener; }
  void connect() override {
    ++connects;
    connecting = true;
  }
  bool send(std::string_view message) override {
    if (!open_ || refuse_sends) return false;
    sent.emplace_back(message);
    return true;
  }
  void close(uint16_t code, std::string_view reason) override {
    closed_by_device = code;
    close_reason = reason;
    drop(code);
  }
  void poll() override {
    while (!events_.empty()) {
      const std::function<void()> event = std::move(events_.front());
      events_.pop_front();
      if (listener_) event();
    }
  }

  // The other end.
  void accept() {
    connecting = false;
    open_ = true;
    events_.push_back([this] { listener_->on_open(); });
  }
  void deliver(std::string message) {
    if (!open_) return;
    events_.push_back([this, text = std::move(message)] { listener_->on_message(text); });
  }
  // What was on its way to the device is lost when `lose` is true.
  void drop(uint16_t code, bool lose = false) {
    if (!open_ && !connecting) return;
    connecting = open_ = false;
    if (lose) events_.clear();
    events_.push_back([this, code] { listener_->on_close(code, ""); });
  }
  bool is_open() const { return open_; }
  // The process that used it died.
  void forget_device() {
    listener_ = nullptr;
    events_.clear();
    sent.clear();
    connecting = open_ = false;
  }

  std::vector<std::string> sent;
  int connects = 0;
  bool connecting = false;
  bool refuse_sends = false;
  uint16_t closed_by_device = 0;
  std::string close_reason;

 private:
  TransportListener* listener_ = nullptr;
  std::deque<std::function<void()>> events_;
  bool open_ = false;
};

}  // namespace vitrine::fakes
