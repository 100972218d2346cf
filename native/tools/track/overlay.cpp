// SPDX-License-Identifier: MIT
#include "native/tools/track/overlay.h"

#include <stb_easy_font.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>

namespace vitrine::track {
namespace {

using Paint = std::array<uint8_t, 3>;
constexpr Paint kWhite = {255, 255, 255}, kRed = {255, 70, 60}, kYellow = {255, 210, 40};
// By LandmarkGroup: lips, lids, brows, oval, nose, irises.
constexpr std::array<Paint, kLandmarkGroupCount> kGroupPaint = {{{255, 90, 120},
                                                                 {255, 160, 180},
                                                                 {80, 220, 255},
                                                                 {80, 220, 255},
                                                                 {255, 200, 60},
                                                                 {255, 200, 60},
                                                                 {140, 255, 120},
                                                                 {230, 230, 230},
                                                                 {255, 120, 255},
                                                                 {255, 120, 255}}};
constexpr int kWishedWidth = 960;
constexpr int kMostHeight = 2160;
constexpr int kTextHeight = 20;
constexpr int kMargin = 6;  // round a text, dots

// Small pictures are drawn larger, but a high and narrow one not into gigabytes.
int scale_of(const PictureView& picture) {
  return std::max(
      1, std::min(kWishedWidth / upright_width(picture), kMostHeight / upright_height(picture)));
}

class Sheet {
 public:
  // The upright picture.
  explicit Sheet(const PictureView& picture) : scale_(scale_of(picture)) {
    const int width = upright_width(picture), height = upright_height(picture);
    image_.width = static_cast<uint32_t>(width * scale_);
    image_.height = static_cast<uint32_t>(height * scale_);
    image_.pixels.resize(size_t{image_.width} * image_.height * 4, 255);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        box(x * scale_, y * scale_, (x + 1) * scale_, (y + 1) * scale_, paint_at(picture, x, y));
      }
    }
  }

  Image take() { return std::move(image_); }

  void dot(int x, int y, Paint paint) {
    if (x < 0 || y < 0 || x >= static_cast<int>(image_.width) ||
        y >= static_cast<int>(image_.height)) {
      return;
    }
    uint8_t* to =
        &image_.pixels[(static_cast<size_t>(y) * image_.width + static_cast<size_t>(x)) * 4];
    std::copy(paint.begin(), paint.end(), to);
  }
  void box(int left, int top, int right, int bottom, Paint paint) {
    for (int y = std::max(top, 0); y < std::min(bottom, static_cast<int>(image_.height)); ++y) {
      for (int x = std::max(left, 0); x < std::min(right, static_cast<int>(image_.width)); ++x) {
        dot(x, y, paint);
      }
    }
  }
  // A landmark of the picture, 3 x 3 dots.
  void mark(Vec2 place, Paint paint) {
    const Vec2 at = on_sheet(place);
    if (!(std::abs(at.x) < 1e6f && std::abs(at.y) < 1e6f)) return;
    const int x = static_cast<int>(std::lround(at.x)), y = static_cast<int>(std::lround(at.y));
    box(x - 1, y - 1, x + 2, y + 2, paint);
  }
  void line(Vec2 from, Vec2 to, Paint paint) {
    const Vec2 a = on_sheet(from), b = on_sheet(to);
    const float length = std::max(std::abs(b.x - a.x), std::abs(b.y - a.y));
    if (!(length < 1e5f)) return;
    const int steps = std::max(1, static_cast<int>(length));
    for (int i = 0; i <= steps; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(steps);
      dot(static_cast<int>(std::lround(a.x + t * (b.x - a.x))),
          static_cast<int>(std::lround(a.y + t * (b.y - a.y))), paint);
    }
  }
  // Letters twice their drawn size on a dark ground; `left` and `top` in dots of the sheet, or as
  // near as all of it can be seen.
  void text(int left, int top, const std::string& words, Paint paint) {
    struct Vertex {
      float x, y, z;
      uint8_t color[4];
    };
    std::string letters = words;
    std::array<Vertex, 4096> vertices;
    const int quads = stb_easy_font_print(0, 0, letters.data(), nullptr, vertices.data(),
                                          static_cast<int>(sizeof(vertices)));
    const int width = 2 * stb_easy_font_width(letters.data());
    left = std::max(kMargin, std::min(left, static_cast<int>(image_.width) - width - kMargin));
    top = std::max(kMargin, std::min(top, static_cast<int>(image_.height) - kTextHeight));
    box(left - 4, top - 4, left + width + 4, top + kTextHeight, {20, 20, 20});
    for (int i = 0; i < quads; ++i) {
      const Vertex& first = vertices[static_cast<size_t>(4 * i)];
      const Vertex& across = vertices[static_cast<size_t>(4 * i + 2)];
      box(left + static_cast<int>(2 * first.x), top + static_cast<int>(2 * first.y),
          left + static_cast<int>(2 * across.x), top + static_cast<int>(2 * across.y), paint);
    }
  }
  Vec2 on_sheet(Vec2 place) const {
    const auto scale = static_cast<float>(scale_);
    return {(place.x + 0.5f) * scale - 0.5f, (place.y + 0.5f) * scale - 0.5f};
  }

 private:
  static Paint paint_at(const PictureView& picture, int x, int y) {
    const Vec2 stored = stored_place(picture, {static_cast<float>(x), static_cast<float>(y)});
    const int each = bytes_per_pixel(picture.format);
    const uint8_t* from = picture.pixels +
                          static_cast<std::ptrdiff_t>(stored.y) * picture.stride_bytes +
                          static_cast<std::ptrdiff_t>(stored.x) * each;
    return each == 1 ? Paint{*from, *from, *from} : Paint{from[0], from[1], from[2]};
  }

  const int scale_;
  Image image_;
};

std::array<Vec2, 4> corners_of(const FaceRegion& region) {
  return {to_picture(region, {-1, -1}), to_picture(region, {1, -1}), to_picture(region, {1, 1}),
          to_picture(region, {-1, 1})};
}

void draw_region(Sheet& sheet, const TrackedFace& face, Paint paint) {
  const std::array<Vec2, 4> corners = corners_of(face.region);
  for (size_t i = 0; i < corners.size(); ++i) {
    sheet.line(corners[i], corners[(i + 1) % corners.size()], paint);
  }
}

// Id, yaw, pitch and roll in degrees, quality.
std::string about(const TrackedFace& face) {
  // Whole degrees, so that there is no -0.
  const auto whole = [](float angle) { return std::lround(degrees(angle)); };
  char text[120];
  std::snprintf(text, sizeof(text), "#%u  %ld %ld %ld  %.2f", static_cast<unsigned>(face.id),
                whole(face.pose.yaw), whole(face.pose.pitch), whole(face.pose.roll),
                static_cast<double>(face.quality.score));
  return text;
}

void draw_face(Sheet& sheet, const TrackedFace& face) {
  const bool lost = face.state == FaceState::Lost;
  draw_region(sheet, face, lost ? kRed : kYellow);
  for (const LandmarkRange& range : kLandmarkGroups) {
    const Paint paint = lost ? kRed : kGroupPaint[static_cast<size_t>(range.group)];
    for (const Vec2 place : group_of(face.landmarks, range.group)) sheet.mark(place, paint);
  }
  // Below the chin, where there is no other face's brow to hide.
  const Vec2 corner = sheet.on_sheet(to_picture(face.region, {-1, 1.2f}));
  if (std::abs(corner.x) < 1e5f && std::abs(corner.y) < 1e5f) {
    sheet.text(static_cast<int>(corner.x), static_cast<int>(corner.y), about(face),
               lost ? kRed : kYellow);
  }
}

}  // namespace

Image overlay(const PictureView& picture, const TrackedFrame& frame, const TrackerResult& result) {
  Sheet sheet(picture);
  for (const TrackedFace& face : result.faces) draw_face(sheet, face);
  char text[120];
  std::snprintf(text, sizeof(text), "%s  frame %llu  %.2f s  %.2f ms",
                std::string(tracker_state_name(result.state)).c_str(),
                static_cast<unsigned long long>(frame.number), frame.time_seconds,
                frame.milliseconds);
  sheet.text(0, 0, text, kWhite);
  return sheet.take();
}

}  // namespace vitrine::track
