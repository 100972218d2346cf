// SPDX-License-Identifier: MIT
#include "native/looks/ink.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/contrast.h"

namespace vitrine::looks {
namespace {

// Of the strongest ink: pixels inside a stroke, neither at its edge nor half under a line across
// it.
constexpr float kFull = 0.85f;
constexpr double kIgnored = 0.05;  // a glint on single pixels hides no word
constexpr double kTrimmed = 0.005;

struct Pixels {
  int left, top, right, bottom;
};

Pixels within(const Rect& area, uint32_t width, uint32_t height) {
  const auto edge = [](float v, uint32_t most) {
    return static_cast<int>(clamp(v, 0, static_cast<float>(most)));
  };
  return {edge(std::floor(area.x), width), edge(std::floor(area.y), height),
          edge(std::ceil(area.right()), width), edge(std::ceil(area.bottom()), height)};
}

const uint8_t* pixel_at(const Image& picture, int x, int y) {
  return &picture.pixels[(static_cast<size_t>(y) * picture.width + static_cast<size_t>(x)) * 4];
}

// relative_luminance() of eight-bit channels, from a table.
class Luminance {
 public:
  Luminance() {
    for (size_t i = 0; i < shares_.size(); ++i) {
      const float c = static_cast<float>(i) / 255;
      shares_[i] = relative_luminance({c, c, c, 1});
    }
  }
  double operator()(uint8_t r, uint8_t g, uint8_t b) const {
    return 0.2126 * shares_[r] + 0.7152 * shares_[g] + 0.0722 * shares_[b];
  }

 private:
  std::array<double, 256> shares_{};
};

const Luminance kLuminance;

// One channel of ink over what lies under it.
uint8_t blended(float ink, uint8_t under, float opacity) {
  return static_cast<uint8_t>(lerp(under, ink * 255, opacity) + 0.5f);
}

double contrast_on(const uint8_t* under, Color ink, float opacity) {
  const double words =
      kLuminance(blended(ink.r, under[0], opacity), blended(ink.g, under[1], opacity),
                 blended(ink.b, under[2], opacity));
  return contrast_ratio(words, kLuminance(under[0], under[1], under[2]));
}

// The value that a share of all is not above. Expects: not empty.
double lowest_but(std::vector<double>& values, double share) {
  const auto place =
      values.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(values.size()) * share);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

bool is_covered(std::span<const Rect> covers, int x, int y) {
  const Vec2 middle{static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f};
  return std::any_of(covers.begin(), covers.end(),
                     [&](const Rect& cover) { return cover.contains(middle); });
}

// Calls `see` with the place of every pixel of `area` that no cover takes.
template <typename See>
void each_own(const Pixels& area, std::span<const Rect> covers, See see) {
  for (int y = area.top; y < area.bottom; ++y) {
    for (int x = area.left; x < area.right; ++x) {
      if (!is_covered(covers, x, y)) see(x, y);
    }
  }
}

}  // namespace

InkMask::InkMask(const Image& white, const Image& black)
    : width_(static_cast<int>(white.width)),
      height_(static_cast<int>(white.height)),
      coverage_(white.pixels.size() / 4) {
  for (size_t i = 0; i < coverage_.size(); ++i) {
    const int difference = white.pixels[i * 4 + 1] - black.pixels[i * 4 + 1];
    coverage_[i] = static_cast<uint8_t>(std::max(0, difference));
  }
}

uint8_t InkMask::at(int x, int y) const {
  if (x < 0 || y < 0 || x >= width_ || y >= height_) return 0;
  return coverage_[static_cast<size_t>(y) * static_cast<size_t>(width_) + static_cast<size_t>(x)];
}

TextLook look_at_text(const InkMask& mask, const Image& background, const Rect& area,
                      std::span<const Rect> covers, Color ink, float opacity) {
  const Pixels pixels = within(area, background.width, background.height);
  uint8_t most = 0;
  each_own(pixels, covers, [&](int x, int y) { most = std::max(most, mask.at(x, y)); });
  TextLook look;
  look.seen = static_cast<float>(most) / (255 * opacity);
  // One step of rounding in each of the two pictures is no ink.
  if (most <= 2) return look;
  std::vector<double> ratios;
  each_own(pixels, covers, [&](int x, int y) {
    if (static_cast<float>(mask.at(x, y)) < kFull * static_cast<float>(most)) return;
    ratios.push_back(contrast_on(pixel_at(background, x, y), ink, opacity));
  });
  look.measured = true;
  look.contrast = lowest_but(ratios, kIgnored);
  return look;
}

double shape_contrast(const Image& picture, const Rect& area) {
  const Pixels pixels = within(area, picture.width, picture.height);
  std::vector<double> luminances;
  for (int y = pixels.top; y < pixels.bottom; ++y) {
    for (int x = pixels.left; x < pixels.right; ++x) {
      const uint8_t* pixel = pixel_at(picture, x, y);
      luminances.push_back(kLuminance(pixel[0], pixel[1], pixel[2]));
    }
  }
  if (luminances.empty()) return 1;
  const double dark = lowest_but(luminances, kTrimmed);
  return contrast_ratio(lowest_but(luminances, 1 - kTrimmed), dark);
}

}  // namespace vitrine::looks
