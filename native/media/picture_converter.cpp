// SPDX-License-Identifier: MIT
#include "native/media/picture_converter.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <string_view>

namespace vitrine::media {
namespace {

AVPixelFormat format_of(PixelFormat pixels) {
  switch (pixels) {
    case PixelFormat::Rgb8:
      return AV_PIX_FMT_RGB24;
    case PixelFormat::Rgba8:
      return AV_PIX_FMT_RGBA;
    case PixelFormat::Luma8:
      break;
  }
  return AV_PIX_FMT_GRAY8;
}

// Of brightness that begins a plane of its own; null: it has none such.
const AVComponentDescriptor* luma_of(const AVFrame& frame) {
  const AVPixFmtDescriptor* about = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  constexpr uint64_t kOther = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL |
                              AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL |
                              AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_FLOAT;
  if (!about || (about->flags & kOther) != 0) return nullptr;
  const AVComponentDescriptor& first = about->comp[0];
  return first.plane == 0 && first.offset == 0 ? &first : nullptr;
}

bool has_luma_plane(const AVFrame& frame) {
  const AVComponentDescriptor* luma = luma_of(frame);
  return luma && luma->depth == 8 && luma->step == 1 && frame.linesize[0] > 0;
}

bool has_deep_luma_plane(const AVFrame& frame) {
  const AVComponentDescriptor* luma = luma_of(frame);
  return luma && luma->depth > 8 && luma->depth <= 16 && luma->step == 2;
}

// Expects: has_deep_luma_plane(from). swscale would stretch it, whatever it is told of the range.
void copy_upper_bits(AVFrame& to, const AVFrame& from) {
  const AVComponentDescriptor& luma = *luma_of(from);
  const int shift = luma.shift + luma.depth - 8;
  for (int y = 0; y < from.height; ++y) {
    const auto* row = reinterpret_cast<const uint16_t*>(from.data[0] + y * from.linesize[0]);
    uint8_t* out = to.data[0] + y * to.linesize[0];
    for (int x = 0; x < from.width; ++x) {
      out[x] = static_cast<uint8_t>(std::min(row[x] >> shift, 255));
    }
  }
}

// Which way its colours were coded is the picture's to say. Of one that does not, its size tells,
// as players have it: what is larger than the television of old is ITU-R BT.709, the rest BT.601.
int coding_of(const AVFrame& frame) {
  constexpr int kHighDefinitionColumns = 1280, kTelevisionRows = 576;
  if (frame.colorspace != AVCOL_SPC_UNSPECIFIED) return frame.colorspace;
  const bool is_high = frame.width >= kHighDefinitionColumns || frame.height > kTelevisionRows;
  return is_high ? SWS_CS_ITU709 : SWS_CS_ITU601;
}

// Whether black is 0 and white 255, as JPEG has it; films leave out both ends. FFmpeg's older names
// of formats say it, too.
bool is_full_range(const AVFrame& frame) {
  if (frame.color_range != AVCOL_RANGE_UNSPECIFIED) return frame.color_range == AVCOL_RANGE_JPEG;
  const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(frame.format));
  return name && std::string_view(name).starts_with("yuvj");
}

// Without this every picture is taken for BT.601 that leaves out the ends of the range. Brightness
// is taken for what has them and is coded as the result: so it stays what it was, as where its
// plane is handed on.
void set_coding(SwsContext& scaler, const AVFrame& frame, PixelFormat wanted) {
  constexpr int kNeutral = 1 << 16;  // contrast and saturation
  const bool is_luma = wanted == PixelFormat::Luma8;
  const int coding = is_luma ? SWS_CS_DEFAULT : coding_of(frame);
  // Refuses formats that are no YUV: there is nothing to set.
  sws_setColorspaceDetails(&scaler, sws_getCoefficients(coding), is_luma || is_full_range(frame),
                           sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, kNeutral, kNeutral);
}

MediaPicture picture_of(AvOwned<AVFrame> frame, PixelFormat format) {
  MediaPicture picture;
  picture.view = {.pixels = frame->data[0],
                  .width = frame->width,
                  .height = frame->height,
                  .stride_bytes = frame->linesize[0],
                  .format = format};
  picture.frame = std::move(frame);
  return picture;
}

}  // namespace

Result<MediaPicture> PictureConverter::convert(AVFrame& decoded, PixelFormat wanted) {
  AvOwned<AVFrame> frame(allocated(av_frame_alloc()));
  if (wanted == PixelFormat::Luma8 && luma_plane_ == LumaPlane::HandedOn &&
      has_luma_plane(decoded)) {
    av_frame_move_ref(frame.get(), &decoded);
    return picture_of(std::move(frame), wanted);
  }
  frame->width = decoded.width;
  frame->height = decoded.height;
  frame->format = format_of(wanted);
  if (const int error = av_frame_get_buffer(frame.get(), 0); error < 0) {
    return av_problem("a picture", error);
  }
  if (Status problem = fill(*frame, decoded, wanted); !problem.ok()) return problem;
  av_frame_unref(&decoded);
  return picture_of(std::move(frame), wanted);
}

Status PictureConverter::fill(AVFrame& frame, const AVFrame& decoded, PixelFormat wanted) {
  if (wanted == PixelFormat::Luma8 && has_luma_plane(decoded)) {
    av_image_copy_plane(frame.data[0], frame.linesize[0], decoded.data[0], decoded.linesize[0],
                        decoded.width, decoded.height);
    return {};
  }
  if (wanted == PixelFormat::Luma8 && has_deep_luma_plane(decoded)) {
    copy_upper_bits(frame, decoded);
    return {};
  }
  scaler_.reset(sws_getCachedContext(scaler_.release(), decoded.width, decoded.height,
                                     static_cast<AVPixelFormat>(decoded.format), decoded.width,
                                     decoded.height, format_of(wanted),
                                     SWS_BILINEAR | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
  if (!scaler_)
    return {StatusCode::InvalidArgument, "pictures in this colour format are not known"};
  set_coding(*scaler_, decoded, wanted);
  const int rows = sws_scale(scaler_.get(), decoded.data, decoded.linesize, 0, decoded.height,
                             frame.data, frame.linesize);
  // Otherwise what lay in the new memory would be the picture.
  if (rows == decoded.height) return {};
  return {StatusCode::InvalidArgument, "a picture's colours could not be converted"};
}

}  // namespace vitrine::media
