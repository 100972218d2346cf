// SPDX-License-Identifier: MIT
#include "tests/server/raw_client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <utility>

namespace vitrine::test {

namespace {

int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

void append_length(std::string& out, uint64_t length, int bytes, uint8_t mask_bit) {
  if (bytes == 0) bytes = length < 126 ? 1 : length < 65536 ? 2 : 8;
  if (bytes == 1) {
    out += static_cast<char>(mask_bit | length);
    return;
  }
  out += static_cast<char>(mask_bit | (bytes == 2 ? 126 : 127));
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(length >> (8 * i));
}

}  // namespace

bool wait_until(const std::function<bool()>& holds) {
  const int64_t end = now_ms() + kPatienceMs;
  while (!holds()) {
    if (now_ms() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

uint16_t Frame::close_code() const {
  if (payload.size() < 2) return 1005;
  return static_cast<uint16_t>(uint8_t(payload[0]) << 8 | uint8_t(payload[1]));
}

std::string make_frame(std::string_view payload, const FrameOptions& options) {
  std::string out(1, static_cast<char>(options.first_byte));
  append_length(out, options.declared_length.value_or(payload.size()), options.length_bytes,
                options.masked ? 0x80 : 0);
  if (!options.masked) return out.append(payload);
  const char mask[4] = {0x11, 0x22, 0x33, 0x44};
  out.append(mask, 4);
  for (size_t i = 0; i < payload.size(); ++i) out += static_cast<char>(payload[i] ^ mask[i & 3]);
  return out;
}

std::string make_text(std::string_view payload) {
  return make_frame(payload);
}

std::string make_close(uint16_t code) {
  const char payload[2] = {static_cast<char>(code >> 8), static_cast<char>(code)};
  FrameOptions options;
  options.first_byte = 0x88;
  return make_frame({payload, 2}, options);
}

std::string make_handshake(const std::vector<std::string>& replace, std::string_view request_line) {
  std::vector<std::string> lines = {"Host: 127.0.0.1",
                                    "Connection: Upgrade",
                                    "Upgrade: websocket",
                                    "Sec-WebSocket-Version: 13",
                                    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                                    "Sec-WebSocket-Protocol: vitrine.1"};
  for (const std::string& line : replace) {
    const std::string name = line.substr(0, line.find(':') + 1);
    bool found = false;
    for (std::string& old : lines) {
      if (old.rfind(name, 0) != 0) continue;
      old = line;
      found = true;
    }
    if (!found) lines.push_back(line);
  }
  std::string out(request_line);
  out += "\r\n";
  for (const std::string& line : lines) {
    if (line.back() != ':') out += line + "\r\n";
  }
  return out + "\r\n";
}

RawClient::RawClient(uint16_t port, int receive_buffer) {
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_buffer > 0) {
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) close();
}

RawClient::~RawClient() {
  close();
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      tls_(std::move(other.tls_)),
      ended_(other.ended_),
      buffer_(std::move(other.buffer_)),
      nonce_(std::move(other.nonce_)) {}

bool RawClient::start_tls(const std::string& server_name, TlsStream::Version at_most) {
  tls_ = TlsStream::connect(socket_, server_name, at_most);
  if (!tls_) close();
  return tls_ != nullptr;
}

void RawClient::close() {
  tls_.reset();
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void RawClient::stop_sending() {
  shutdown(socket_, SHUT_WR);
}

long RawClient::send_now(std::string_view bytes) {
  if (tls_) return tls_->send(bytes);
  const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent > 0 ? sent : sent < 0 && errno == EAGAIN ? 0 : -1;
}

long RawClient::receive_now(char* bytes, int size) {
  if (tls_) return tls_->receive(bytes, size);
  const ssize_t had = recv(socket_, bytes, static_cast<size_t>(size), 0);
  return had > 0 ? had : -1;
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    pollfd waiting{socket_, POLLOUT, 0};
    if (socket_ < 0 || poll(&waiting, 1, kPatienceMs) != 1) return false;
    const long sent = send_now(bytes);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

size_t RawClient::send_some(std::string_view bytes) {
  const long sent = send_now(bytes);
  return sent > 0 ? static_cast<size_t>(sent) : 0;
}

bool RawClient::fill(int timeout_ms) {
  if (ended_ || socket_ < 0) return false;
  pollfd waiting{socket_, POLLIN, 0};
  const bool here = tls_ && tls_->has_pending();
  if (!here && poll(&waiting, 1, std::max(0, timeout_ms)) != 1) return false;
  char bytes[16384];
  const long size = receive_now(bytes, sizeof bytes);
  if (size < 0) {
    ended_ = true;
    return false;
  }
  buffer_.append(bytes, static_cast<size_t>(size));
  return true;
}

std::string RawClient::read_head(int timeout_ms) {
  const int64_t deadline = now_ms() + timeout_ms;
  size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill(static_cast<int>(deadline - now_ms()))) return {};
  }
  const std::string head = buffer_.substr(0, end + 4);
  buffer_.erase(0, end + 4);
  return head;
}

int RawClient::read_response(std::string* body, std::string* head_out) {
  const std::string head = read_head();
  if (head_out != nullptr) *head_out = head;
  if (head.size() < 12) return 0;
  const size_t at = head.find("Content-Length: ");
  const size_t length = at == std::string::npos ? 0 : size_t(std::atol(head.c_str() + at + 16));
  while (buffer_.size() < length && fill(kPatienceMs)) {
  }
  if (body != nullptr) *body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return std::atoi(head.c_str() + 9);
}

std::optional<Frame> RawClient::read_frame(int timeout_ms) {
  const int64_t deadline = now_ms() + timeout_ms;
  const auto need = [&](size_t size) {
    while (buffer_.size() < size) {
      if (!fill(static_cast<int>(deadline - now_ms()))) return false;
    }
    return true;
  };
  if (!need(2)) return std::nullopt;
  size_t head = 2;
  uint64_t length = uint8_t(buffer_[1]) & 0x7f;
  if (length >= 126) {
    const size_t bytes = length == 126 ? 2 : 8;
    if (!need(2 + bytes)) return std::nullopt;
    length = 0;
    for (size_t i = 0; i < bytes; ++i) length = length << 8 | uint8_t(buffer_[2 + i]);
    head += bytes;
  }
  if (!need(head + length)) return std::nullopt;
  Frame frame{static_cast<uint8_t>(buffer_[0] & 0xf), buffer_.substr(head, length)};
  buffer_.erase(0, head + length);
  return frame;
}

bool RawClient::wait_closed(int timeout_ms) {
  const int64_t deadline = now_ms() + timeout_ms;
  while (!ended_ && now_ms() < deadline) {
    fill(static_cast<int>(deadline - now_ms()));
    buffer_.clear();
  }
  return ended_;
}

int RawClient::read_close_code(int timeout_ms) {
  const int64_t deadline = now_ms() + timeout_ms;
  while (true) {
    const std::optional<Frame> frame = read_frame(static_cast<int>(deadline - now_ms()));
    if (!frame) return ended_ ? 0 : -1;
    if (frame->opcode == 8) return frame->close_code();
  }
}

bool RawClient::open_websocket(const std::vector<std::string>& headers) {
  if (!send(make_handshake(headers))) return false;
  if (read_head().rfind("HTTP/1.1 101", 0) != 0) return false;
  const std::optional<Frame> challenge = read_frame();
  if (!challenge) return false;
  const size_t at = challenge->payload.find("\"nonce\":\"");
  if (at == std::string::npos) return false;
  nonce_ = challenge->payload.substr(at + 9, 64);
  return true;
}

}  // namespace vitrine::test
