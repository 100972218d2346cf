// SPDX-License-Identifier: MIT
#include "native/system_clock.h"

#include <sodium.h>

#include <chrono>
#include <cstdlib>
#include <ctime>

namespace vitrine {
namespace {

constexpr int64_t kVirtualStartMs = 1767225600000;  // 2026-01-01T00:00:00Z

}  // namespace

int64_t SystemClock::monotonic_us() const {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

int64_t SystemClock::wall_ms() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

int SystemClock::utc_offset_minutes() const {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  if (localtime_r(&now, &local) == nullptr) return 0;
  return static_cast<int>(local.tm_gmtoff / 60);
}

int64_t VirtualClock::wall_ms() const {
  return kVirtualStartMs + monotonic_us() / 1000;
}

SodiumRandom::SodiumRandom() {
  if (sodium_init() < 0) std::abort();
}

void SodiumRandom::fill(std::span<uint8_t> out) {
  randombytes_buf(out.data(), out.size());
}

}  // namespace vitrine
