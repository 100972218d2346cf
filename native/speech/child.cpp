// SPDX-License-Identifier: MIT
#include "native/speech/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include "engine/base/assert.h"

namespace vitrine {
namespace {

constexpr size_t kMaxInput = 4096;  // fits any pipe, so that writing never waits
constexpr int kPollMs = 20;         // how soon a cancel is seen

// Both ends are closed on exec; posix_spawn's copies of them are not.
struct Pipe {
  int read = -1;
  int write = -1;

  bool open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    read = ends[0], write = ends[1];
    return true;
  }
  static void shut(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
  ~Pipe() { shut(read), shut(write); }
};

int64_t now_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

pid_t spawn(const std::vector<std::string>& arguments, const Pipe& in, const Pipe& out) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = -1;
  const int failed = posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return failed == 0 ? child : -1;
}

// How long a child is waited for, in all.
struct Patience {
  const ChildLimits& limits;
  const std::atomic<bool>& cancel;
  const int64_t end_ms = now_ms() + limits.milliseconds;

  Status status() const {
    if (cancel) return {StatusCode::Unavailable, "no longer wanted"};
    if (now_ms() < end_ms) return {};
    return {StatusCode::ResourceExhausted,
            "took longer than " + std::to_string(limits.milliseconds) + " ms"};
  }
};

// Until the child closes its output, a limit is passed, or nobody wants it any more.
Status collect(int from, const Patience& patience, std::string& output) {
  const size_t most = patience.limits.output_bytes;
  char piece[16384];
  while (true) {
    if (Status late = patience.status(); !late.ok()) return late;
    pollfd ready{from, POLLIN, 0};
    if (poll(&ready, 1, kPollMs) <= 0) continue;
    const ssize_t got = read(from, piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    output.append(piece, static_cast<size_t>(got));
    if (output.size() > most) {
      return {StatusCode::ResourceExhausted, "wrote more than " + std::to_string(most) + " bytes"};
    }
  }
}

// A child may close its output and stay. Until it has ended, and can be reaped.
Status await_end(pid_t child, const Patience& patience) {
  for (int pause_ms = 1;; pause_ms = pause_ms < kPollMs ? 2 * pause_ms : kPollMs) {
    siginfo_t ended{};
    if (waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        ended.si_pid == child) {
      return {};
    }
    if (Status late = patience.status(); !late.ok()) return late;
    poll(nullptr, 0, pause_ms);
  }
}

// Its exit status, or 128 and the signal that ended it. Expects: it has ended, or was killed.
int reap(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::string find_program(std::string_view program) {
  const char* path = std::getenv("PATH");
  std::string_view left = path != nullptr ? path : "/usr/bin:/bin";
  while (!left.empty()) {
    const size_t colon = left.find(':');
    const std::string file = std::string(left.substr(0, colon)) + "/" + std::string(program);
    if (access(file.c_str(), X_OK) == 0) return file;
    left = colon == std::string_view::npos ? "" : left.substr(colon + 1);
  }
  return {};
}

Result<std::string> run_child(const std::vector<std::string>& arguments, std::string_view input,
                              const ChildLimits& limits, const std::atomic<bool>& cancel) {
  VITRINE_ASSERT(!arguments.empty() && input.size() <= kMaxInput);
  Pipe in, out;
  if (!in.open() || !out.open()) {
    return Status{StatusCode::Unavailable, std::string("no pipe: ") + std::strerror(errno)};
  }
  // Written while we still hold the other end: a program that ends at once costs us no SIGPIPE.
  const bool given =
      write(in.write, input.data(), input.size()) == static_cast<ssize_t>(input.size());
  Pipe::shut(in.write);
  const pid_t child = given ? spawn(arguments, in, out) : -1;
  if (child < 0) return Status{StatusCode::NotFound, arguments[0] + ": cannot be started"};
  Pipe::shut(in.read);
  Pipe::shut(out.write);
  std::string output;
  const Patience patience{limits, cancel};
  Status status = collect(out.read, patience, output);
  if (status.ok()) status = await_end(child, patience);
  if (!status.ok()) kill(child, SIGKILL);
  const int code = reap(child);
  if (!status.ok()) return Status{status.code(), arguments[0] + ": " + status.message()};
  if (code != 0) {
    return Status{StatusCode::Internal, arguments[0] + ": ended with " + std::to_string(code)};
  }
  return output;
}

}  // namespace vitrine
