// SPDX-License-Identifier: MIT
// vitrine-track: what `vitrine track` becomes. A program of its own, because it links FFmpeg, which
// a server has not and whose licence `vitrine` is not to take over (docs/architecture.md, section
// 7).
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string_view>
#include <vector>

#include "native/tools/track/track.h"

namespace {

// Where an output is closed, the next file that is opened would become it, and take the program's
// words among its own. What takes its place can only be read, so writing there fails as before.
void fill_closed_outputs() {
  int file = 0;
  while (file >= 0 && file <= STDERR_FILENO) file = ::open("/dev/null", O_RDONLY);
  if (file >= 0) ::close(file);
}

}  // namespace

int main(int argc, char** argv) {
  fill_closed_outputs();
  const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  if (arguments.size() == 1 && arguments[0] == "--version") {
    std::puts("vitrine-track " VITRINE_VERSION);
    return 0;
  }
  if (arguments.size() == 1 && arguments[0] == "--help") {
    std::puts("What `vitrine track` runs; `vitrine track --help` tells its options.");
    return 0;
  }
  // A reader that left and a file that may not grow are errors of writing, told in words.
  for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_IGN);
  // The first ends the work and keeps what it has; the second ends the program, whatever blocks it.
  struct sigaction first = {};
  first.sa_handler = [](int) { vitrine::track::stop(); };
  first.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &first, nullptr);
  return vitrine::track::run_track(arguments, stdout, stderr);
}
