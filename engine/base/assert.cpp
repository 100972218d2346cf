// SPDX-License-Identifier: MIT
#include "engine/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace vitrine {
namespace {

void print_and_abort(const char* file, int line, const char* condition) {
#if VITRINE_ASSERT_TEXT
  std::fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, condition);
#else
  static_cast<void>(file), static_cast<void>(line), static_cast<void>(condition);
#endif
  std::abort();
}

AssertHandler current_handler = print_and_abort;

}  // namespace

AssertHandler set_assert_handler(AssertHandler handler) {
  AssertHandler old = current_handler;
  current_handler = handler ? handler : print_and_abort;
  return old;
}

void assertion_failed(const char* file, int line, const char* condition) {
  current_handler(file, line, condition);
}

}  // namespace vitrine
