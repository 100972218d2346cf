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

class PictureConverter {
 public:
  // Takes the picture out of `decoded`. Brightness that lies in a plane of its own is handed on
  // where it is; all else is converted into new memory. ResourceExhausted, InvalidArgument.
  Result<MediaPicture> convert(AVFrame& decoded, PixelFormat wanted);

 private:
  AvOwned<SwsContext> scaler_;  // for the sizes and formats of the last picture
};

}  // namespace vitrine::media
