// SPDX-License-Identifier: MIT
// Linked into a page for tests alone: counts what C++ allocates, says how much of the heap is in
// use and takes all of it when asked.
#include <emscripten.h>
#include <emscripten/emmalloc.h>

#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

uint32_t g_allocations = 0;

EM_JS(void, publish, (const uint32_t* counter), {
  globalThis["vitrineAllocations"] = function() {
    return HEAPU32[counter >> 2];
  };
  globalThis["vitrineHeapUsed"] = function() {
    return _vitrine_heap_used();
  };
  globalThis["vitrineExhaust"] = function() {
    _vitrine_exhaust();
  };
});

struct Publisher {
  Publisher() { publish(&g_allocations); }
};
const Publisher g_publisher;

}  // namespace

extern "C" EMSCRIPTEN_KEEPALIVE void vitrine_exhaust() {
  // Written to, so that no optimiser takes it away.
  for (;;) *static_cast<volatile char*>(std::malloc(1 << 16)) = 1;
}

extern "C" EMSCRIPTEN_KEEPALIVE size_t vitrine_heap_used() {
  return emmalloc_dynamic_heap_size() - emmalloc_free_dynamic_memory();
}

void* operator new(size_t size) {
  ++g_allocations;
  if (void* memory = std::malloc(size != 0 ? size : 1)) return memory;
  std::abort();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, size_t) noexcept {
  std::free(memory);
}
