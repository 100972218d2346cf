// SPDX-License-Identifier: MIT
// A client that can say anything: bytes, broken handshakes, broken frames. Blocking, with a limit
// on every wait.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/server/tls_stream.h"

namespace vitrine::test {

// How long anything that must come is waited for: long enough for a machine that has other work.
constexpr int kPatienceMs = 60000;

// Asks again and again until it holds; false when it does not within that time.
bool wait_until(const std::function<bool()>& holds);

struct Frame {
  uint8_t opcode = 0;
  std::string payload;

  // Of a close frame; 1005 when it carries none.
  uint16_t close_code() const;
};

struct FrameOptions {
  uint8_t first_byte = 0x81;  // FIN and opcode text
  bool masked = true;
  int length_bytes = 0;  // 0: the shortest form; 2 or 8: that form
  std::optional<uint64_t> declared_length;
};

std::string make_frame(std::string_view payload, const FrameOptions& options = {});
std::string make_text(std::string_view payload);
std::string make_close(uint16_t code);

// A correct handshake; `replace` lines ("Origin: x") replace or add a header, "Name:" removes it.
std::string make_handshake(const std::vector<std::string>& replace = {},
                           std::string_view request_line = "GET /ws HTTP/1.1");

class RawClient {
 public:
  explicit RawClient(uint16_t port, int receive_buffer = 0);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool is_connected() const { return socket_ >= 0; }
  int descriptor() const { return socket_; }  // for waiting on many at once
  // TLS from here on; before anything is sent. False: no handshake, the connection is closed.
  bool start_tls(const std::string& server_name = "",
                 TlsStream::Version at_most = TlsStream::Version::Newest);
  const TlsStream* tls() const { return tls_.get(); }
  // False when the other end is gone.
  bool send(std::string_view bytes);
  // How many bytes the other end took without waiting.
  size_t send_some(std::string_view bytes);

  // The head of an HTTP response with its status line, "" when the connection ended or time is up.
  std::string read_head(int timeout_ms = kPatienceMs);
  // Status of a response, 0: none. Reads the body by its Content-Length into `body`.
  int read_response(std::string* body = nullptr, std::string* head = nullptr);
  // nullopt: ended, or time is up.
  std::optional<Frame> read_frame(int timeout_ms = kPatienceMs);
  // Reads on, answering nothing, until the connection ends; false when it is still open then.
  bool wait_closed(int timeout_ms = kPatienceMs);
  // The code of the next close frame, skipping others; 0: ended without, -1: time is up.
  int read_close_code(int timeout_ms = kPatienceMs);

  // Handshake and challenge; false when refused.
  bool open_websocket(const std::vector<std::string>& headers = {});
  const std::string& nonce() const { return nonce_; }

  void stop_sending();
  void close();

 private:
  bool fill(int timeout_ms);
  // Bytes taken or had; 0: not now, -1: the other end is gone.
  long send_now(std::string_view bytes);
  long receive_now(char* bytes, int size);

  int socket_ = -1;
  std::unique_ptr<TlsStream> tls_;
  bool ended_ = false;
  std::string buffer_;
  std::string nonce_;
};

}  // namespace vitrine::test
