// SPDX-License-Identifier: MIT
// Text as the square of dark and light modules that phones read (ISO/IEC 18004). Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine::ui {

class QrCode {
 public:
  // Larger ones have modules too small to be read across a counter.
  static constexpr int kMostVersion = 10;
  // Bytes that fit at medium error correction; digits and capitals alone take less room each.
  static constexpr size_t kMostBytes = 213;

  // The smallest version that holds `text` (UTF-8) at medium error correction (15 % may be lost) or
  // better where that takes no more modules. Errors: InvalidArgument for nothing, for a zero byte
  // and for what is not UTF-8; ResourceExhausted for what is too long. Then there is no code.
  Status encode(std::string_view text);
  void clear() { code_[0] = 0; }

  // Modules a side, 21 to 57; 0 when there is no code.
  int size() const { return code_[0]; }
  // Light outside of 0..size-1.
  bool is_dark(int x, int y) const;

 private:
  // As the generator lays it out: the side, then a bit a module (kBufferSize is checked in the
  // cpp).
  static constexpr size_t kBufferSize = 408;

  std::array<uint8_t, kBufferSize> code_{};
};

}  // namespace vitrine::ui
