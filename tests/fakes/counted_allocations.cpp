// SPDX-License-Identifier: MIT
#include "tests/fakes/counted_allocations.h"

#include <cstdlib>
#include <new>

namespace vitrine::test {

thread_local size_t allocations = 0;

}  // namespace vitrine::test

void* operator new(size_t size) {
  ++vitrine::test::allocations;
  if (void* memory = std::malloc(size)) return memory;
  std::abort();
}
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  return operator new(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}
