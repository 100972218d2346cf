// SPDX-License-Identifier: MIT
#include "engine/vision/picture_view.h"

#include <cstdlib>

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

int bytes_per_pixel(PixelFormat format) {
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
  const int64_t row = int64_t{picture.width} * bytes_per_pixel(picture.format);
  if (std::abs(int64_t{picture.stride_bytes}) < row) return FrameFault::StrideTooSmall;
  return FrameFault::None;
}

}  // namespace vitrine
