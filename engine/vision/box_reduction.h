// SPDX-License-Identifier: MIT
// Part of a picture, each way a whole number of times smaller, by averaging.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vitrine {

// Pixels that somebody else owns.
struct Pixels {
  const uint8_t* data = nullptr;
  int width = 0;
  int height = 0;
  ptrdiff_t stride = 0;  // bytes, may be negative
  int channels = 0;      // bytes a pixel: 1, 3 or 4, of which the first 1 or 3 are looked at
};

// Columns left to right - 1, rows top to bottom - 1.
struct PixelBox {
  int left = 0, top = 0, right = 0, bottom = 0;
};

// Where the reduced picture lies: its pixel (0, 0) shows the middle of `factor` squared pixels from
// column and row `origin` x factor on.
struct Reduced {
  Pixels pixels;  // owned by the BoxReduction, valid until its next call; 1 or 3 channels
  int factor = 1;
  int origin_x = 0;  // reduced pixels
  int origin_y = 0;
};

class BoxReduction {
 public:
  // Allocates for results of up to `most_side` squared pixels.
  explicit BoxReduction(int most_side);

  // The reduced pixels that cover `box`, or as much of it as there is room for. Reduced pixels lie
  // on a grid fixed to the picture, so a box that moves a little sees the same values. Averages at
  // most four pixels each way, evenly spread: enough against false patterns, and no slower for a
  // large picture than for a small one.
  // Expects: the box lies in the picture and is not empty; factor >= 1.
  Reduced reduce(const Pixels& from, PixelBox box, int factor);
  // Sets to zero the last result and where it was.
  void forget();

 private:
  template <int Channels>
  void reduce_rows(const Pixels& from, const Reduced& to);

  int most_side_;
  std::vector<uint8_t> values_;
  std::vector<int> columns_;  // byte offsets in a row of what is averaged, one reduced pixel after
                              // the other
};

}  // namespace vitrine
