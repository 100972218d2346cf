// SPDX-License-Identifier: MIT
// A redis-server of our own, in a directory of its own, that answers when what it answers is on the
// disk: appendonly, appendfsync always, no snapshots, no rewriting meanwhile.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "tests/server/temporary_directory.h"

namespace vitrine::bench {

class RedisProcess {
 public:
  // Waits until it listens; is_running() is false when there is no redis-server here.
  RedisProcess();
  ~RedisProcess();
  RedisProcess(const RedisProcess&) = delete;
  RedisProcess& operator=(const RedisProcess&) = delete;

  bool is_running() const { return process_ > 0; }
  uint16_t port() const { return port_; }
  pid_t process() const { return process_; }

 private:
  void start();
  void stop();
  bool wait_until_listening();

  test::TemporaryDirectory data_;
  pid_t process_ = -1;
  uint16_t port_ = 0;
};

}  // namespace vitrine::bench
