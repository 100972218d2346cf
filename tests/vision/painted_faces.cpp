// SPDX-License-Identifier: MIT
#include "tests/vision/painted_faces.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <utility>

#include "engine/vision/face_region.h"

namespace vitrine::test {
namespace {

constexpr float kSpotRadius = 0.16f;  // eye distances
constexpr float kEyeApart = 0.31f;    // of an eye's middle from the face's, eye distances

void round_contour(Landmarks& face, size_t first, size_t half, Vec2 middle, float rx, float ry,
                   float start) {
  for (size_t i = 0; i < 2 * half; ++i) {
    const float angle =
        start + std::numbers::pi_v<float> * static_cast<float>(i) / static_cast<float>(half);
    // From the start over the top: y grows down.
    const float sign = start == 0 ? -1.0f : 1.0f;
    face[first + i] = {middle.x + rx * std::cos(angle), middle.y + sign * ry * std::sin(angle)};
  }
}

void row(Landmarks& face, size_t first, size_t count, Vec2 from, Vec2 to, float bulge) {
  for (size_t i = 0; i < count; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(count - 1);
    face[first + i] = lerp(from, to, t) + Vec2{0, bulge * 4 * t * (1 - t)};
  }
}

void iris(Landmarks& face, size_t first, Vec2 middle, float outward) {
  const float r = 0.065f;
  face[first] = middle;
  face[first + 1] = middle + Vec2{outward * r, 0};
  face[first + 2] = middle + Vec2{0, -r};
  face[first + 3] = middle + Vec2{-outward * r, 0};
  face[first + 4] = middle + Vec2{0, r};
}

Landmarks make_face() {
  constexpr float kPi = std::numbers::pi_v<float>;
  Landmarks face;
  round_contour(face, kLipsOuterLeft, 10, {0, 0.82f}, 0.28f, 0.1f, kPi);
  round_contour(face, kLipsInnerLeft, 10, {0, 0.82f}, 0.24f, 0.004f, kPi);
  round_contour(face, kLidLeftOuter, 8, {-kEyeApart, 0}, 0.19f, 0.055f, kPi);
  round_contour(face, kLidRightOuter, 8, {kEyeApart, 0}, 0.19f, 0.055f, 0);
  for (const float side : {-1.0f, 1.0f}) {
    const size_t first =
        range_of(side < 0 ? LandmarkGroup::BrowLeft : LandmarkGroup::BrowRight).first;
    row(face, first, 5, {side * 0.1f, -0.24f}, {side * 0.56f, -0.2f}, -0.06f);
    row(face, first + 5, 5, {side * 0.1f, -0.17f}, {side * 0.56f, -0.17f}, -0.06f);
  }
  row(face, kJawLeft, 17, {-0.75f, 0.1f}, {0.75f, 0.1f}, 1.2f);
  row(face, kForeheadLeft, 7, {-0.6f, -0.5f}, {0.6f, -0.5f}, -0.4f);
  row(face, kNoseBridge, 4, {0, 0}, {0, 0.42f}, 0);
  row(face, kNoseTip + 1, 5, {-0.12f, 0.52f}, {0.12f, 0.52f}, 0.03f);
  face[kNoseWingLeft] = {-0.19f, 0.45f};
  face[kNoseWingRight] = {0.19f, 0.45f};
  iris(face, kIrisLeft, {-kEyeApart, 0}, -1);
  iris(face, kIrisRight, {kEyeApart, 0}, 1);
  return face;
}

// Turns and moves a place of the plain face onto two eyes.
struct Placing {
  Vec2 middle, right;  // `right`: one eye distance to the face's right

  Vec2 operator()(Vec2 plain) const {
    return middle + right * plain.x + Vec2{-right.y, right.x} * plain.y;
  }
};

// How green (1) or blue (2) a pixel is beyond its other colours.
float color_of(const float* pixel, int channel) {
  return std::max(0.0f,
                  pixel[channel] - std::max(pixel[(channel + 1) % 3], pixel[(channel + 2) % 3]));
}

struct Spot {
  Vec2 middle;  // pixels, the first one's middle is 0
  float weight = 0;
};

constexpr float kColored = 0.25f;  // of normalised values

// Everything of that colour that touches the pixel `at`, which is taken out of `open`.
Spot flood(std::span<const float> rgb, int side, int channel, int at, std::span<uint8_t> open,
           std::span<int> stack) {
  Spot spot;
  size_t waiting = 0;
  stack[waiting++] = at;
  open[static_cast<size_t>(at)] = 0;
  while (waiting > 0) {
    const int i = stack[--waiting];
    const float weight = color_of(&rgb[static_cast<size_t>(3 * i)], channel);
    spot.middle =
        spot.middle + Vec2{static_cast<float>(i % side), static_cast<float>(i / side)} * weight;
    spot.weight += weight;
    for (const int next : {i - 1, i + 1, i - side, i + side}) {
      if (next < 0 || next >= side * side || std::abs(next % side - i % side) > 1) continue;
      if (!open[static_cast<size_t>(next)]) continue;
      open[static_cast<size_t>(next)] = 0;
      stack[waiting++] = next;
    }
  }
  spot.middle = spot.middle * (1 / spot.weight);
  return spot;
}

struct SpotList {
  std::array<Spot, 32> items;
  size_t count = 0;
};

SpotList spots_of(std::span<const float> rgb, int side, int channel) {
  static std::array<uint8_t, 512 * 512> open;
  static std::array<int, 512 * 512> stack;
  const int count = side * side;
  for (int i = 0; i < count; ++i)
    open[static_cast<size_t>(i)] = color_of(&rgb[static_cast<size_t>(3 * i)], channel) > kColored;
  SpotList list;
  for (int i = 0; i < count && list.count < list.items.size(); ++i) {
    if (open[static_cast<size_t>(i)])
      list.items[list.count++] = flood(rgb, side, channel, i, open, stack);
  }
  return list;
}

struct Pair {
  Vec2 left, right;
};

// Each green spot with the nearest blue one.
struct PairList {
  std::array<Pair, 32> items;
  size_t count = 0;
};

PairList pairs_of(std::span<const float> rgb, int side) {
  const SpotList green = spots_of(rgb, side, 1), blue = spots_of(rgb, side, 2);
  PairList pairs;
  for (size_t i = 0; i < green.count && blue.count > 0; ++i) {
    const Vec2 left = green.items[i].middle;
    const auto end = blue.items.begin() + static_cast<ptrdiff_t>(blue.count);
    const Spot& nearest =
        *std::min_element(blue.items.begin(), end, [&](const Spot& a, const Spot& b) {
          return length(a.middle - left) < length(b.middle - left);
        });
    pairs.items[pairs.count++] = {left, nearest.middle};
  }
  return pairs;
}

// In a mirrored picture the colours have changed sides; what is on the left is the left eye.
Placing placing_of(Pair pair) {
  if (pair.left.x > pair.right.x) std::swap(pair.left, pair.right);
  return {(pair.left + pair.right) * 0.5f, (pair.right - pair.left) * (1 / (2 * kEyeApart))};
}

Landmarks placed(const Placing& placing) {
  Landmarks landmarks;
  for (size_t i = 0; i < kLandmarkCount; ++i) landmarks[i] = placing(plain_face()[i]);
  return landmarks;
}

float roll_of(const Placing& placing) {
  return -std::atan2(placing.right.y, placing.right.x);
}

void dab(Painting& painting, Vec2 middle, float radius, int channel) {
  const int reach = static_cast<int>(radius) + 2;
  const int cx = static_cast<int>(middle.x), cy = static_cast<int>(middle.y);
  for (int y = std::max(0, cy - reach); y <= std::min(painting.height() - 1, cy + reach); ++y) {
    for (int x = std::max(0, cx - reach); x <= std::min(painting.width() - 1, cx + reach); ++x) {
      const float away = length(Vec2{static_cast<float>(x), static_cast<float>(y)} - middle);
      const float share = std::clamp(radius - away + 0.5f, 0.0f, 1.0f);
      for (int c = 0; c < 3; ++c) {
        uint8_t& value = painting.at(x, y)[c];
        const float ink = c == channel ? 255.0f : 0.0f;
        value = static_cast<uint8_t>(lerp(value, ink, share) + 0.5f);
      }
    }
  }
}

}  // namespace

Painting::Painting(int width, int height, uint8_t grey)
    : width_(width), height_(height), rgb_(static_cast<size_t>(width * height * 3), grey) {}

void Painting::clear_to_room() {
  const size_t row = static_cast<size_t>(width_) * 3;
  for (size_t i = 0; i < row; ++i) rgb_[i] = static_cast<uint8_t>(70 + 60 * i / row);
  // All rows are alike; pixel by pixel, most of these tests' time would go into the background.
  for (size_t at = row; at < rgb_.size(); at += row) std::memcpy(&rgb_[at], rgb_.data(), row);
}

PictureView Painting::view() const {
  return {.pixels = rgb_.data(), .width = width_, .height = height_, .stride_bytes = 3 * width_};
}

const Landmarks& plain_face() {
  static const Landmarks face = make_face();
  return face;
}

Landmarks PaintedFace::landmarks() const {
  return placed({middle, Vec2{std::cos(roll), -std::sin(roll)} * eye_distance});
}

void paint(Painting& painting, const PaintedFace& face) {
  const Placing placing{face.middle,
                        Vec2{std::cos(face.roll), -std::sin(face.roll)} * face.eye_distance};
  dab(painting, placing({-kEyeApart, 0}), kSpotRadius * face.eye_distance, 1);
  dab(painting, placing({kEyeApart, 0}), kSpotRadius * face.eye_distance, 2);
}

SpotModels::SpotModels(int landmark_side)
    : landmark_side_(landmark_side),
      points_(2 * kLandmarkCount),
      spreads_(kLandmarkGroupCount),
      mask_(24 * 24, 5.0f),
      cells_(16 * 16 * 4) {}

const DetectorOutput& SpotModels::detect(std::span<const float> rgb) {
  ++detections;
  for (size_t i = 0; i < cells_.size(); ++i) cells_[i] = i % 4 == 0 ? -9.0f + spoilt : spoilt;
  const auto claim = [&](const FaceRegion& region, float score) {
    const Vec2 at = (region.middle + Vec2{0.5f, 0.5f}) * (1 / 8.0f);  // in cells
    const int x = std::clamp(static_cast<int>(at.x), 0, 15),
              y = std::clamp(static_cast<int>(at.y), 0, 15);
    float* cell = &cells_[static_cast<size_t>(4 * (16 * y + x))];
    cell[0] = score + spoilt;
    cell[1] = at.x - static_cast<float>(x) - 0.5f;
    cell[2] = at.y - static_cast<float>(y) - 0.5f;
    cell[3] = std::log(region.side / 40);
  };
  const PairList pairs = pairs_of(rgb, 128);
  for (size_t i = 0; i < pairs.count; ++i) {
    FaceRegion region = region_of(placed(placing_of(pairs.items[i])), 0);
    region.side *= candidate_scale;
    if (detections <= seeing_detections) claim(region, candidate_score);
  }
  if (std::isfinite(false_candidate))
    claim({.middle = {63.5f, 63.5f}, .side = 40}, false_candidate);
  detector_output_ = {16, 16, cells_};
  return detector_output_;
}

const LandmarkOutput& SpotModels::landmarks(std::span<const float> rgb) {
  ++looks;
  const float half = static_cast<float>(landmark_side_) / 2;
  const PairList pairs = pairs_of(rgb, landmark_side_);
  // The pair nearest to the middle; without one, the plain face as large as the square.
  Pair best{{half - 0.2f * half, half}, {half + 0.2f * half, half}};
  float nearest = 2 * half;
  for (size_t i = 0; i < pairs.count; ++i) {
    const Pair& pair = pairs.items[i];
    const float away = length((pair.left + pair.right) * 0.5f - Vec2{half, half});
    if (away < nearest) best = pair, nearest = away;
  }
  const bool found = nearest < half;
  const Placing placing = placing_of(best);
  const float unit = length(placing.right);
  const Landmarks places = placed(placing);
  const auto chance = [&] {  // -1 to 1
    chance_ = chance_ * 1664525u + 1013904223u;
    return static_cast<float>(chance_ >> 8) / 8388608.0f - 1;
  };
  const float roll = roll_of(placing);
  const float aside = stray + (roll < -0.1f  ? stray_leaning_left
                               : roll > 0.1f ? stray_leaning_right
                                             : 0);
  for (size_t i = 0; i < kLandmarkCount; ++i) {
    const Vec2 off{chance() * shake * unit, chance() * shake * unit};
    const Vec2 place = (places[i] + off + Vec2{0.5f - half, 0.5f - half}) * (1 / half);
    points_[2 * i] = place.x + aside + spoilt;
    points_[2 * i + 1] = place.y + spoilt;
  }
  points_[2 * kJawLeft] += far_jaw;
  for (size_t group = 0; group < spreads_.size(); ++group) {
    spreads_[group] = log_spread + static_cast<float>(group) * log_spread_rises + spoilt;
  }
  landmark_output_.landmarks = points_;
  landmark_output_.yaw = yaw + spoilt;
  landmark_output_.pitch = pitch + spoilt;
  landmark_output_.roll = roll + spoilt;
  const float upright_presence = found ? presence : presence_none;
  landmark_output_.presence =
      upright_presence - lean_costs * std::abs(landmark_output_.roll) + spoilt;
  landmark_output_.log_spread = spreads_;
  landmark_output_.mask_side = 24;
  landmark_output_.mask = mask_;
  return landmark_output_;
}

StoredPicture::StoredPicture(const Painting& painting, PixelFormat format, QuarterTurns turns,
                             bool mirrored, int padding, bool bottom_up) {
  const bool on_side = turns == QuarterTurns::One || turns == QuarterTurns::Three;
  view.format = format;
  view.turns = turns;
  view.mirrored = mirrored;
  view.width = on_side ? painting.height() : painting.width();
  view.height = on_side ? painting.width() : painting.height();
  const int each = bytes_per_pixel(format);
  view.stride_bytes = view.width * each + padding;
  bytes.assign(static_cast<size_t>(view.stride_bytes * view.height), 7);
  for (int y = 0; y < view.height; ++y) {
    for (int x = 0; x < view.width; ++x) {
      const Vec2 upright = upright_place(view, {static_cast<float>(x), static_cast<float>(y)});
      const uint8_t* from = painting.at(static_cast<int>(upright.x), static_cast<int>(upright.y));
      const int stored_row = bottom_up ? view.height - 1 - y : y;
      uint8_t* to = &bytes[static_cast<size_t>(stored_row * view.stride_bytes + x * each)];
      for (int c = 0; c < std::min(each, 3); ++c) to[c] = from[c];
    }
  }
  view.pixels = bytes.data();
  if (bottom_up) {
    view.pixels += view.stride_bytes * (view.height - 1);
    view.stride_bytes = -view.stride_bytes;
  }
}

}  // namespace vitrine::test
