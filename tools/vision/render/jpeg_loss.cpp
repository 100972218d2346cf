// SPDX-License-Identifier: MIT
#include "tools/vision/render/jpeg_loss.h"

namespace vitrine::faces {
namespace {

// The luminance table of annex K of the JPEG standard.
constexpr int kLuma[64] = {16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
                           14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
                           18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
                           49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};

struct Plane {
  int width, height;
  std::vector<float> value;
  float& at(int x, int y) {
    return value[static_cast<size_t>(std::min(y, height - 1) * width + std::min(x, width - 1))];
  }
};

struct Cosines {
  float value[8][8];
  Cosines() {
    for (int k = 0; k < 8; ++k) {
      for (int n = 0; n < 8; ++n) {
        value[k][n] = (k == 0 ? 0.35355339f : 0.5f) *
                      std::cos(static_cast<float>((2 * n + 1) * k) * 3.14159265f / 16);
      }
    }
  }
};
const Cosines kCosines;

float step_of(int k, int n, bool chroma, float scale) {
  const int table = chroma ? (k + n < 3 ? 17 + 4 * (k + n) : 99) : kLuma[k * 8 + n];
  return std::max(static_cast<float>(table) * scale / 255, 1 / 255.f);
}

void round_block(Plane& plane, int left, int top, bool chroma, float scale) {
  const auto& c = kCosines.value;
  float rows[8][8], block[8][8];
  for (int y = 0; y < 8; ++y) {
    for (int k = 0; k < 8; ++k) {
      rows[y][k] = 0;
      for (int n = 0; n < 8; ++n) rows[y][k] += c[k][n] * plane.at(left + n, top + y);
    }
  }
  for (int k = 0; k < 8; ++k) {
    for (int x = 0; x < 8; ++x) {
      float sum = 0;
      for (int n = 0; n < 8; ++n) sum += c[k][n] * rows[n][x];
      const float step = step_of(k, x, chroma, scale);
      block[k][x] = std::round(sum / step) * step;
    }
  }
  for (int x = 0; x < 8; ++x) {
    for (int n = 0; n < 8; ++n) {
      rows[n][x] = 0;
      for (int k = 0; k < 8; ++k) rows[n][x] += c[k][n] * block[k][x];
    }
  }
  for (int y = 0; y < 8 && top + y < plane.height; ++y) {
    for (int n = 0; n < 8 && left + n < plane.width; ++n) {
      float sum = 0;
      for (int k = 0; k < 8; ++k) sum += c[k][n] * rows[y][k];
      plane.at(left + n, top + y) = sum;
    }
  }
}

void round_plane(Plane& plane, bool chroma, float scale) {
  for (int y = 0; y < plane.height; y += 8) {
    for (int x = 0; x < plane.width; x += 8) round_block(plane, x, y, chroma, scale);
  }
}

}  // namespace

void lose_as_jpeg(std::vector<Vec3>& pixels, int width, int height, float quality) {
  const float factor = quality < 50 ? 50 / quality : 2 - quality / 50;
  const int half_w = (width + 1) / 2, half_h = (height + 1) / 2;
  Plane luma{width, height, std::vector<float>(pixels.size())};
  Plane blue{half_w, half_h, std::vector<float>(static_cast<size_t>(half_w * half_h))}, red = blue;
  for (size_t i = 0; i < pixels.size(); ++i)
    luma.value[i] = dot(pixels[i], Vec3{0.299f, 0.587f, 0.114f});
  for (int y = 0; y < half_h; ++y) {
    for (int x = 0; x < half_w; ++x) {
      float b = 0, r = 0;
      for (int k = 0; k < 4; ++k) {
        const size_t i = static_cast<size_t>(std::min(height - 1, 2 * y + k / 2) * width +
                                             std::min(width - 1, 2 * x + k % 2));
        b += pixels[i].z - luma.value[i];
        r += pixels[i].x - luma.value[i];
      }
      blue.at(x, y) = b * 0.25f * 0.564f;
      red.at(x, y) = r * 0.25f * 0.713f;
    }
  }
  round_plane(luma, false, factor);
  round_plane(blue, true, factor);
  round_plane(red, true, factor);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const float l = luma.at(x, y), b = blue.at(x / 2, y / 2) / 0.564f,
                  r = red.at(x / 2, y / 2) / 0.713f;
      pixels[static_cast<size_t>(y * width + x)] = {l + r, l - (0.299f * r + 0.114f * b) / 0.587f,
                                                    l + b};
    }
  }
}

}  // namespace vitrine::faces
