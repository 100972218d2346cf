// SPDX-License-Identifier: MIT
// Finds bytes wherever the program holds memory by operator new, for tests that promise that
// something is gone. Programs that ask link watched_memory.cpp, which replaces the whole family.
// Memory given back is not looked at, nor what a driver takes by malloc.
#pragma once

#include <cstddef>
#include <string_view>

namespace vitrine::test {

// How many blocks held now have `bytes` in them. Expects: bytes lie in no such block themselves.
size_t blocks_with(std::string_view bytes);

}  // namespace vitrine::test
