// SPDX-License-Identifier: MIT
#include "wasm/web_system.h"

#include "wasm/js_calls.h"

namespace vitrine::wasm {

int64_t WebClock::monotonic_us() const {
  return static_cast<int64_t>(vitrine_js_monotonic_ms() * 1000.0);
}

int64_t WebClock::wall_ms() const {
  return static_cast<int64_t>(vitrine_js_wall_ms());
}

int WebClock::utc_offset_minutes() const {
  return vitrine_js_utc_offset_minutes();
}

void WebRandomBytes::fill(std::span<uint8_t> out) {
  vitrine_js_random(out.data(), out.size());
}

std::string page_option(const char* name) {
  char text[1024] = "";
  vitrine_js_option(name, text, sizeof text);
  return text;
}

}  // namespace vitrine::wasm
