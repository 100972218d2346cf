// SPDX-License-Identifier: MIT
#include "engine/vision/region_sampler.h"

#include <algorithm>
#include <cmath>

#include "engine/base/assert.h"

namespace vitrine {
namespace {

// Stored pixels of the output's pixel (0, 0) and from one of its columns and rows to the next.
struct Walk {
  Vec2 start, column, row;
};

Walk walk_of(const PictureView& picture, const FaceRegion& region, int side) {
  const float step = 2.0f / static_cast<float>(side);
  const auto stored = [&](float x, float y) {
    return stored_place(picture, to_picture(region, {x * step - 1, y * step - 1}));
  };
  const float last = static_cast<float>(side) - 0.5f;
  const Vec2 start = stored(0.5f, 0.5f);
  // Over the whole width: near together, rounding would be felt.
  const float inverse = side > 1 ? 1 / (last - 0.5f) : 0.0f;
  return {start, (stored(last, 0.5f) - start) * inverse, (stored(0.5f, last) - start) * inverse};
}

// Written so that NaN gives `low`.
float held(float value, float low, float high) {
  return value > low ? (value < high ? value : high) : low;
}

// The stored pixels that the walk looks at, with a pixel round them.
PixelBox box_of(const Walk& walk, int side, const Pixels& from) {
  const float last = static_cast<float>(side - 1);
  const Vec2 corners[] = {walk.start, walk.start + walk.column * last, walk.start + walk.row * last,
                          walk.start + walk.column * last + walk.row * last};
  Vec2 low = corners[0], high = corners[0];
  for (Vec2 corner : corners) {
    low = {std::min(low.x, corner.x), std::min(low.y, corner.y)};
    high = {std::max(high.x, corner.x), std::max(high.y, corner.y)};
  }
  const float right = static_cast<float>(from.width - 1);
  const float bottom = static_cast<float>(from.height - 1);
  return {static_cast<int>(held(low.x - 1, 0, right)), static_cast<int>(held(low.y - 1, 0, bottom)),
          static_cast<int>(held(high.x + 2, 0, right)) + 1,
          static_cast<int>(held(high.y + 2, 0, bottom)) + 1};
}

// The walk over the reduced picture instead.
Walk reduced_walk(const Walk& walk, const Reduced& reduced) {
  const float inverse = 1 / static_cast<float>(reduced.factor);
  const float half = static_cast<float>(reduced.factor - 1) / 2;
  const Vec2 origin{static_cast<float>(reduced.origin_x), static_cast<float>(reduced.origin_y)};
  return {(walk.start - Vec2{half, half}) * inverse - origin, walk.column * inverse,
          walk.row * inverse};
}

struct Sums {
  double values = 0, squares = 0;
};

// Bilinear, 0 to 255; a picture of one channel fills all three.
template <int Channels>
Sums draw(const Pixels& from, const Walk& walk, int side, float* out) {
  constexpr int kRead = Channels == 1 ? 1 : 3;
  const float right = static_cast<float>(from.width - 1);
  const float bottom = static_cast<float>(from.height - 1);
  Sums sums;
  for (int y = 0; y < side; ++y) {
    const Vec2 row = walk.start + walk.row * static_cast<float>(y);
    float values = 0, squares = 0;
    for (int x = 0; x < side; ++x, out += 3) {
      const float at_x = held(row.x + walk.column.x * static_cast<float>(x), 0, right);
      const float at_y = held(row.y + walk.column.y * static_cast<float>(x), 0, bottom);
      const int left = static_cast<int>(at_x), top = static_cast<int>(at_y);
      const float tx = at_x - static_cast<float>(left), ty = at_y - static_cast<float>(top);
      const uint8_t* a = from.data + from.stride * top + left * Channels;
      const uint8_t* b = top + 1 < from.height ? a + from.stride : a;
      const int next = left + 1 < from.width ? Channels : 0;
      for (int channel = 0; channel < kRead; ++channel) {
        const float above = lerp(static_cast<float>(a[channel]), a[channel + next], tx);
        const float below = lerp(static_cast<float>(b[channel]), b[channel + next], tx);
        const float value = lerp(above, below, ty);
        out[channel] = value;
        values += value;
        squares += value * value;
      }
      if (kRead == 1) out[1] = out[2] = out[0];
    }
    sums.values += values;
    sums.squares += squares;
  }
  const double count = static_cast<double>(side) * side * kRead * 255;
  return {sums.values / count, sums.squares / (count * 255)};
}

Sums draw_any(const Pixels& from, const Walk& walk, int side, float* out) {
  if (from.channels == 1) return draw<1>(from, walk, side, out);
  if (from.channels == 3) return draw<3>(from, walk, side, out);
  return draw<4>(from, walk, side, out);
}

SampleLight light_of(Sums sums) {
  const double variance = std::max(0.0, sums.squares - sums.values * sums.values);
  return {static_cast<float>(sums.values), static_cast<float>(std::sqrt(variance))};
}

void normalise(std::span<float> rgb, SampleLight light) {
  const float scale = 1 / ((light.spread + 0.05f) * 255);
  const float mean = light.mean * 255;
  for (float& value : rgb) value = (value - mean) * scale;
}

}  // namespace

// A turned square needs a box of 1.42 times its side, and up to 1.5 pixels remain for one of the
// output's.
RegionSampler::RegionSampler(int most_side)
    : reduction_(most_side * 9 / 4 + 8), most_side_(most_side) {}

SampleLight RegionSampler::sample(const PictureView& picture, const FaceRegion& region, int side,
                                  std::span<float> rgb) {
  VITRINE_ASSERT(side >= 1 && side <= most_side_);
  VITRINE_ASSERT(rgb.size() == rgb_values(side));
  Pixels from{picture.pixels, picture.width, picture.height, picture.stride_bytes,
              bytes_per_pixel(picture.format)};
  Walk walk = walk_of(picture, region, side);
  const float pixels_each = held(region.side / static_cast<float>(side), 1, PictureView::kMaxSide);
  const int factor = static_cast<int>(pixels_each + 0.5f);
  if (factor > 1) {
    const Reduced reduced = reduction_.reduce(from, box_of(walk, side, from), factor);
    from = reduced.pixels;
    walk = reduced_walk(walk, reduced);
  }
  const SampleLight light = light_of(draw_any(from, walk, side, rgb.data()));
  normalise(rgb, light);
  return light;
}

}  // namespace vitrine
