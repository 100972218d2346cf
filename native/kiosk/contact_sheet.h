// SPDX-License-Identifier: MIT
// Many pictures made small on one, for looking at them side by side.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/platform/image_decoder.h"

namespace vitrine {

// `image` averaged down to `height` pixels, its aspect kept; never enlarged. Expects: not empty.
Image made_smaller(const Image& image, uint32_t height);

class ContactSheet {
 public:
  // Adds a picture to the right of row `row`; rows between are empty and take no room.
  void add(size_t row, Image picture);
  // All rows below one another on grey, a gap between any two pictures.
  Image compose() const;

 private:
  std::vector<std::vector<Image>> rows_;
};

}  // namespace vitrine
