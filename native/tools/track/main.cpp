// SPDX-License-Identifier: MIT
// vitrine-track: what `vitrine track` becomes. A program of its own, because it links FFmpeg, which
// a server has not and whose licence `vitrine` is not to take over (docs/architecture.md, section
// 7).
#include <csignal>
#include <cstdio>
#include <string_view>
#include <vector>

#include "native/tools/track/track.h"

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  if (arguments.size() == 1 && arguments[0] == "--version") {
    std::puts("vitrine-track " VITRINE_VERSION);
    return 0;
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGINT, [](int) { vitrine::track::stop(); });
  std::signal(SIGTERM, [](int) { vitrine::track::stop(); });
  return vitrine::track::run_track(arguments, stdout, stderr);
}
