// SPDX-License-Identifier: MIT
#include "tests/native/media/films.h"

#include "native/media/av_handles.h"

extern "C" {
#include <libavutil/display.h>
}

namespace vitrine {
namespace {

using media::AvOwned;

// `stray`: the picture, counted from 0, that is to be seen later than it should be.
void take_packets(AVCodecContext& codec, AVFormatContext& file, AVStream& stream, int stray,
                  const FilmNotes& notes) {
  const AvOwned<AVPacket> packet(av_packet_alloc());
  while (avcodec_receive_packet(&codec, packet.get()) >= 0) {
    if (packet->pts == stray) packet->pts += int64_t{25} * notes.stray_seconds;
    packet->duration = 1;  // without it an .mp4 says that it ends before its last picture
    av_packet_rescale_ts(packet.get(), codec.time_base, stream.time_base);
    REQUIRE(av_interleaved_write_frame(&file, packet.get()) >= 0);
  }
}

AvOwned<AVFrame> grey_picture(const AVCodecContext& codec, int i) {
  AvOwned<AVFrame> frame(av_frame_alloc());
  frame->width = codec.width;
  frame->height = codec.height;
  frame->format = codec.pix_fmt;
  frame->pts = i;
  REQUIRE(av_frame_get_buffer(frame.get(), 0) >= 0);
  for (int plane = 0; plane < 3; ++plane) {
    const auto rows = static_cast<size_t>(plane == 0 ? codec.height : codec.height / 2);
    std::fill_n(frame->data[plane], rows * static_cast<size_t>(frame->linesize[plane]),
                static_cast<uint8_t>(plane == 0 ? 20 + i : 128));
  }
  return frame;
}

void add_grain(AVFrame& frame) {
  uint32_t chance = 1;
  for (int i = 0; i < frame.linesize[0] * frame.height; ++i) {
    chance = chance * 1664525 + 1013904223;
    frame.data[0][i] = static_cast<uint8_t>(chance >> 24);
  }
}

void note_turn(AVStream& stream, const FilmNotes& notes) {
  if (notes.turn == 0 && !notes.flip) return;
  uint8_t* bytes = av_stream_new_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(int32_t));
  REQUIRE(bytes != nullptr);
  auto* matrix = reinterpret_cast<int32_t*>(bytes);
  av_display_rotation_set(matrix, notes.turn);
  if (notes.flip) av_display_matrix_flip(matrix, 1, 0);
}

}  // namespace

void encode_film(const std::filesystem::path& path, const char* encoder, int pictures,
                 const FilmNotes& notes) {
  av_log_set_level(AV_LOG_QUIET);
  AVFormatContext* file = nullptr;
  REQUIRE(avformat_alloc_output_context2(&file, nullptr, nullptr, path.c_str()) >= 0);
  const AVCodec* kind = avcodec_find_encoder_by_name(encoder);
  REQUIRE(kind != nullptr);
  const AvOwned<AVCodecContext> codec(avcodec_alloc_context3(kind));
  codec->width = notes.grain ? 256 : 64;
  codec->height = notes.grain ? 192 : 48;
  codec->pix_fmt = std::string_view(encoder) == "mjpeg" ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
  codec->time_base = {1, 25};
  if (notes.grain) codec->sample_aspect_ratio = {1, 1};
  if ((file->oformat->flags & AVFMT_GLOBALHEADER) != 0) {
    codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  }
  REQUIRE(avcodec_open2(codec.get(), kind, nullptr) >= 0);
  AVStream* stream = avformat_new_stream(file, nullptr);
  avcodec_parameters_from_context(stream->codecpar, codec.get());
  stream->time_base = codec->time_base;
  note_turn(*stream, notes);
  REQUIRE(avio_open(&file->pb, path.c_str(), AVIO_FLAG_WRITE) >= 0);
  AVDictionary* options = nullptr;
  if (notes.index_first) av_dict_set(&options, "movflags", "faststart", 0);
  REQUIRE(avformat_write_header(file, &options) >= 0);
  av_dict_free(&options);
  for (int i = 0; i < pictures; ++i) {
    const AvOwned<AVFrame> frame = grey_picture(*codec, i);
    if (notes.grain) add_grain(*frame);
    if (2 * i >= pictures) frame->pts += int64_t{25} * notes.leap_seconds;
    REQUIRE(avcodec_send_frame(codec.get(), frame.get()) >= 0);
    take_packets(*codec, *file, *stream, pictures / 2, notes);
  }
  avcodec_send_frame(codec.get(), nullptr);
  take_packets(*codec, *file, *stream, pictures / 2, notes);
  av_write_trailer(file);
  avio_closep(&file->pb);
  avformat_free_context(file);
}

}  // namespace vitrine
