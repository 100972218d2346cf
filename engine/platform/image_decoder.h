// SPDX-License-Identifier: MIT
// Pictures (PNG, JPEG) to pixels.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/base/status.h"

namespace vitrine {

// RGBA, 8 bits each, premultiplied alpha, rows from the top, no padding.
struct Image {
  uint32_t width = 0;
  uint32_t height = 0;
  std::vector<uint8_t> pixels;
};

class ImageDecoder {
 public:
  using Done = std::function<void(Result<Image>)>;

  virtual ~ImageDecoder() = default;

  // Decodes `bytes` (copied before returning). At most 4096 x 4096. `done` runs exactly once, from
  // poll(). Errors: InvalidArgument (not a picture), ResourceExhausted (too large).
  virtual void decode(std::span<const uint8_t> bytes, Done done) = 0;

  virtual void poll() = 0;
};

}  // namespace vitrine
