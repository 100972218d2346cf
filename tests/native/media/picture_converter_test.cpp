// SPDX-License-Identifier: MIT
#include "native/media/picture_converter.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace vitrine;
using media::AvOwned;

namespace {

struct Yuv {
  uint8_t y, u, v;
};

// Red of full strength, coded each way (ITU-R BT.709 and BT.601, by their matrices).
constexpr Yuv kRed709{63, 102, 240}, kRed601{81, 90, 240}, kFullRed601{76, 85, 255};

AvOwned<AVFrame> plain(Yuv color, AVColorSpace coding, int rows, AVColorRange range) {
  AvOwned<AVFrame> frame(av_frame_alloc());
  frame->width = 32;
  frame->height = rows;
  frame->format = AV_PIX_FMT_YUV420P;
  frame->colorspace = coding;
  frame->color_range = range;
  REQUIRE(av_frame_get_buffer(frame.get(), 0) == 0);
  const uint8_t values[3] = {color.y, color.u, color.v};
  for (int plane = 0; plane < 3; ++plane) {
    const int plane_rows = plane == 0 ? rows : rows / 2;
    std::fill_n(frame->data[plane], frame->linesize[plane] * plane_rows, values[plane]);
  }
  return frame;
}

void check_red(media::PictureConverter& converter, AvOwned<AVFrame> frame) {
  const auto picture = converter.convert(*frame, PixelFormat::Rgb8);
  REQUIRE(picture.ok());
  const uint8_t* pixel = picture.value().view.pixels + 5 * picture.value().view.stride_bytes + 15;
  CHECK(int{pixel[0]} >= 251);
  CHECK(int{pixel[1]} <= 4);
  CHECK(int{pixel[2]} <= 4);
}

}  // namespace

TEST_CASE("a film's colours are read the way they were coded") {
  media::PictureConverter converter;
  check_red(converter, plain(kRed709, AVCOL_SPC_BT709, 24, AVCOL_RANGE_MPEG));
  check_red(converter, plain(kRed601, AVCOL_SPC_SMPTE170M, 24, AVCOL_RANGE_MPEG));
  check_red(converter, plain(kFullRed601, AVCOL_SPC_BT470BG, 24, AVCOL_RANGE_JPEG));
  check_red(converter, plain(kRed709, AVCOL_SPC_BT709, 24, AVCOL_RANGE_MPEG));
}

TEST_CASE("a film that does not say how its colours were coded is read by its size") {
  media::PictureConverter converter;
  check_red(converter, plain(kRed709, AVCOL_SPC_UNSPECIFIED, 720, AVCOL_RANGE_UNSPECIFIED));
  check_red(converter, plain(kRed601, AVCOL_SPC_UNSPECIFIED, 718, AVCOL_RANGE_UNSPECIFIED));
}
