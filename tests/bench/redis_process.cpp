// SPDX-License-Identifier: MIT
#include "tests/bench/redis_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace vitrine::bench {
namespace {

constexpr int kStarts = 3;         // somebody else may take the port in between
constexpr int kListenWaits = 200;  // of 50 ms

sockaddr_in loopback(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// Free a moment ago: Redis has no way to tell which one it took.
uint16_t free_port() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  bind(probe, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
  close(probe);
  return ntohs(address.sin_port);
}

bool is_listening(uint16_t port) {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const int refused = connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  close(probe);
  return refused == 0;
}

[[noreturn]] void become_redis(uint16_t port, const std::string& data) {
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(null, STDOUT_FILENO);
  execlp("redis-server", "redis-server", "--port", std::to_string(port).c_str(), "--bind",
         "127.0.0.1", "--dir", data.c_str(), "--appendonly", "yes", "--appendfsync", "always",
         "--save", "", "--auto-aof-rewrite-percentage", "0", nullptr);
  _exit(127);
}

}  // namespace

RedisProcess::RedisProcess() {
  for (int i = 0; i < kStarts && !is_running(); ++i) start();
}

RedisProcess::~RedisProcess() {
  stop();
}

void RedisProcess::start() {
  port_ = free_port();
  process_ = fork();
  if (process_ == 0) become_redis(port_, data_.path());
  if (!wait_until_listening()) stop();
}

void RedisProcess::stop() {
  if (!is_running()) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
  process_ = -1;
}

bool RedisProcess::wait_until_listening() {
  for (int i = 0; i < kListenWaits; ++i) {
    if (is_listening(port_)) return true;
    if (waitpid(process_, nullptr, WNOHANG) == process_) {
      process_ = -1;
      return false;
    }
    usleep(50000);
  }
  return false;
}

}  // namespace vitrine::bench
