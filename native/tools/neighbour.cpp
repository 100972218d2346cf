// SPDX-License-Identifier: MIT
#include "native/tools/neighbour.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace vitrine::tools {
namespace {

constexpr int kCannotRun = 127;

Status failure(const std::string& what) {
  return {StatusCode::Unavailable, what + ": " + std::strerror(errno)};
}

// Returns when it could not.
void execute(const std::string& program, std::vector<std::string>& arguments) {
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  ::execv(program.c_str(), words.data());
}

// In the child: becomes the program, or ends.
[[noreturn]] void become(const std::string& program, std::vector<std::string>& arguments, int out) {
  if (::dup2(out, STDOUT_FILENO) >= 0) execute(program, arguments);
  ::_exit(kCannotRun);
}

Result<std::string> find_neighbour(const std::string& name) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  std::string program = (self.parent_path() / name).string();
  if (error || !std::filesystem::is_regular_file(program, error)) {
    return Status(StatusCode::NotFound, name + " is not beside this program");
  }
  return program;
}

std::string read_all(int pipe) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t count = ::read(pipe, buffer, sizeof(buffer));
    if (count > 0) text.append(buffer, static_cast<size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) return text;
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<NeighbourRun> run_neighbour(const std::string& name, std::vector<std::string> arguments) {
  const Result<std::string> found = find_neighbour(name);
  if (!found.ok()) return found.status();
  const std::string& program = found.value();
  int ends[2];
  if (::pipe(ends) != 0) return failure("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    become(program, arguments, ends[1]);
  }
  ::close(ends[1]);
  NeighbourRun run;
  if (child > 0) run.output = read_all(ends[0]);
  ::close(ends[0]);
  if (child < 0) return failure(name);
  run.code = wait_for(child);
  if (run.code == kCannotRun) return Status(StatusCode::Unavailable, program + " cannot be run");
  return run;
}

Status become_neighbour(const std::string& name, std::vector<std::string> arguments) {
  const Result<std::string> program = find_neighbour(name);
  if (!program.ok()) return program.status();
  execute(program.value(), arguments);
  return failure(program.value());
}

}  // namespace vitrine::tools
