// SPDX-License-Identifier: MIT
#include "server/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace vitrine {

namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);

  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

bool fill_address(const ListenAddress& from, SocketAddress& to) {
  auto* v4 = reinterpret_cast<sockaddr_in*>(&to.storage);
  if (inet_pton(AF_INET, from.host.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(from.port);
    to.size = sizeof *v4;
    return true;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&to.storage);
  if (inet_pton(AF_INET6, from.host.c_str(), &v6->sin6_addr) != 1) return false;
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(from.port);
  to.size = sizeof *v6;
  return true;
}

PeerAddress peer_of(const SocketAddress& from) {
  PeerAddress peer;
  if (from.storage.ss_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&from.storage);
    std::memcpy(peer.bytes.data(), &v6->sin6_addr, 16);
  } else {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&from.storage);
    peer.bytes[10] = peer.bytes[11] = 0xff;
    std::memcpy(peer.bytes.data() + 12, &v4->sin_addr, 4);
  }
  return peer;
}

uint16_t bound_port(int descriptor) {
  SocketAddress address;
  if (getsockname(descriptor, address.get(), &address.size) != 0) return 0;
  return address.storage.ss_family == AF_INET6
             ? ntohs(reinterpret_cast<sockaddr_in6*>(&address.storage)->sin6_port)
             : ntohs(reinterpret_cast<sockaddr_in*>(&address.storage)->sin_port);
}

Status listen_error(const ListenAddress& address, int error) {
  std::string message = address.to_string() + ": " + std::strerror(error);
  if (error == EADDRINUSE) {
    message +=
        "; another program listens there. Stop it (ss -ltnp shows which), or choose another "
        "port, or port 0 for any free one";
  } else if (error == EACCES) {
    message += "; ports below 1024 need the right to bind them. Choose a port above 1023";
  } else if (error == EADDRNOTAVAIL) {
    message += "; this machine has no such address. 0.0.0.0 listens on all of them";
  }
  return Status(StatusCode::Unavailable, std::move(message));
}

constexpr int kBacklog = 4096;

}  // namespace

Listener::Listener(int descriptor, ListenAddress address)
    : descriptor_(descriptor), address_(std::move(address)) {}

Listener::Listener(Listener&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), address_(std::move(other.address_)) {}

Listener& Listener::operator=(Listener&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(address_, other.address_);
  return *this;
}

Listener::~Listener() {
  close();
}

void Listener::close() {
  close_descriptor(std::exchange(descriptor_, -1));
}

Result<Listener> Listener::open(const ListenAddress& address) {
  SocketAddress socket_address;
  if (!fill_address(address, socket_address)) return listen_error(address, EADDRNOTAVAIL);
  const int family = socket_address.storage.ss_family;
  const int descriptor = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return listen_error(address, errno);
  Listener listener(descriptor, address);
  const int on = 1;
  // Without it a restart within a minute finds its own old connections in the way.
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(descriptor, socket_address.get(), socket_address.size) != 0 ||
      ::listen(descriptor, kBacklog) != 0) {
    return listen_error(address, errno);
  }
  listener.address_.port = bound_port(descriptor);
  return listener;
}

Listener::Accept Listener::accept_one() {
  SocketAddress from;
  Accept result;
  result.descriptor = accept4(descriptor_, from.get(), &from.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (result.descriptor < 0) {
    const bool nothing = errno == EAGAIN || errno == EWOULDBLOCK;
    const bool passing = errno == EINTR || errno == ECONNABORTED || errno == EPROTO;
    result.outcome = nothing || passing ? Outcome::Nothing : Outcome::Exhausted;
    return result;
  }
  const int on = 1;
  setsockopt(result.descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  result.outcome = Outcome::Accepted;
  result.peer = peer_of(from);
  return result;
}

void close_descriptor(int descriptor) {
  if (descriptor >= 0) ::close(descriptor);
}

void set_send_buffer(int descriptor, int bytes) {
  setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

void abort_descriptor(int descriptor) {
  const linger reset = {1, 0};
  setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close_descriptor(descriptor);
}

}  // namespace vitrine
