// SPDX-License-Identifier: MIT
// What the bytes of a camera's picture are and which way round they lie, for who gives pictures and
// for who reads them.
#pragma once

#include <cstdint>

namespace vitrine {

enum class PixelFormat : uint8_t {
  // 1 byte a pixel: brightness as the camera codes it, so 0..255 or 16..235. Also the first plane
  // of I420 and NV12.
  Luma8,
  Rgb8,   // 3 bytes: red, green, blue, sRGB, 0..255
  Rgba8,  // 4 bytes: the same and one that is 255 or not looked at
};

// 0 for a value that is no format, as a number from outside may be.
constexpr int bytes_per_pixel(PixelFormat format) {
  switch (format) {
    case PixelFormat::Luma8:
      return 1;
    case PixelFormat::Rgb8:
      return 3;
    case PixelFormat::Rgba8:
      return 4;
  }
  return 0;
}

// Clockwise turns that make the stored picture upright.
enum class QuarterTurns : uint8_t { None, One, Two, Three };

}  // namespace vitrine
