// SPDX-License-Identifier: MIT
#include "tests/server/server_process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace vitrine::test {

namespace {

[[noreturn]] void become_server(const ServerProcess::Options& options, int output) {
  if (options.max_descriptors > 0) {
    const auto count = static_cast<rlim_t>(options.max_descriptors);
    const rlimit limit = {count, count};
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  dup2(output, STDOUT_FILENO);
  const std::string program = options.program.empty() ? VITRINE_SERVER : options.program;
  std::vector<std::string> arguments = {program,
                                        "--listen",
                                        "127.0.0.1:" + std::to_string(options.port),
                                        "--staff-listen",
                                        "127.0.0.1:0",
                                        "--campaigns",
                                        "assets/campaigns",
                                        "--data",
                                        options.data};
  arguments.insert(arguments.end(), options.more.begin(), options.more.end());
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  execv(program.c_str(), pointers.data());
  _exit(127);
}

uint16_t port_after(const std::string& text, const std::string& name) {
  const size_t line = text.find(name + " http");
  if (line == std::string::npos) return 0;
  const size_t colon = text.find(':', text.find("://", line) + 3);
  return static_cast<uint16_t>(std::atoi(text.c_str() + colon + 1));
}

}  // namespace

ServerProcess::ServerProcess(const Options& options) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) std::abort();
  process_ = fork();
  if (process_ == 0) become_server(options, pipe_ends[1]);
  close(pipe_ends[1]);
  read_addresses(pipe_ends[0]);
  close(pipe_ends[0]);
  if (staff_port_ == 0) wait();
}

ServerProcess::~ServerProcess() {
  if (!is_running()) return;
  send_signal(SIGKILL);
  wait();
}

void ServerProcess::read_addresses(int output) {
  std::string text;
  char bytes[512];
  while (text.find("/live\n") == std::string::npos) {
    const ssize_t size = read(output, bytes, sizeof bytes);
    if (size <= 0) return;
    text.append(bytes, static_cast<size_t>(size));
  }
  port_ = port_after(text, "public");
  staff_port_ = port_after(text, "staff");
}

void ServerProcess::send_signal(int number) {
  kill(process_, number);
}

int ServerProcess::wait() {
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  exit_status_ = WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
  return exit_status_;
}

}  // namespace vitrine::test
