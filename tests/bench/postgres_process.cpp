// SPDX-License-Identifier: MIT
#include "tests/bench/postgres_process.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <vector>

namespace vitrine::bench {
namespace {

constexpr int kListenWaits = 200;  // of 50 ms

// Debian keeps the server's programs out of the path, by version; the newest there is.
std::string find_program(const std::string& name) {
  std::string found;
  std::error_code none;
  for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", none)) {
    const std::string program = (version.path() / "bin" / name).string();
    if (::access(program.c_str(), X_OK) == 0 && program > found) found = program;
  }
  return found;
}

// PostgreSQL refuses to run as root; then it runs as the user that its package made, or as nobody.
const passwd* stranger() {
  if (::geteuid() != 0) return nullptr;
  const passwd* user = ::getpwnam("postgres");
  return user != nullptr ? user : ::getpwnam("nobody");
}

[[noreturn]] void become(const std::vector<std::string>& words) {
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(null, stream);
  const passwd* user = stranger();
  const bool as_user =
      user == nullptr ||
      (::setgroups(0, nullptr) == 0 && ::setgid(user->pw_gid) == 0 && ::setuid(user->pw_uid) == 0);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  if (as_user) ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

// Its first file says when it takes connections.
bool is_ready(const std::string& data) {
  std::ifstream file(data + "/postmaster.pid");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("ready")) return true;
  }
  return false;
}

pid_t start(const std::vector<std::string>& words) {
  const pid_t process = ::fork();
  if (process == 0) become(words);
  return process;
}

}  // namespace

PostgresProcess::PostgresProcess(size_t connections) {
  const std::string server = find_program("postgres");
  if (server.empty() || find_program("initdb").empty()) {
    why_not_ = "there is no PostgreSQL here (package postgresql)";
    return;
  }
  if (!make_cluster()) {
    why_not_ = "initdb failed in " + home_.path();
    return;
  }
  process_ =
      start({server, "-D", home_.path() + "/data", "-k", home_.path(), "-c",
             "listen_addresses=", "-c", "max_connections=" + std::to_string(connections + 10), "-c",
             "shared_buffers=256MB", "-c", "max_wal_size=4GB"});
  if (!wait_until_listening()) why_not_ = "PostgreSQL did not start in " + home_.path();
}

PostgresProcess::~PostgresProcess() {
  if (process_ <= 0) return;
  ::kill(process_, SIGINT);  // fast: without waiting for connections
  ::waitpid(process_, nullptr, 0);
}

bool PostgresProcess::make_cluster() {
  const passwd* user = stranger();
  if (user != nullptr && ::chown(home_.path().c_str(), user->pw_uid, user->pw_gid) != 0) {
    return false;
  }
  const pid_t process = start({find_program("initdb"), "-D", home_.path() + "/data", "-U", "bench",
                               "-A", "trust", "-E", "UTF8", "--no-locale"});
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool PostgresProcess::wait_until_listening() {
  for (int i = 0; i < kListenWaits; ++i) {
    if (is_ready(home_.path() + "/data")) return true;
    if (::waitpid(process_, nullptr, WNOHANG) == process_) {
      process_ = -1;
      return false;
    }
    ::usleep(50000);
  }
  return false;
}

}  // namespace vitrine::bench
