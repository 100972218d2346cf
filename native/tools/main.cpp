// SPDX-License-Identifier: MIT
#include <csignal>
#include <string_view>
#include <vector>

#include "native/tools/command.h"

int main(int argc, char** argv) {
  // A reader that stops early (`vitrine export | head`) is an error of writing, not a death.
  std::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return vitrine::tools::run_program(arguments, stdout, stderr);
}
