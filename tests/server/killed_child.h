// SPDX-License-Identifier: MIT
// A child that writes lines to its standard output until it is killed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace vitrine::test {

// Runs `program DIRECTORY SEED` until it has said so many lines and a moment more, kills it, and
// returns all that it said.
std::string run_and_kill(const char* program, const std::string& directory, uint64_t seed,
                         size_t lines, int milliseconds);

}  // namespace vitrine::test
