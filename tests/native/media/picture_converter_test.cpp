// SPDX-License-Identifier: MIT
#include "native/media/picture_converter.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <vector>

using namespace vitrine;
using media::AvOwned;

namespace {

using Color = std::array<int, 3>;

// Red of full strength, coded each way (ITU-R BT.709 and BT.601, by their matrices).
constexpr Color kRed709{63, 102, 240}, kRed601{81, 90, 240};
constexpr Color kRed{255, 0, 0};

struct Film {
  Color yuv;
  AVColorSpace coding = AVCOL_SPC_UNSPECIFIED;
  AVColorRange range = AVCOL_RANGE_UNSPECIFIED;
  int width = 32, height = 24;
  AVPixelFormat format = AV_PIX_FMT_YUV420P;
};

AvOwned<AVFrame> picture_of(const Film& film) {
  AvOwned<AVFrame> frame(av_frame_alloc());
  frame->width = film.width;
  frame->height = film.height;
  frame->format = film.format;
  frame->colorspace = film.coding;
  frame->color_range = film.range;
  REQUIRE(av_frame_get_buffer(frame.get(), 0) == 0);
  for (size_t plane = 0; plane < 3; ++plane) {
    const int rows = plane == 0 ? film.height : film.height / 2;
    std::fill_n(frame->data[plane], frame->linesize[plane] * rows,
                static_cast<uint8_t>(film.yuv[plane]));
  }
  return frame;
}

void check_read(media::PictureConverter& converter, const Film& film, Color expected) {
  const auto picture = converter.convert(*picture_of(film), PixelFormat::Rgb8);
  REQUIRE(picture.ok());
  const uint8_t* pixel = picture.value().view.pixels + 5 * picture.value().view.stride_bytes + 15;
  for (size_t channel = 0; channel < 3; ++channel) {
    CHECK(std::abs(int{pixel[channel]} - expected[channel]) <= 4);
  }
}

// A picture as a driver's memory holds it: who refers to it does not keep it.
AvOwned<AVFrame> borrowed(std::vector<uint8_t>& memory, AVPixelFormat format, int width, int height,
                          int stride) {
  AvOwned<AVFrame> frame(av_frame_alloc());
  frame->width = width;
  frame->height = height;
  frame->format = format;
  const auto keep = [](void*, uint8_t*) {};
  frame->buf[0] = av_buffer_create(memory.data(), memory.size(), keep, nullptr, 0);
  REQUIRE(frame->buf[0] != nullptr);
  frame->data[0] = memory.data();
  frame->linesize[0] = stride;
  return frame;
}

}  // namespace

TEST_CASE("a film's colours are read the way they were coded") {
  media::PictureConverter converter(media::LumaPlane::HandedOn);
  check_read(converter, {kRed709, AVCOL_SPC_BT709}, kRed);
  check_read(converter, {kRed601, AVCOL_SPC_SMPTE170M}, kRed);
  check_read(converter, {kRed601, AVCOL_SPC_BT470BG}, kRed);
  check_read(converter, {kRed709, AVCOL_SPC_BT709}, kRed);
}

TEST_CASE("a film that does not say how its colours were coded is read by its size") {
  media::PictureConverter converter(media::LumaPlane::HandedOn);
  const auto sized = [](Color yuv, int width, int height) {
    return Film{yuv, AVCOL_SPC_UNSPECIFIED, AVCOL_RANGE_UNSPECIFIED, width, height};
  };
  check_read(converter, sized(kRed709, 960, 720), kRed);
  check_read(converter, sized(kRed709, 1280, 534), kRed);
  check_read(converter, sized(kRed601, 720, 576), kRed);
}

TEST_CASE("black and white are where the film has them") {
  media::PictureConverter converter(media::LumaPlane::HandedOn);
  const Color coded{20, 128, 128}, full{20, 20, 20}, limited{4, 4, 4};
  check_read(converter, {coded, AVCOL_SPC_BT709, AVCOL_RANGE_JPEG}, full);
  check_read(converter, {coded, AVCOL_SPC_BT709, AVCOL_RANGE_MPEG}, limited);
  check_read(converter, {coded, AVCOL_SPC_BT709}, limited);
  Film old{coded};
  old.format = AV_PIX_FMT_YUVJ420P;
  check_read(converter, old, full);
}

TEST_CASE("a camera's picture outlives the memory of its driver") {
  constexpr int kWidth = 6, kHeight = 3, kStride = 8;
  media::PictureConverter converter(media::LumaPlane::Copied);
  for (const AVPixelFormat format : {AV_PIX_FMT_GRAY8, AV_PIX_FMT_YUV420P}) {
    std::vector<uint8_t> memory(size_t{kStride} * kHeight * 2);
    for (size_t i = 0; i < memory.size(); ++i) memory[i] = static_cast<uint8_t>(i);
    const AvOwned<AVFrame> decoded = borrowed(memory, format, kWidth, kHeight, kStride);
    const auto picture = converter.convert(*decoded, PixelFormat::Luma8);
    REQUIRE(picture.ok());
    std::fill(memory.begin(), memory.end(), uint8_t{99});
    const CameraFrame& view = picture.value().view;
    CHECK(view.width == kWidth);
    CHECK(view.height == kHeight);
    for (int y = 0; y < kHeight; ++y) {
      for (int x = 0; x < kWidth; ++x) {
        CHECK(view.pixels[y * view.stride_bytes + x] == y * kStride + x);
      }
    }
  }
}

TEST_CASE("a film's brightness is handed on where it is") {
  std::vector<uint8_t> memory(32);
  media::PictureConverter converter(media::LumaPlane::HandedOn);
  const AvOwned<AVFrame> decoded = borrowed(memory, AV_PIX_FMT_GRAY8, 8, 4, 8);
  const auto picture = converter.convert(*decoded, PixelFormat::Luma8);
  REQUIRE(picture.ok());
  CHECK(picture.value().view.pixels == memory.data());
}

TEST_CASE("brightness without a plane of its own is as the camera codes it, not stretched") {
  constexpr std::array<uint8_t, 5> kCoded{0, 16, 100, 235, 255};
  constexpr int kWidth = 10, kHeight = 4, kStride = 2 * kWidth;
  media::PictureConverter converter(media::LumaPlane::Copied);
  for (const AVColorRange range :
       {AVCOL_RANGE_UNSPECIFIED, AVCOL_RANGE_MPEG, AVCOL_RANGE_JPEG, AVCOL_RANGE_UNSPECIFIED}) {
    for (const AVPixelFormat format : {AV_PIX_FMT_YUYV422, AV_PIX_FMT_UYVY422}) {
      std::vector<uint8_t> memory(size_t{kStride} * kHeight, 90);  // a strong colour
      const size_t first = format == AV_PIX_FMT_YUYV422 ? 0 : 1;
      for (size_t i = 0; 2 * i < memory.size(); ++i) memory[2 * i + first] = kCoded[i % kWidth / 2];
      const AvOwned<AVFrame> decoded = borrowed(memory, format, kWidth, kHeight, kStride);
      decoded->color_range = range;
      // As large pictures are taken to be coded, too.
      decoded->colorspace = AVCOL_SPC_BT709;
      const auto picture = converter.convert(*decoded, PixelFormat::Luma8);
      REQUIRE(picture.ok());
      const CameraFrame& view = picture.value().view;
      for (int x = 0; x < kWidth; ++x) {
        INFO(format << " range " << range << " x " << x);
        CHECK(view.pixels[2 * view.stride_bytes + x] == kCoded[static_cast<size_t>(x / 2)]);
      }
    }
  }
}

TEST_CASE("brightness of more than eight bits is as the film codes it, too") {
  constexpr int kWidth = 8, kHeight = 4;
  media::PictureConverter converter(media::LumaPlane::HandedOn);
  // How many bits it has, and where in two bytes.
  for (const auto& [format, shift] :
       {std::pair{AV_PIX_FMT_YUV420P10, 2}, {AV_PIX_FMT_GRAY12, 4}, {AV_PIX_FMT_P010LE, 8}}) {
    for (const int coded : {0, 16, 100, 235, 255}) {
      const AvOwned<AVFrame> decoded(av_frame_alloc());
      decoded->width = kWidth;
      decoded->height = kHeight;
      decoded->format = format;
      REQUIRE(av_frame_get_buffer(decoded.get(), 0) == 0);
      auto* values = reinterpret_cast<uint16_t*>(decoded->data[0]);
      std::fill_n(values, decoded->linesize[0] / 2 * kHeight,
                  static_cast<uint16_t>(coded << shift));
      const auto picture = converter.convert(*decoded, PixelFormat::Luma8);
      REQUIRE(picture.ok());
      const CameraFrame& view = picture.value().view;
      INFO(av_get_pix_fmt_name(format) << " coded " << coded);
      CHECK(view.pixels[0] == coded);
      CHECK(view.pixels[(kHeight - 1) * view.stride_bytes + kWidth - 1] == coded);
    }
  }
}

TEST_CASE("brightness of colours that are no brightness is of the full range") {
  media::PictureConverter converter(media::LumaPlane::Copied);
  for (const int grey : {0, 16, 100, 235, 255}) {
    std::vector<uint8_t> memory(size_t{3} * 8 * 4, static_cast<uint8_t>(grey));
    const AvOwned<AVFrame> decoded = borrowed(memory, AV_PIX_FMT_RGB24, 8, 4, 24);
    const auto picture = converter.convert(*decoded, PixelFormat::Luma8);
    REQUIRE(picture.ok());
    INFO("grey " << grey);
    CHECK(std::abs(picture.value().view.pixels[5] - grey) <= 1);
  }
}
