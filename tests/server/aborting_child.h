// SPDX-License-Identifier: MIT
// What must end the process before anybody is answered, tried in a child.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <functional>

namespace vitrine::test {

// Answers somebody, whatever it is: it must not come so far.
using Answerer = std::function<void(bool acknowledged)>;

inline void check_aborts_unanswered(const std::function<void(const Answerer&)>& work) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::signal(SIGABRT, SIG_DFL);
    ::close(STDERR_FILENO);
    work([&ends](bool acknowledged) {
      const char answer = acknowledged ? 'y' : 'n';
      (void)!::write(ends[1], &answer, 1);
    });
    ::_exit(0);
  }
  ::close(ends[1]);
  char answer = 0;
  CHECK(::read(ends[0], &answer, 1) == 0);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGABRT);
}

}  // namespace vitrine::test
