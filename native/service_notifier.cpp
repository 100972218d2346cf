// SPDX-License-Identifier: MIT
#include "native/service_notifier.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace vitrine {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// 0 for anything that is not a number above it.
int64_t positive(const std::string& text) {
  int64_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = result.ec == std::errc() && result.ptr == text.data() + text.size();
  return whole && number > 0 ? number : 0;
}

// Somebody else in the same service may be the one that is watched.
bool is_meant_for_us(const std::string& watched_process) {
  return watched_process.empty() || positive(watched_process) == getpid();
}

}  // namespace

ServiceNotifier ServiceNotifier::from_environment() {
  ServiceNotifier notifier;
  const std::string address = environment("NOTIFY_SOCKET");
  const Status opened = address.empty() ? Status() : notifier.open(address);
  if (!opened.ok()) std::fprintf(stderr, "vitrine-kiosk: %s\n", opened.message().c_str());
  if (notifier.is_open() && is_meant_for_us(environment("WATCHDOG_PID"))) {
    notifier.watchdog_us_ = positive(environment("WATCHDOG_USEC"));
  }
  for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC"}) unsetenv(name);
  return notifier;
}

ServiceNotifier::~ServiceNotifier() {
  if (socket_ >= 0) close(socket_);
}

ServiceNotifier::ServiceNotifier(ServiceNotifier&& other) noexcept
    : address_(std::move(other.address_)),
      socket_(std::exchange(other.socket_, -1)),
      watchdog_us_(other.watchdog_us_) {}

Status ServiceNotifier::open(std::string_view address) {
  const std::string what = "NOTIFY_SOCKET=" + std::string(address) + ": ";
  if (address.size() < 2 || (address[0] != '/' && address[0] != '@')) {
    return {StatusCode::InvalidArgument, what + "expected /PATH or @NAME"};
  }
  if (address.size() >= sizeof(sockaddr_un::sun_path)) {
    return {StatusCode::InvalidArgument, what + "longer than a socket's name may be"};
  }
  socket_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return {StatusCode::Unavailable, what + std::strerror(errno)};
  address_ = address;
  if (address_[0] == '@') address_[0] = '\0';
  return {};
}

bool ServiceNotifier::send(std::string_view lines) const {
  if (socket_ < 0) return false;
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, address_.data(), address_.size());
  // An abstract name is as long as the length says; a path ends with its 0.
  const size_t length =
      offsetof(sockaddr_un, sun_path) + address_.size() + (to.sun_path[0] ? 1 : 0);
  const ssize_t sent =
      sendto(socket_, lines.data(), lines.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
             reinterpret_cast<const sockaddr*>(&to), static_cast<socklen_t>(length));
  return sent == static_cast<ssize_t>(lines.size());
}

}  // namespace vitrine
