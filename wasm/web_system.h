// SPDX-License-Identifier: MIT
// Clock and random bytes of the browser, and the options the page was started with.
#pragma once

#include <string>

#include "engine/platform/platform.h"

namespace vitrine::wasm {

// performance.now and Date.now.
class WebClock final : public Clock {
 public:
  int64_t monotonic_us() const override;
  int64_t wall_ms() const override;
  int utc_offset_minutes() const override;
};

// crypto.getRandomValues; pages have it without https too.
class WebRandomBytes final : public RandomBytes {
 public:
  void fill(std::span<uint8_t> out) override;
};

// What page/boot.js put into Module.vitrine under this name; "" when nothing. At most 1 KiB.
std::string page_option(const char* name);

}  // namespace vitrine::wasm
