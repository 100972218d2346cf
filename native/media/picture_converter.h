// SPDX-License-Identifier: MIT
// A decoded picture as the pixels that were asked for.
#pragma once

#include "engine/platform/camera_source.h"
#include "native/media/av_handles.h"

namespace vitrine::media {

// `view` points into `frame`, which owns the bytes (with the decoder, where nothing was copied).
struct MediaPicture {
  AvOwned<AVFrame> frame;
  CameraFrame view;
};

// What becomes of brightness that lies in a plane of its own.
enum class LumaPlane {
  HandedOn,  // where it is
  Copied,    // as where it is may be a driver's memory, which goes when the camera is closed
};

class PictureConverter {
 public:
  explicit PictureConverter(LumaPlane luma_plane) : luma_plane_(luma_plane) {}

  // Takes the picture out of `decoded`; what is not handed on lies in new memory.
  // ResourceExhausted, InvalidArgument.
  Result<MediaPicture> convert(AVFrame& decoded, PixelFormat wanted);

 private:
  Status fill(AVFrame& frame, const AVFrame& decoded, PixelFormat wanted);

  const LumaPlane luma_plane_;
  AvOwned<SwsContext> scaler_;  // for the sizes and formats of the last picture
};

}  // namespace vitrine::media
