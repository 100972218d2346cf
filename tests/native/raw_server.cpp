// SPDX-License-Identifier: MIT
#include "tests/native/raw_server.h"

#include <arpa/inet.h>
#include <libwebsockets.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>

namespace vitrine {
namespace {

int listen_on_loopback(uint16_t& port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address);
  listen(listener, 8);
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return listener;
}

std::string accept_key(const std::string& key) {
  const std::string text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, 20> hash{};
  lws_SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
  std::array<char, 64> encoded{};
  lws_b64_encode_string(reinterpret_cast<const char*>(hash.data()), hash.size(), encoded.data(),
                        encoded.size());
  return encoded.data();
}

std::string header(const std::string& head, const std::string& name) {
  const size_t at = head.find(name + ": ");
  if (at == std::string::npos) return {};
  const size_t begin = at + name.size() + 2;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

}  // namespace

std::string RawConnection::read_head() {
  std::string head;
  while (head.find("\r\n\r\n") == std::string::npos) {
    const std::string byte = read_exactly(1);
    if (byte.empty()) return head;
    head += byte;
  }
  return head;
}

std::string RawConnection::read_exactly(size_t size) {
  std::string bytes(size, '\0');
  size_t have = 0;
  while (have < size) {
    const ssize_t got = recv(socket_, bytes.data() + have, size - have, 0);
    if (got <= 0) return {};
    have += static_cast<size_t>(got);
  }
  return bytes;
}

void RawConnection::send(const std::string& bytes) {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t n = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return;
    sent += static_cast<size_t>(n);
  }
}

std::string RawConnection::accept_websocket(const std::string& subprotocol) {
  const std::string head = read_head();
  std::string answer =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
      "Connection: Upgrade\r\nSec-WebSocket-Accept: " +
      accept_key(header(head, "Sec-WebSocket-Key")) + "\r\n";
  if (!subprotocol.empty()) answer += "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
  send(answer + "\r\n");
  return head;
}

void RawConnection::send_frame(uint8_t opcode, const std::string& payload, bool final) {
  std::string frame(1, static_cast<char>((final ? 0x80 : 0) | opcode));
  const size_t size = payload.size();
  if (size < 126) {
    frame += static_cast<char>(size);
  } else if (size < 65536) {
    frame += {126, static_cast<char>(size >> 8), static_cast<char>(size)};
  } else {
    frame += 127;
    for (int shift = 56; shift >= 0; shift -= 8) frame += static_cast<char>(size >> shift);
  }
  send(frame + payload);
}

void RawConnection::send_close(uint16_t code, const std::string& reason) {
  std::string payload = {static_cast<char>(code >> 8), static_cast<char>(code)};
  send_frame(8, payload + reason);
}

std::optional<RawConnection::Frame> RawConnection::read_frame() {
  const std::string head = read_exactly(2);
  if (head.empty()) return std::nullopt;
  Frame frame;
  frame.opcode = static_cast<uint8_t>(head[0]) & 0x0f;
  frame.masked = (head[1] & 0x80) != 0;
  uint64_t size = static_cast<uint8_t>(head[1]) & 0x7f;
  if (size >= 126) {
    const std::string more = read_exactly(size == 126 ? 2 : 8);
    size = 0;
    for (const char c : more) size = size << 8 | static_cast<uint8_t>(c);
  }
  const std::string mask = frame.masked ? read_exactly(4) : std::string(4, '\0');
  if (size > 0) frame.payload = read_exactly(size);
  for (size_t i = 0; i < frame.payload.size(); ++i) {
    frame.payload[i] = static_cast<char>(frame.payload[i] ^ mask[i % 4]);
  }
  return frame;
}

RawServer::RawServer(Play play) : play_(std::move(play)) {
  listener_ = listen_on_loopback(port_);
  thread_ = std::thread([this] { serve(); });
}

RawServer::~RawServer() {
  end();
  close(listener_);
}

void RawServer::end() {
  if (!thread_.joinable()) return;
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
}

void RawServer::serve() {
  while (true) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    // A test that goes wrong ends instead of waiting for ever.
    const timeval patience{60, 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    RawConnection connection(socket);
    play_(connection);
    shutdown(socket, SHUT_RDWR);
    close(socket);
  }
}

uint16_t unused_port() {
  uint16_t port = 0;
  close(listen_on_loopback(port));
  return port;
}

}  // namespace vitrine
