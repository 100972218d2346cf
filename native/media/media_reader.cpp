// SPDX-License-Identifier: MIT
#include "native/media/media_reader.h"

extern "C" {
#include <libavdevice/avdevice.h>
#include <libavutil/avstring.h>
#include <libavutil/display.h>
}

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <thread>

#include "engine/platform/camera_source.h"

namespace vitrine::media {
namespace {

// What is not on these lists is neither parsed nor decoded, not even to look at it: playlists that
// name other files, formats nobody needs.
constexpr const char* kFormats = "yuv4mpegpipe,mjpeg,jpeg_pipe,mov,mp4,m4a,3gp,3g2,mj2";
constexpr const char* kDecoders = "rawvideo,mjpeg,mpeg4,h264,hevc";
constexpr double kLatest = 1e10;  // seconds
constexpr auto kDeviceRest = std::chrono::milliseconds(2);
// A film of 700 bytes may claim 80 million pictures, for whose places FFmpeg takes two gigabytes at
// once. The largest block that is needed is a picture of kMostSide a side, eight bytes a pixel.
constexpr size_t kMostBlockBytes = size_t{192} << 20;
constexpr const char* kMostStreams = "16";  // telephones note five and more in a film
// What a film states further off than this is no time, or the recording paused.
constexpr double kMostGapSeconds = 600;
constexpr int64_t kAnalyzeMicroseconds = 1'000'000;  // of film, to know what is in it

void prepare_ffmpeg() {
  static std::once_flag once;
  std::call_once(once, [] {
    av_max_alloc(kMostBlockBytes);
    av_log_set_level(AV_LOG_QUIET);  // what matters comes back as a Status
    avdevice_register_all();
  });
}

int refuse_other_files(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

std::string size_text(int width, int height) {
  return std::to_string(width) + " x " + std::to_string(height);
}

std::string too_large(int width, int height) {
  return ": its pictures are " + size_text(width, height) + " pixels; the limit is " +
         size_text(CameraSource::kMostSide, CameraSource::kMostSide);
}

bool fits(int width, int height) {
  return width > 0 && height > 0 && width <= CameraSource::kMostSide &&
         height <= CameraSource::kMostSide;
}

double interval_of(const AVStream& stream, double wished_rate) {
  const AVRational rate =
      stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
  const double states = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : wished_rate;
  return 1 / std::clamp(states, 1.0, 1000.0);
}

// From the display matrix, whose words for a turn are anticlockwise degrees.
QuarterTurns turns_of(const AVStream& stream) {
  size_t bytes = 0;
  const auto* matrix = reinterpret_cast<const int32_t*>(
      av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &bytes));
  if (matrix == nullptr || bytes < 9 * sizeof(int32_t)) return QuarterTurns::None;
  const double flips =
      static_cast<double>(matrix[0]) * matrix[4] - static_cast<double>(matrix[1]) * matrix[3];
  const double quarters = -av_display_rotation_get(matrix) / 90;  // NaN where it turns nothing
  constexpr double kNearly = 0.01;
  if (!(flips > 0) || !(std::fabs(quarters - std::round(quarters)) < kNearly)) {
    return QuarterTurns::None;
  }
  return static_cast<QuarterTurns>(static_cast<int>(std::round(quarters)) & 3);
}

struct Options {
  AVDictionary* dictionary = nullptr;
  ~Options() { av_dict_free(&dictionary); }
  void set(const char* key, const std::string& value) {
    av_dict_set(&dictionary, key, value.c_str(), 0);
  }
};

std::string rate_text(double frames_per_second) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.3f", frames_per_second);
  return text;
}

Status no_film(const std::string& path, int error) {
  if (error == AVERROR_EXIT) return {StatusCode::Unavailable, path + ": nothing comes from it"};
  if (error == AVERROR_EOF) {
    return {StatusCode::DataLoss, path + ": is cut off within its head; copy it again"};
  }
  // The file is open: whatever else FFmpeg complains of, it is what stands in it.
  const bool unread = error == AVERROR(EIO) || error == AVERROR(ENOMEM);
  // Of an impossible size FFmpeg's reader of .y4m says that something is busy.
  const Status words = av_problem(path, error == AVERROR(EBUSY) ? AVERROR_INVALIDDATA : error);
  return {unread ? words.code() : StatusCode::InvalidArgument,
          words.message() + "; a film is a .y4m, .mjpeg or .mp4 file"};
}

// After its head was read.
Status broken_film(const std::string& path, int error, int64_t whole) {
  return {error == AVERROR(EIO) ? StatusCode::Unavailable : StatusCode::DataLoss,
          av_problem(path, error).message() + ", after " + std::to_string(whole) +
              " whole pictures; copy or record it again"};
}

Status no_camera(const std::string& path, int error) {
  const Status words = av_problem(path, error);
  switch (words.code()) {
    case StatusCode::PermissionDenied:
      return {words.code(), path + ": this user may not use the camera; add it to group video"};
    case StatusCode::Unavailable:
      return {words.code(), words.message() + "; does another program use the camera?"};
    case StatusCode::NotFound:
      return {words.code(), path + ": the camera is gone"};
    default:
      return {words.code(), words.message() + "; it gives no pictures that can be used"};
  }
}

// The code is known, but not the kind of it that the head states.
Status no_decoder(const MediaPlace& place, int error, const std::string& code) {
  if (place.is_device) return no_camera(place.path, error);
  const Status words = av_problem(place.path + ": its pictures, coded as " + code, error);
  if (words.code() != StatusCode::InvalidArgument) return words;
  return {words.code(), words.message() + "; convert it anew to an .mp4 of H.264"};
}

}  // namespace

Result<std::unique_ptr<MediaReader>> MediaReader::open(const MediaPlace& place,
                                                       KeepWaiting keep_waiting) {
  prepare_ffmpeg();
  std::unique_ptr<MediaReader> reader(new MediaReader(place, std::move(keep_waiting)));
  if (Status problem = reader->open_format(); !problem.ok()) return problem;
  if (Status problem = reader->open_decoder(); !problem.ok()) return problem;
  return reader;
}

Status MediaReader::open_format() {
  return place_.is_device ? open_device() : open_film();
}

Status MediaReader::open_device() {
  // Raw pictures of more than this are more than USB 2 carries at a full rate.
  const bool large = place_.width * place_.height > 640 * 480;
  int error = large ? try_device("mjpeg") : AVERROR(EINVAL);
  // A camera that has no JPEG refuses as one does that has not this size.
  if (error == AVERROR(EINVAL)) error = try_device(nullptr);
  return error < 0 ? no_camera(place_.path, error) : Status();
}

int MediaReader::try_device(const char* input_format) {
  AVFormatContext* format = allocated(avformat_alloc_context());
  // Blocking, it would wait for a picture for ever.
  format->flags |= AVFMT_FLAG_NONBLOCK;
  Options options;
  options.set("framerate", rate_text(place_.frames_per_second));
  options.set("video_size", std::to_string(place_.width) + "x" + std::to_string(place_.height));
  if (input_format) options.set("input_format", input_format);
  const AVInputFormat* kind = av_find_input_format("video4linux2");
  // Where it fails, it frees `format`. What a device gives stands in its head: to look further, as
  // films need it, would decode a second of it here.
  const int error = avformat_open_input(&format, place_.path.c_str(), kind, &options.dictionary);
  if (error >= 0) format_.reset(format);
  return error;
}

Status MediaReader::open_film() {
  auto input = FileInput::open(place_.path, keep_waiting_);
  if (!input.ok()) return input.status();
  input_ = std::move(input).value();
  AVFormatContext* format = allocated(avformat_alloc_context());
  format->pb = input_->context();
  format->io_open = refuse_other_files;
  format->format_whitelist = allocated(av_strdup(kFormats));
  format->codec_whitelist = allocated(av_strdup(kDecoders));
  // Of a film with sound it would wait five seconds for what only the sound's decoder could say.
  format->max_analyze_duration = kAnalyzeMicroseconds;
  Options options;
  options.set("framerate", rate_text(place_.frames_per_second));
  options.set("max_streams", kMostStreams);
  int error = avformat_open_input(&format, place_.path.c_str(), nullptr, &options.dictionary);
  if (error < 0) return no_film(place_.path, error);  // FFmpeg has freed `format`
  format_.reset(format);
  // Decodes pictures where the head does not say what they are: so that too large ones can be told.
  error = avformat_find_stream_info(format, nullptr);
  return error < 0 ? no_film(place_.path, error) : Status();
}

Status MediaReader::open_decoder() {
  const AVCodec* codec = nullptr;
  stream_ = av_find_best_stream(format_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &codec, 0);
  if (stream_ < 0) {
    return {StatusCode::InvalidArgument, place_.path + ": there are no pictures in it"};
  }
  const AVStream& stream = *format_->streams[stream_];
  const AVCodecParameters& about = *stream.codecpar;
  const char* name = codec ? codec->name : avcodec_get_name(about.codec_id);
  if (!codec || av_match_list(name, kDecoders, ',') <= 0) {
    return {StatusCode::InvalidArgument,
            place_.path + ": its pictures are coded as " + name + "; known are " + kDecoders};
  }
  if ((about.width != 0 || about.height != 0) && !fits(about.width, about.height)) {
    return {StatusCode::ResourceExhausted, place_.path + too_large(about.width, about.height)};
  }
  decoder_.reset(allocated(avcodec_alloc_context3(codec)));
  packet_.reset(allocated(av_packet_alloc()));
  int error = avcodec_parameters_to_context(decoder_.get(), &about);
  // One thread: frame threads would hold pictures back, and trackers need this one's core.
  decoder_->thread_count = 1;
  decoder_->max_pixels = int64_t{CameraSource::kMostSide} * CameraSource::kMostSide;
  decoder_->pkt_timebase = stream.time_base;
  if (error >= 0) error = avcodec_open2(decoder_.get(), codec, nullptr);
  if (error < 0) return no_decoder(place_, error, name);
  interval_seconds_ = interval_of(stream, place_.frames_per_second);
  time_seconds_ = -interval_seconds_;
  turns_ = turns_of(stream);
  return {};
}

ReadOutcome MediaReader::fail(Status problem) {
  problem_ = std::move(problem);
  return ReadOutcome::Failed;
}

ReadOutcome MediaReader::read(AVFrame& frame) {
  for (;;) {
    const int error = avcodec_receive_frame(decoder_.get(), &frame);
    if (error >= 0) return accept(frame);
    if (error == AVERROR_EOF) return at_end();
    if (error != AVERROR(EAGAIN)) return ReadOutcome::Damaged;
    const ReadOutcome fed = feed();
    if (fed != ReadOutcome::Picture) return fed;
  }
}

// Gives the decoder its next packet; Picture: go on.
ReadOutcome MediaReader::feed() {
  if (!keep_waiting_()) return ReadOutcome::GaveUp;
  const int error = av_read_frame(format_.get(), packet_.get());
  if (error == AVERROR(EAGAIN)) {
    std::this_thread::sleep_for(kDeviceRest);
    return ReadOutcome::Picture;
  }
  if (error == AVERROR_EXIT) return ReadOutcome::GaveUp;
  if (error < 0 && place_.is_device) return fail(no_camera(place_.path, error));
  if (error < 0) {
    // Of a film the decoder may still hold pictures.
    end_error_ = error;
    avcodec_send_packet(decoder_.get(), nullptr);
    return ReadOutcome::Picture;
  }
  const bool wanted = packet_->stream_index == stream_ && packet_->size > 0;
  const bool torn = (packet_->flags & AV_PKT_FLAG_CORRUPT) != 0;
  const bool whole = wanted && !torn && (!input_ || end_.take(*packet_, *format_));
  const int sent = whole ? avcodec_send_packet(decoder_.get(), packet_.get()) : 0;
  av_packet_unref(packet_.get());
  return sent < 0 || wanted != whole ? ReadOutcome::Damaged : ReadOutcome::Picture;
}

ReadOutcome MediaReader::at_end() {
  const bool is_cut_off = input_ && end_.is_cut_off(*format_, *input_, stream_);
  if (!is_cut_off && end_error_ == AVERROR_EOF) return ReadOutcome::End;
  if (!is_cut_off) return fail(broken_film(place_.path, end_error_, decoder_->frame_number));
  return fail({StatusCode::DataLoss, place_.path + ": is cut off, after " +
                                         std::to_string(decoder_->frame_number) +
                                         " whole pictures; copy or record it again"});
}

ReadOutcome MediaReader::accept(const AVFrame& frame) {
  if (!fits(frame.width, frame.height)) {
    return fail(
        {StatusCode::ResourceExhausted, place_.path + too_large(frame.width, frame.height)});
  }
  if ((frame.flags & AV_FRAME_FLAG_CORRUPT) != 0) return ReadOutcome::Damaged;
  const int64_t stamp = frame.best_effort_timestamp;
  const double states = static_cast<double>(stamp) * av_q2d(format_->streams[stream_]->time_base);
  // A time of centuries is damage, and no number of microseconds. A device's clock begins anywhere.
  const bool usable = stamp != AV_NOPTS_VALUE && std::fabs(states) < kLatest;
  if (!usable) {
    time_seconds_ += interval_seconds_;
  } else {
    time_seconds_ = place_.is_device ? states : near_time(states);
  }
  return ReadOutcome::Picture;
}

// A time far from the one before is damage, or the recording paused: the film goes on a picture
// later, and from there by its own times where they go on as well.
double MediaReader::near_time(double states) {
  for (const double time : {states, states + shift_seconds_}) {
    if (std::fabs(time - time_seconds_) <= kMostGapSeconds) return time;
  }
  shift_seconds_ = time_seconds_ + interval_seconds_ - states;
  return time_seconds_ + interval_seconds_;
}

}  // namespace vitrine::media
