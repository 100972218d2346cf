// SPDX-License-Identifier: MIT
// A picture that somebody else owns, as a camera or a decoder gave it, and how it is to be seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/geometry.h"
#include "engine/platform/pixel_format.h"

namespace vitrine {

struct CameraFrame;  // engine/platform/camera_source.h

// The *upright picture* is the stored one after its turns and, where `mirrored`, then flipped left
// to right as a mirror shows it. All that the tracker says is in pixels of the upright picture,
// counted from the middle of its top left pixel (0, 0), x to the right, y down.
struct PictureView {
  static constexpr int kMaxSide = 8192;

  const uint8_t* pixels = nullptr;  // the stored top row's first byte; borrowed, read during a call
  int width = 0;                    // stored columns, 1 to kMaxSide
  int height = 0;                   // stored rows, 1 to kMaxSide
  int stride_bytes = 0;  // from a row to the next below; negative for pictures stored bottom up.
                         // Its magnitude is at least width x bytes a pixel
  PixelFormat format = PixelFormat::Rgb8;
  QuarterTurns turns = QuarterTurns::None;
  bool mirrored = false;
};

// A camera's picture as it lies there, not mirrored; as long on loan as the frame is.
PictureView view_of(const CameraFrame& frame);

// Columns and rows of the upright picture.
int upright_width(const PictureView& picture);
int upright_height(const PictureView& picture);

// Where the stored picture has what the upright one has at `upright`, in pixels of the stored one.
Vec2 stored_place(const PictureView& picture, Vec2 upright);

// The inverse: where the upright picture has what the stored one has at `stored`.
Vec2 upright_place(const PictureView& picture, Vec2 stored);

// Why a frame cannot be looked at. Not a Status: frames come sixty times a second, and a camera
// that stumbles is ordinary.
enum class FrameFault : uint8_t {
  None,
  NoPixels,        // pixels is null
  Empty,           // width or height below 1
  TooLarge,        // width or height above PictureView::kMaxSide
  StrideTooSmall,  // a row does not fit its stride
  TimeNotFinite,   // the frame's time is NaN or infinite
  UnknownFormat,   // format or turns is no enumerator
};

// For people: what is wrong and what to do. Never empty; lives for ever.
std::string_view frame_fault_text(FrameFault fault);

// What is wrong with the picture, TimeNotFinite apart.
FrameFault picture_fault(const PictureView& picture);

// Whether `held` bytes from `pixels` on are all of the picture, for who takes its numbers from
// outside. Expects: picture_fault(picture) is None. False for a picture stored bottom up.
bool is_held(const PictureView& picture, size_t held);

}  // namespace vitrine
