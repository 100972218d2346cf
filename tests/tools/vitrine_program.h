// SPDX-License-Identifier: MIT
// The `vitrine` program as a shell sees it: what it prints, what it exits with.
#pragma once

#include <catch2/catch.hpp>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "native/tools/command.h"

namespace vitrine::test {

struct Run {
  int code = -1;
  std::string out, err;
};

// Everything that was written; the file is closed.
inline std::string drain(std::FILE* file) {
  std::string text;
  std::rewind(file);
  char buffer[4096];
  for (size_t got; (got = std::fread(buffer, 1, sizeof buffer, file)) > 0;) {
    text.append(buffer, got);
  }
  std::fclose(file);
  return text;
}

inline Run vitrine_program(const std::vector<std::string>& words) {
  const std::vector<std::string_view> arguments(words.begin(), words.end());
  std::FILE* out = std::tmpfile();
  std::FILE* err = std::tmpfile();
  REQUIRE(out);
  REQUIRE(err);
  Run run;
  run.code = tools::run_program(arguments, out, err);
  run.out = drain(out);
  run.err = drain(err);
  return run;
}

}  // namespace vitrine::test
