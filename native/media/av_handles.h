// SPDX-License-Identifier: MIT
// FFmpeg's things with owners. The headers of FFmpeg are included in native/media alone.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

#include "engine/base/assert.h"
#include "engine/base/status.h"

namespace vitrine::media {

struct AvFree {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
  void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};

template <typename T>
using AvOwned = std::unique_ptr<T, AvFree>;

// What FFmpeg allocated, some kilobytes at most: where there is no memory for them the program ends
// and says so, as with `new`. For pictures, which may be large, that is a Status.
template <typename T>
T* allocated(T* given) {
  VITRINE_ASSERT(given != nullptr);
  return given;
}

// "film.mp4: WHAT", with FFmpeg's own words for `error`, as the Status that it is.
Status av_problem(const std::string& place, int error);

}  // namespace vitrine::media
