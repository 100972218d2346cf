// SPDX-License-Identifier: MIT
#include "tests/server/killed_child.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <limits>
#include <thread>

namespace vitrine::test {
namespace {

constexpr size_t kToTheEnd = std::numeric_limits<size_t>::max();

size_t count_lines(const std::string& said) {
  return static_cast<size_t>(std::count(said.begin(), said.end(), '\n'));
}

// Reads until the child has said `lines` or ended.
void read_lines(int from, size_t lines, std::string& said) {
  char buffer[65536];
  for (ssize_t got = 1; got > 0 && count_lines(said) < lines;) {
    got = ::read(from, buffer, sizeof buffer);
    if (got > 0) said.append(buffer, static_cast<size_t>(got));
  }
}

}  // namespace

std::string run_and_kill(const char* program, const std::string& directory, uint64_t seed,
                         size_t lines, int milliseconds) {
  int pipe_ends[2];
  REQUIRE(::pipe2(pipe_ends, O_CLOEXEC) == 0);
  const std::string seed_text = std::to_string(seed);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(pipe_ends[1], STDOUT_FILENO);
    ::execl(program, program, directory.c_str(), seed_text.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(pipe_ends[1]);
  std::string said;
  read_lines(pipe_ends[0], lines, said);
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  ::kill(child, SIGKILL);
  read_lines(pipe_ends[0], kToTheEnd, said);
  ::close(pipe_ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WIFSIGNALED(status));
  return said;
}

}  // namespace vitrine::test
