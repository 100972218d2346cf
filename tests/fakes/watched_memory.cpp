// SPDX-License-Identifier: MIT
#include "tests/fakes/watched_memory.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>

namespace vitrine::test {
namespace {

// Before every block, in a ring of all that are held.
struct alignas(std::max_align_t) Header {
  Header* next;
  Header* previous;
  size_t size;
};

constinit Header g_ring{&g_ring, &g_ring, 0};
constinit std::mutex g_mutex;  // drivers have threads

void* take(size_t size) {
  auto* header = static_cast<Header*>(std::malloc(sizeof(Header) + size));
  if (header == nullptr) std::abort();
  const std::lock_guard lock(g_mutex);
  *header = {g_ring.next, &g_ring, size};
  header->next->previous = header;
  g_ring.next = header;
  return header + 1;
}

void give_back(void* memory) {
  if (memory == nullptr) return;
  Header* header = static_cast<Header*>(memory) - 1;
  {
    const std::lock_guard lock(g_mutex);
    header->previous->next = header->next;
    header->next->previous = header->previous;
  }
  // Whoever is given this memory next has not written what stood in it.
  std::memset(memory, 0xDD, header->size);
  std::free(header);
}

}  // namespace

size_t blocks_with(std::string_view bytes) {
  const std::lock_guard lock(g_mutex);
  size_t found = 0;
  for (const Header* header = g_ring.next; header != &g_ring; header = header->next) {
    const std::string_view block(reinterpret_cast<const char*>(header + 1), header->size);
    if (block.find(bytes) != block.npos) ++found;
  }
  return found;
}

}  // namespace vitrine::test

void* operator new(size_t size) {
  return vitrine::test::take(size);
}
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  return vitrine::test::take(size);
}
void operator delete(void* memory) noexcept {
  vitrine::test::give_back(memory);
}
void operator delete(void* memory, size_t) noexcept {
  vitrine::test::give_back(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  vitrine::test::give_back(memory);
}
