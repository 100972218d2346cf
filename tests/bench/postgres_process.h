// SPDX-License-Identifier: MIT
// A PostgreSQL server of our own, in a directory of its own, reached by a socket file there. Every
// commit is on the disk when it is answered (fsync, synchronous_commit: PostgreSQL's defaults).
#pragma once

#include <sys/types.h>

#include <string>

#include "tests/server/temporary_directory.h"

namespace vitrine::bench {

class PostgresProcess {
 public:
  // Waits until it answers; why_not() is not "" when there is no PostgreSQL to be had here.
  explicit PostgresProcess(size_t connections);
  ~PostgresProcess();
  PostgresProcess(const PostgresProcess&) = delete;
  PostgresProcess& operator=(const PostgresProcess&) = delete;

  const std::string& why_not() const { return why_not_; }
  // Where its socket is; its superuser is called "bench".
  const std::string& directory() const { return home_.path(); }

 private:
  bool make_cluster();
  bool wait_until_listening();

  test::TemporaryDirectory home_;
  pid_t process_ = -1;
  std::string why_not_;
};

}  // namespace vitrine::bench
