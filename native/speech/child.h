// SPDX-License-Identifier: MIT
// Runs a program of the system for its output, with limits: it cannot be waited for too long, fill
// the memory, or be given its words on a command line.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"

namespace vitrine {

struct ChildLimits {
  size_t output_bytes = 4u << 20;
  int64_t milliseconds = 5000;
};

// The file that the system would run for `program`; "" when there is none.
std::string find_program(std::string_view program);

// Starts `arguments` (the first is the program's file) with `input` on its standard input, which
// then ends, and gives what it wrote on its standard output. Its standard error is dropped. Blocks:
// for a worker. It is killed when a limit is passed or `cancel` turns true.
// Errors: NotFound (cannot be started), ResourceExhausted (a limit), Unavailable (cancelled, or no
// pipe to be had), Internal (it failed: its exit status). Expects: input is at most 4,096 bytes.
Result<std::string> run_child(const std::vector<std::string>& arguments, std::string_view input,
                              const ChildLimits& limits, const std::atomic<bool>& cancel);

}  // namespace vitrine
