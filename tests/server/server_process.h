// SPDX-License-Identifier: MIT
// The real vitrine-server as a child process, on the binary this build made.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace vitrine::test {

class ServerProcess {
 public:
  struct Options {
    std::string data;
    uint16_t port = 0;        // 0: any
    int max_descriptors = 0;  // 0: as here
    std::vector<std::string> more;
    std::string program = {};  // "": vitrine-server
  };
  // Waits until it serves; is_running() is false when it ended instead.
  explicit ServerProcess(const Options& options);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  bool is_running() const { return process_ > 0; }
  uint16_t port() const { return port_; }
  uint16_t staff_port() const { return staff_port_; }
  pid_t process() const { return process_; }

  void send_signal(int number);
  // Exit status, or 1000 + signal.
  int wait();
  // What wait() said last; of one that never served, too.
  int exit_status() const { return exit_status_; }

 private:
  void read_addresses(int output);

  pid_t process_ = -1;
  int exit_status_ = 0;
  uint16_t port_ = 0;
  uint16_t staff_port_ = 0;
};

}  // namespace vitrine::test
