// SPDX-License-Identifier: MIT
// Counts every operator new of the program that links counted_allocations.cpp, for tests that promise
// none. The whole family is replaced, so that the sanitizers see matching pairs.
#pragma once

#include <cstddef>

namespace vitrine::test {

extern size_t allocations;

}  // namespace vitrine::test
