// SPDX-License-Identifier: MIT
#include "engine/vision/picture_view.h"

#include <cstdlib>

#include "engine/platform/camera_source.h"

namespace vitrine {
namespace {

bool lies_on_its_side(const PictureView& picture) {
  return picture.turns == QuarterTurns::One || picture.turns == QuarterTurns::Three;
}

// The last column and row of the upright picture.
Vec2 last_place(const PictureView& picture) {
  return {static_cast<float>(upright_width(picture) - 1),
          static_cast<float>(upright_height(picture) - 1)};
}

}  // namespace

PictureView view_of(const CameraFrame& frame) {
  return {.pixels = frame.pixels,
          .width = frame.width,
          .height = frame.height,
          .stride_bytes = frame.stride_bytes,
          .format = frame.format,
          .turns = frame.turns};
}

int upright_width(const PictureView& picture) {
  return lies_on_its_side(picture) ? picture.height : picture.width;
}

int upright_height(const PictureView& picture) {
  return lies_on_its_side(picture) ? picture.width : picture.height;
}

Vec2 stored_place(const PictureView& picture, Vec2 upright) {
  const Vec2 last = last_place(picture);
  if (picture.mirrored) upright.x = last.x - upright.x;
  switch (picture.turns) {
    case QuarterTurns::None:
      return upright;
    case QuarterTurns::One:
      return {upright.y, last.x - upright.x};
    case QuarterTurns::Two:
      return last - upright;
    case QuarterTurns::Three:
      return {last.y - upright.y, upright.x};
  }
  return upright;
}

Vec2 upright_place(const PictureView& picture, Vec2 stored) {
  const Vec2 last = last_place(picture);
  Vec2 upright = stored;
  switch (picture.turns) {
    case QuarterTurns::None:
      break;
    case QuarterTurns::One:
      upright = {last.x - stored.y, stored.x};
      break;
    case QuarterTurns::Two:
      upright = last - stored;
      break;
    case QuarterTurns::Three:
      upright = {stored.y, last.y - stored.x};
      break;
  }
  if (picture.mirrored) upright.x = last.x - upright.x;
  return upright;
}

std::string_view frame_fault_text(FrameFault fault) {
  switch (fault) {
    case FrameFault::None:
      return "the frame is in order";
    case FrameFault::NoPixels:
      return "the frame has no pixels (null); give the first byte of its top row";
    case FrameFault::Empty:
      return "the frame's width or height is below 1; skip frames that have not arrived";
    case FrameFault::TooLarge:
      return "the frame's width or height is above 8192; ask the camera for a smaller size";
    case FrameFault::StrideTooSmall:
      return "the frame's stride is smaller than a row of its pixels; give bytes, not pixels";
    case FrameFault::UnknownFormat:
      return "the frame's format or turn is none that is known; give luma, RGB or RGBA, 0 to 3 "
             "turns";
    case FrameFault::TimeNotFinite:
      return "the frame's time is not a number or infinite; give seconds on any clock";
  }
  return "unknown fault";
}

FrameFault picture_fault(const PictureView& picture) {
  if (picture.pixels == nullptr) return FrameFault::NoPixels;
  if (picture.width < 1 || picture.height < 1) return FrameFault::Empty;
  if (picture.width > PictureView::kMaxSide || picture.height > PictureView::kMaxSide)
    return FrameFault::TooLarge;
  const int each = bytes_per_pixel(picture.format);
  if (each == 0 || picture.turns > QuarterTurns::Three) return FrameFault::UnknownFormat;
  const int64_t row = int64_t{picture.width} * each;
  if (std::abs(int64_t{picture.stride_bytes}) < row) return FrameFault::StrideTooSmall;
  return FrameFault::None;
}

// In 64 bits: a page's size_t has 32, and rows times a stride from outside may need more.
bool is_held(const PictureView& picture, size_t held) {
  if (picture.stride_bytes < 0) return false;
  const int64_t before_last = int64_t{picture.height - 1} * picture.stride_bytes;
  const int64_t last = int64_t{picture.width} * bytes_per_pixel(picture.format);
  return static_cast<uint64_t>(before_last + last) <= held;
}

}  // namespace vitrine
