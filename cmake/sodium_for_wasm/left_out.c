// SPDX-License-Identifier: MIT
// What the files of libsodium that the page is made of (cmake/SodiumForWasm.cmake) call in others: its
// utils.c brings guarded memory along, which no page has.
#include <stddef.h>

void sodium_memzero(void* bytes, size_t size) {
  // Volatile, or the compiler leaves out what nobody reads.
  volatile unsigned char* at = bytes;
  for (size_t i = 0; i < size; ++i) at[i] = 0;
}

int sodium_memcmp(const void* a, const void* b, size_t size) {
  const unsigned char *left = a, *right = b;
  unsigned char differ = 0;
  for (size_t i = 0; i < size; ++i) differ |= left[i] ^ right[i];
  return differ == 0 ? 0 : -1;
}
