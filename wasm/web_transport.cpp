// SPDX-License-Identifier: MIT
#include "wasm/web_transport.h"

#include "wasm/js_calls.h"

namespace vitrine::wasm {
namespace {

// The kinds of js/library_transport.js.
constexpr int kOpen = 0;
constexpr int kMessage = 1;

}  // namespace

WebTransport::~WebTransport() {
  vitrine_js_socket_drop(id_);
}

void WebTransport::connect() {
  vitrine_js_socket_connect(id_, subprotocol_);
}

bool WebTransport::send(std::string_view message) {
  return vitrine_js_socket_send(id_, message.data(), message.size()) != 0;
}

void WebTransport::close(uint16_t code, std::string_view reason) {
  vitrine_js_socket_close(id_, code, reason.data(), reason.size());
}

void WebTransport::poll() {
  int32_t header[3] = {};
  while (vitrine_js_socket_peek(id_, header) != 0) {
    text_.resize(static_cast<size_t>(header[2]));
    vitrine_js_socket_take(id_, text_.data());
    deliver(header[0], header[1]);
  }
}

void WebTransport::deliver(int kind, int code) {
  if (listener_ == nullptr) return;
  if (kind == kOpen) return listener_->on_open();
  if (kind == kMessage) return listener_->on_message(text_);
  listener_->on_close(static_cast<uint16_t>(code), text_);
}

}  // namespace vitrine::wasm
