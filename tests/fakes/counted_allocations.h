// SPDX-License-Identifier: MIT
// Counts every operator new of the program that links counted_allocations.cpp, thread by thread,
// for tests that promise none. What a GL driver takes by malloc is not counted. The whole family is
// replaced, so that the sanitizers see matching pairs.
#pragma once

#include <cstddef>

namespace vitrine::test {

extern thread_local size_t allocations;

}  // namespace vitrine::test
